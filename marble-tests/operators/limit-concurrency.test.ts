import { defer, EMPTY, finalize, merge, NEVER, of } from 'rxjs';
import { createRequestQueue, limitConcurrency } from '../../src/index.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

describe('limitConcurrency', () => {
  obeysTheLaws(() => limitConcurrency(1));

  it(
    '[LIM-2] subscribes the next in line in the frame a place frees up',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const queue = createRequestQueue({ concurrency: 2 });
      const a = cold('     ---a|   ');
      const b = cold('     -----b| ');
      const c = cold('         --c|');
      const aSubs = '      ^---!   ';
      const bSubs = '      ^-----! ';
      const cSubs = '      ----^--!';
      const expected = '   ---a-bc|';

      const result = merge(
        a.pipe(limitConcurrency(queue)),
        b.pipe(limitConcurrency(queue)),
        c.pipe(limitConcurrency(queue)),
      );

      expectObservable(result).toBe(expected);
      expectSubscriptions(a.subscriptions).toBe(aSubs);
      expectSubscriptions(b.subscriptions).toBe(bSubs);
      expectSubscriptions(c.subscriptions).toBe(cSubs);
    }),
  );

  it(
    'shares a private queue among all that pass through one operator',
    marbles(({ cold, expectObservable }) => {
      const lane = limitConcurrency(1);
      const a = cold('     --a|');
      const b = cold('        --b|');
      const expected = '   --a--b|';

      expectObservable(merge(a.pipe(lane), b.pipe(lane))).toBe(expected);
    }),
  );

  it(
    'never subscribes a source that leaves while it waits',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const lane = limitConcurrency(1);
      const a = cold('     -----a|');
      const b = cold('     --b|   ');
      const bLeaves = '    ^--!   ';
      const expected = '   -----a|';

      expectObservable(a.pipe(lane)).toBe(expected);
      expectObservable(b.pipe(lane), bLeaves).toBe('-------');
      expectSubscriptions(b.subscriptions).toBe([]);
    }),
  );

  it(
    'gives the place back when a source errors',
    marbles(({ cold, expectObservable }) => {
      const lane = limitConcurrency(1);
      const a = cold('     --#   ');
      const b = cold('       --b|');
      const expectedA = '  --#   ';
      const expectedB = '  ----b|';

      expectObservable(a.pipe(lane)).toBe(expectedA);
      expectObservable(b.pipe(lane)).toBe(expectedB);
    }),
  );

  it(
    'lets a higher priority go first, and keeps the order within one',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const busy = cold('   --x|            ');
      const low = cold('             --l|   ');
      const high1 = cold('     --h|         ');
      const high2 = cold('        --i|      ');
      const expected = '    --x--h--i--l|';

      const result = merge(
        busy.pipe(limitConcurrency(queue)),
        low.pipe(limitConcurrency(queue, { priority: 'low' })),
        high1.pipe(limitConcurrency(queue, { priority: 'high' })),
        high2.pipe(limitConcurrency(queue, { priority: 'high' })),
      );

      expectObservable(result).toBe(expected);
      expectSubscriptions(low.subscriptions).toBe('---------^--!');
    }),
  );

  it(
    'lets those at the head go before those of their priority that never ran',
    marbles(({ cold, expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const busy = cold('   --x|         ');
      const fresh = cold('        --f|   ');
      const again = cold('     --a|      ');
      const expected = '    --x--a--f|';

      const result = merge(
        busy.pipe(limitConcurrency(queue)),
        fresh.pipe(limitConcurrency(queue)),
        again.pipe(limitConcurrency(queue, { atHead: () => true })),
      );

      expectObservable(result).toBe(expected);
    }),
  );

  it('tears the old source down before it starts the next', async () => {
    const lane = limitConcurrency(1);
    const log: string[] = [];

    const a = NEVER.pipe(
      finalize(() => log.push('a torn down')),
      lane,
    ).subscribe();
    defer(() => {
      log.push('b started');
      return EMPTY;
    })
      .pipe(lane)
      .subscribe();
    a.unsubscribe();
    await Promise.resolve();

    expect(log).toEqual(['a torn down', 'b started']);
  });

  it('leaves the line in the turn in which its consumer leaves', () => {
    const queue = createRequestQueue({ concurrency: 1 });
    NEVER.pipe(limitConcurrency(queue)).subscribe();
    const waiting = NEVER.pipe(limitConcurrency(queue)).subscribe();
    expect(queue.snapshot()).toEqual({ size: 1, running: 1, paused: false });

    waiting.unsubscribe();

    expect(queue.snapshot()).toEqual({ size: 0, running: 1, paused: false });
  });

  it('does not grow the stack over twenty thousand synchronous sources', () => {
    const queue = createRequestQueue();
    let settled = 0;
    queue.pause();
    for (let index = 0; index < 20_000; index++)
      of(index)
        .pipe(limitConcurrency(queue))
        .subscribe(() => settled++);

    queue.resume();

    expect(settled).toBe(20_000);
    expect(queue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
  });

  it('does not grow the stack where each call makes another', () => {
    const queue = createRequestQueue({ concurrency: Infinity });
    let settled = 0;
    const call = () => of(0).pipe(limitConcurrency(queue));
    queue.pause();
    for (let index = 0; index < 10_000; index++) {
      call().subscribe(() => {
        settled++;
        call().subscribe(() => settled++);
      });
    }

    queue.resume();

    expect(settled).toBe(20_000);
  });

  it.each([
    [() => limitConcurrency(0), 'createRequestQueue: concurrency must be a whole number from 1, or Infinity; got 0'],
    [
      () => limitConcurrency(1.5),
      'createRequestQueue: concurrency must be a whole number from 1, or Infinity; got 1.5',
    ],
    [
      () => limitConcurrency(1, { maxWaitMs: 0 }),
      'limitConcurrency: maxWaitMs must be a positive number of milliseconds below 2^31; got 0',
    ],
    [
      () => limitConcurrency(1, { priority: 'urgent' as 'high' }),
      "limitConcurrency: priority must be one of high, normal, low; got 'urgent'",
    ],
    [
      () => limitConcurrency(1, { background: 'drop' as 'hold' }),
      "limitConcurrency: background must be one of hold, refuse, send; got 'drop'",
    ],
  ])('refuses bad options when it is made (%#)', (make, message) => {
    expect(make).toThrow(new TypeError(message));
  });
});
