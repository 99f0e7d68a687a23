import fc from 'fast-check';
import { concatMap, delay, from, Observable, of, Subject, take, takeUntil, throwError } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { processInOrder } from '../../src/sockets.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

/** Takes so long. */
const slow = (ms: number) => (value: string) => of(value).pipe(delay(ms));

describe('processInOrder', () => {
  obeysTheLaws(() => processInOrder((value: string) => of(value)));

  it(
    'drops the one that has waited longest, where asked to',
    marbles(({ cold, expectObservable, flush }) => {
      const source = cold('  a-b-c-d-------|    ');
      const expected = '     -----a----c----(d|)';
      const dropped: string[] = [];

      const result = source.pipe(
        processInOrder(slow(5), {
          maxWaiting: 1,
          onOverflow: 'drop-oldest',
          onDropped: (value) => dropped.push(value),
        }),
      );

      expectObservable(result).toBe(expected);
      flush();
      expect(dropped).toEqual(['b']);
    }),
  );

  it(
    'drops the new one, where asked to, and tells of it',
    marbles(({ cold, expectObservable, flush }) => {
      const source = cold('  abc-------|');
      const dropped: string[] = [];

      const result = source.pipe(
        processInOrder(slow(4), {
          maxWaiting: 1,
          onOverflow: 'drop-newest',
          onDropped: (value) => dropped.push(value),
        }),
      );

      expectObservable(result).toBe('----a---b-|');
      flush();
      expect(dropped).toEqual(['c']);
    }),
  );

  it(
    'errors when there is no room, where nothing else was asked for',
    marbles(({ cold, expectObservable }) => {
      const error = new NetworkError('more than maxWaiting, 1, values came before the first was processed', {
        code: 'too-large',
        phase: 'body',
      });

      expectObservable(cold('abc').pipe(processInOrder(slow(4), { maxWaiting: 1 }))).toBe('--#', undefined, error);
    }),
  );

  it(
    'processes what waits before it completes, and errors at once',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('ab|').pipe(processInOrder(slow(4)))).toBe('----a---(b|)');
      expectObservable(cold('ab#').pipe(processInOrder(slow(4)))).toBe('--#');
      expectObservable(cold('ab').pipe(processInOrder(() => throwError(() => 'no')))).toBe('#', undefined, 'no');
      const fail = (): Observable<never> => {
        throw new Error('no');
      };
      expectObservable(cold('ab').pipe(processInOrder(fail))).toBe('#', undefined, new Error('no'));
    }),
  );

  it('stops what a value is made into as soon as the consumer has had enough', () => {
    let emitted = 0;
    const firehose$ = new Observable<number>((subscriber) => {
      for (; emitted < 1_000 && !subscriber.closed; emitted++) subscriber.next(emitted);
      subscriber.complete();
    });

    of('a', 'b')
      .pipe(
        processInOrder(() => firehose$),
        take(3),
      )
      .subscribe();

    expect(emitted).toBe(3);
  });

  it('does to the frame what concatMap does, where there is room, whatever the source, the streams and the consumer do', () => {
    const marks = fc.array(fc.constantFrom('-', '-', 'a', 'b', 'c', '(ab)'), { maxLength: 8 });
    const end = fc.constantFrom('|', '#', '-', '----|');
    const streams = fc.array(
      fc.tuple(fc.stringMatching(/^[-xy]{0,5}$/), fc.constantFrom('|', '#', '|', '|')).map((parts) => parts.join('')),
      { minLength: 3, maxLength: 3 },
    );

    fc.assert(
      fc.property(marks, end, streams, fc.nat(12), fc.option(fc.nat(4)), (source, ended, made, leavesAt, most) => {
        marbles(({ cold, expectObservable }) => {
          const source$ = cold([...source, ended].join(''));
          const stream = (letter: string) => cold(made['abc'.indexOf(letter)] as string);
          const enough = <T>(values$: Observable<T>) =>
            values$.pipe(take(most ?? Infinity), takeUntil(cold(`${'-'.repeat(leavesAt)}x`)));

          expectObservable(enough(source$.pipe(processInOrder(stream)))).toEqual(
            enough(source$.pipe(concatMap(stream))),
          );
        })();
      }),
      { numRuns: Number(process.env['IN_ORDER_HISTORIES'] ?? 200) },
    );
  });

  it('does not grow the stack over ten thousand values that are processed at once', () => {
    let count = 0;
    of(...Array.from({ length: 10_000 }, (_, index) => index))
      .pipe(processInOrder((value) => of(value)))
      .subscribe(() => count++);

    expect(count).toBe(10_000);
  });

  it('does not grow the stack over ten thousand that waited for the first', () => {
    const first$ = new Subject<number>();
    const values = Array.from({ length: 10_000 }, (_, index) => index);
    const seen: unknown[] = [];
    from(values)
      .pipe(processInOrder((value) => (value === 0 ? first$ : of(value)), { maxWaiting: 10_000 }))
      .subscribe({ next: (value) => seen.push(value), error: (error) => seen.push(error) });

    first$.complete();

    expect(seen).toEqual(values.slice(1));
  });

  it.each(['drop-oldest', 'drop-newest'] as const)('goes on with %s where nobody wants to be told', (onOverflow) => {
    marbles(({ cold, expectObservable }) => {
      const survivor = onOverflow === 'drop-oldest' ? 'c' : 'b';

      expectObservable(cold('abc-------|').pipe(processInOrder(slow(4), { maxWaiting: 1, onOverflow }))).toBe(
        `----a---${survivor}-|`,
      );
    })();
  });

  it('refuses options that make no sense', () => {
    expect(() => processInOrder(slow(1), { maxWaiting: 0 })).toThrow(
      new TypeError('processInOrder: maxWaiting must be a whole number from 1; got 0'),
    );
    expect(() => processInOrder(slow(1), { onOverflow: 'drop' as never })).toThrow(
      new TypeError("processInOrder: onOverflow must be one of error, drop-oldest, drop-newest; got 'drop'"),
    );
  });
});
