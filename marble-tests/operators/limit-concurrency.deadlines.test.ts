import { concatWith, NEVER, tap, VirtualTimeScheduler, type SchedulerLike } from 'rxjs';
import { createRequestQueue, limitConcurrency, NetworkError } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

describe('limitConcurrency', () => {
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
});

function late(maxWaitMs: number): NetworkError {
  const what = `no place became free within ${maxWaitMs} ms of waiting`;
  return new NetworkError(what, { code: 'timeout', phase: 'wait' });
}
