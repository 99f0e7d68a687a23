import { asapScheduler, NEVER, of, Subject, tap } from 'rxjs';
import { createRequestQueue, limitConcurrency } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

// Counts what mergeMap is handed and what it takes up at once: the difference is what it buffers.
const mergeMapCounts = { handed: 0, taken: 0 };
jest.mock('rxjs', () => {
  const rxjs = jest.requireActual<typeof import('rxjs')>('rxjs');
  return {
    ...rxjs,
    mergeMap:
      (project: (value: unknown, index: number) => never, concurrency?: number) =>
      (source: import('rxjs').Observable<unknown>) =>
        source.pipe(
          rxjs.tap(() => mergeMapCounts.handed++),
          rxjs.mergeMap((value, index) => {
            mergeMapCounts.taken++;
            return project(value, index);
          }, concurrency),
        ),
  };
});

describe('createRequestQueue', () => {
  it('[LIM-2] never lets mergeMap buffer, whatever comes and goes', () => {
    const queue = createRequestQueue({ concurrency: 2 });
    const sources = Array.from({ length: 200 }, () => new Subject<number>());
    mergeMapCounts.handed = mergeMapCounts.taken = 0;

    const subscriptions = sources.map((source, index) =>
      (index % 3 === 0 ? of(index) : source).pipe(limitConcurrency(queue)).subscribe({ error: () => undefined }),
    );
    sources.forEach((source, index) => {
      expect(mergeMapCounts.handed).toBe(mergeMapCounts.taken);
      if (index % 5 === 0) subscriptions[index]?.unsubscribe();
      else if (index % 7 === 0) source.error(new Error('cut'));
      else source.complete();
      // Another arrival, before the hop: it drains too.
      NEVER.pipe(limitConcurrency(queue)).subscribe().unsubscribe();
      expect(mergeMapCounts.handed).toBe(mergeMapCounts.taken);
    });

    // A place once granted is passed on from call to call.
    expect(mergeMapCounts.handed).toBe(2);
    sources.slice(0, 2).forEach((source) => expect(source.observed).toBe(false));
  });

  it(
    'tells its state now and at each change',
    marbles(({ cold, expectObservable, flush }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const a = cold('    --a|   ');
      const b = cold('       -b| ');
      const pause = cold('------p').pipe(tap(() => queue.pause()));
      const states: string[] = [];
      queue.state$.subscribe(({ size, running, paused }) =>
        states.push(`${size} wait, ${running} run${paused ? ', paused' : ''}`),
      );

      expectObservable(a.pipe(limitConcurrency(queue))).toBe('--a|');
      expectObservable(b.pipe(limitConcurrency(queue))).toBe('----b|');
      expectObservable(pause).toBe('------p');
      flush();

      expect(states).toEqual([
        '0 wait, 0 run',
        '1 wait, 0 run',
        '0 wait, 1 run',
        '1 wait, 1 run',
        '1 wait, 0 run',
        '0 wait, 1 run',
        '0 wait, 0 run',
        '0 wait, 0 run, paused',
      ]);
    }),
  );

  it('does not tell the same state twice', () => {
    const queue = createRequestQueue({ concurrency: Infinity });
    const states: unknown[] = [];
    queue.state$.subscribe((state) => states.push(state));

    queue.pause('offline');
    queue.pause('background');
    queue.resume('background');
    queue.resume('offline');

    expect(states).toEqual([
      { size: 0, running: 0, paused: false },
      { size: 0, running: 0, paused: true },
      { size: 0, running: 0, paused: false },
    ]);
  });

  it('moves again when every reason to pause has been taken back', () => {
    const queue = createRequestQueue();
    let started = 0;
    queue.pause('background');
    queue.pause('offline');
    of(1)
      .pipe(limitConcurrency(queue))
      .subscribe(() => started++);

    queue.resume('background');
    queue.resume('never given');
    expect([started, queue.snapshot().paused]).toEqual([0, true]);

    queue.resume('offline');
    expect([started, queue.snapshot()]).toEqual([1, { size: 0, running: 0, paused: false }]);
  });

  it('goes on when what somebody else does in the hop throws', async () => {
    const queue = createRequestQueue({ concurrency: 1 });
    const running$ = new Subject<number>();
    let started = false;

    running$.pipe(limitConcurrency(queue)).subscribe();
    of(1)
      .pipe(limitConcurrency(queue))
      .subscribe(() => (started = true));
    asapScheduler.schedule(() => {
      throw new Error('somebody else’s');
    });
    running$.complete();
    expect(() => asapScheduler.flush()).toThrow('somebody else’s');
    await Promise.resolve();

    expect(started).toBe(true);
  });

  it('starts the next call one hop after the last one ended, not inside its callback', async () => {
    const queue = createRequestQueue({ concurrency: 1 });
    const running$ = new Subject<number>();
    let startedInside: boolean | undefined;
    let inside = false;

    running$.pipe(limitConcurrency(queue)).subscribe();
    of(1)
      .pipe(
        tap(() => (startedInside = inside)),
        limitConcurrency(queue),
      )
      .subscribe();
    inside = true;
    running$.complete();
    inside = false;
    await Promise.resolve();

    expect(startedInside).toBe(false);
  });

  it('starts in order of priority when it is resumed, never more than there are places', () => {
    const queue = createRequestQueue({ concurrency: 2 });
    const started: string[] = [];
    const start = (name: string, priority: 'high' | 'normal' | 'low') =>
      new Subject()
        .pipe(tap({ subscribe: () => started.push(name) }), limitConcurrency(queue, { priority }))
        .subscribe();
    queue.pause();
    start('low', 'low');
    start('normal', 'normal');
    start('high', 'high');

    queue.resume();

    expect(started).toEqual(['high', 'normal']);
    expect(queue.snapshot()).toEqual({ size: 1, running: 2, paused: false });
  });

  it('keeps what is sent in the background apart when the app hides again before there was a place', async () => {
    const queue = createRequestQueue({ concurrency: 1 });
    const running$ = new Subject<number>();
    const started: string[] = [];
    const start = (name: string, background: 'hold' | 'send') =>
      NEVER.pipe(tap({ subscribe: () => started.push(name) }), limitConcurrency(queue, { background })).subscribe();
    running$.pipe(limitConcurrency(queue)).subscribe();
    start('held', 'hold');
    queue.pause('background');
    start('sent', 'send');
    start('sent later', 'send');

    queue.resume('background');
    queue.pause('background');
    running$.complete();
    await Promise.resolve();

    expect(started).toEqual(['sent']);
    expect(queue.snapshot()).toEqual({ size: 2, running: 1, paused: true });
  });

  it('takes a second hop after the first, also when several calls left in one turn', async () => {
    const queue = createRequestQueue({ concurrency: 2 });
    const sources = Array.from({ length: 6 }, () => new Subject<number>());
    sources.forEach((source) => source.pipe(limitConcurrency(queue)).subscribe());
    const observed = () => sources.map((source) => source.observed);

    sources.slice(0, 2).forEach((source) => source.complete());
    await Promise.resolve();
    expect(observed()).toEqual([false, false, true, true, false, false]);

    sources.slice(2, 4).forEach((source) => source.complete());
    await Promise.resolve();
    expect(observed()).toEqual([false, false, false, false, true, true]);
  });

  it('tells of a change that is made in answer to its first state', () => {
    const queue = createRequestQueue();
    const told: boolean[] = [];
    queue.state$.subscribe(({ paused }) => {
      told.push(paused);
      queue.pause();
    });
    expect(told).toEqual([false, true]);
  });

  it.each([0, -1, 1.5, NaN])('cannot be made with %s places', (concurrency) => {
    expect(() => createRequestQueue({ concurrency })).toThrow(
      new TypeError(`createRequestQueue: concurrency must be a whole number from 1, or Infinity; got ${concurrency}`),
    );
  });
});
