import {
  asapScheduler,
  concatWith,
  defer,
  EMPTY,
  finalize,
  merge,
  NEVER,
  of,
  tap,
  VirtualTimeScheduler,
  type SchedulerLike,
} from 'rxjs';
import { createRequestQueue, limitConcurrency, NetworkError } from '../../src/index.js';
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

  it(
    'ends a call that has waited for maxWaitMs, and not one that runs',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const a = cold('     ------a|');
      const b = cold('     --b|    ');
      const expectedA = '  ------a|';
      const expectedB = '  ----#   ';

      expectObservable(a.pipe(limitConcurrency(queue, { maxWaitMs: 4 }))).toBe(expectedA);
      expectObservable(b.pipe(limitConcurrency(queue, { maxWaitMs: 4 }))).toBe(
        expectedB,
        undefined,
        new NetworkError('no place became free within 4 ms of waiting', { code: 'timeout', phase: 'wait' }),
      );
      expectSubscriptions(b.subscriptions).toBe([]);
    }),
  );

  it(
    'does not count the time of a pause as waiting',
    marbles(({ cold, expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const a = cold('     ------------a|');
      const b = cold('     --b|          ');
      const pauses = cold('--p-----r|    ').pipe(tap((mark) => (mark === 'p' ? queue.pause() : queue.resume())));
      const expectedB = '  ----------#   ';

      expectObservable(pauses).toBe('--p-----r|');
      expectObservable(a.pipe(limitConcurrency(queue))).toBe('------------a|');
      expectObservable(b.pipe(limitConcurrency(queue, { maxWaitMs: 4 }))).toBe(
        expectedB,
        undefined,
        new NetworkError('no place became free within 4 ms of waiting', { code: 'timeout', phase: 'wait' }),
      );
    }),
  );

  it(
    'counts a pause for as long as one reason for it is left',
    marbles(({ cold, hot, expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const a = cold('     ------------a|');
      const b = cold('     --b|          ');
      const expectedB = '  --------#     ';
      hot('-u').subscribe(() => queue.pause());
      hot('--o').subscribe(() => queue.pause('offline'));
      hot('---u').subscribe(() => queue.resume());
      hot('-----o').subscribe(() => queue.resume('offline'));

      expectObservable(a.pipe(limitConcurrency(queue))).toBe('------------a|');
      expectObservable(b.pipe(limitConcurrency(queue, { maxWaitMs: 4 }))).toBe(expectedB, undefined, late(4));
    }),
  );

  it(
    'gives each call its own deadline, whoever waits beside it, comes later or leaves',
    marbles(({ cold, expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const wait = (maxWaitMs?: number) => NEVER.pipe(limitConcurrency(queue, { maxWaitMs }));
      const leaves = '   ^-!   ';

      expectObservable(wait()).toBe('----------');
      expectObservable(wait(), leaves).toBe('---');
      expectObservable(wait(4), leaves).toBe('---');
      expectObservable(wait(4)).toBe('----#', undefined, late(4));
      expectObservable(wait(5), leaves).toBe('---');
      expectObservable(cold('--|').pipe(concatWith(wait(4)))).toBe('------#', undefined, late(4));
      expectObservable(wait(9)).toBe('---------#', undefined, late(9));
    }),
  );

  it(
    'keeps the deadline of a call when another leaves, and nobody comes',
    marbles(({ expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const wait = (maxWaitMs?: number) => NEVER.pipe(limitConcurrency(queue, { maxWaitMs }));

      expectObservable(wait()).toBe('-');
      expectObservable(wait(5), '^-!').toBe('-');
      expectObservable(wait(4)).toBe('----#', undefined, late(4));
    }),
  );

  it('sets a timer only while a call waits for its deadline, and none in a pause', () => {
    const clock = new VirtualTimeScheduler();
    let asked = 0;
    const scheduler: SchedulerLike = {
      now: () => clock.now(),
      schedule: (work, delay = 0, state) => {
        asked++;
        return clock.schedule(work as never, delay, state);
      },
    };
    const timers = () => clock.actions.filter(({ closed }) => !closed).length;
    const queue = createRequestQueue({ concurrency: 1, scheduler });
    NEVER.pipe(limitConcurrency(queue)).subscribe();

    queue.pause();
    queue.resume();
    expect(asked).toBe(0);

    const waiting = NEVER.pipe(limitConcurrency(queue, { maxWaitMs: 5 })).subscribe();
    expect(timers()).toBe(1);
    waiting.unsubscribe();
    expect(timers()).toBe(0);

    queue.pause();
    NEVER.pipe(limitConcurrency(queue, { maxWaitMs: 5 })).subscribe({ error: () => undefined });
    expect(timers()).toBe(0);

    queue.resume();
    expect(timers()).toBe(1);
  });

  it(
    '[BG-2] holds all that waits where the queue is paused for another reason',
    marbles(({ hot, cold, expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const busy = cold('    --x|       ');
      const refused = cold('          r| ');
      const passed = cold('            p|');
      hot('-p-------r').subscribe((mark) => (mark === 'p' ? queue.pause('offline') : queue.resume('offline')));

      expectObservable(busy.pipe(limitConcurrency(queue))).toBe('--x|');
      expectObservable(refused.pipe(limitConcurrency(queue, { background: 'refuse' }))).toBe('---------r|');
      expectObservable(passed.pipe(limitConcurrency(queue, { background: 'send' }))).toBe('----------p|');
    }),
  );

  it(
    '[BG-2] holds, refuses or passes what waits when the queue is paused, as each call says',
    marbles(({ cold, expectObservable }) => {
      const queue = createRequestQueue({ concurrency: 1 });
      const busy = cold('      -----x|      ');
      const held = cold('               --h|');
      const refused = cold('   --r|         ');
      const passed = cold('          --p|   ');
      const pauses = cold('    --p------r|').pipe(
        tap((mark) => (mark === 'p' ? queue.pause('background') : queue.resume('background'))),
      );

      expectObservable(pauses).toBe('              --p------r|');
      expectObservable(busy.pipe(limitConcurrency(queue))).toBe('-----x|');
      expectObservable(held.pipe(limitConcurrency(queue))).toBe('           -----------h|');
      expectObservable(refused.pipe(limitConcurrency(queue, { background: 'refuse' }))).toBe(
        '--#',
        undefined,
        refusedInBackground(),
      );
      expectObservable(passed.pipe(limitConcurrency(queue, { background: 'send' }))).toBe('--------p|');
    }),
  );

  it(
    '[BG-2] refuses at once what comes to a paused queue and does not want to wait',
    marbles(({ cold, expectObservable }) => {
      const queue = createRequestQueue();
      queue.pause('background');

      expectObservable(cold('a|').pipe(limitConcurrency(queue, { background: 'refuse' }))).toBe(
        '#',
        undefined,
        refusedInBackground(),
      );
      expectObservable(cold('a|').pipe(limitConcurrency(queue, { background: 'send' }))).toBe('a|');
      expectObservable(cold('a|').pipe(limitConcurrency(queue))).toBe('-');
    }),
  );

  it('tears the old source down before it starts the next', () => {
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
    asapScheduler.flush();

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
      'limitConcurrency: priority must be one of high, normal, low; got urgent',
    ],
    [
      () => limitConcurrency(1, { background: 'drop' as 'hold' }),
      'limitConcurrency: background must be one of hold, refuse, send; got drop',
    ],
  ])('refuses bad options when it is made (%#)', (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});

function late(maxWaitMs: number): NetworkError {
  const what = `no place became free within ${maxWaitMs} ms of waiting`;
  return new NetworkError(what, { code: 'timeout', phase: 'wait' });
}

function refusedInBackground(): NetworkError {
  return new NetworkError('the app is in the background, where the call does not want to wait; not sent', {
    code: 'background',
    rule: 'BG-2',
    phase: 'wait',
  });
}
