import { tap } from 'rxjs';
import { createRequestQueue, limitConcurrency, NetworkError } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

describe('limitConcurrency', () => {
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
});

function refusedInBackground(): NetworkError {
  return new NetworkError('the app is in the background, where the call does not want to wait; not sent', {
    code: 'background',
    rule: 'BG-2',
    phase: 'wait',
  });
}
