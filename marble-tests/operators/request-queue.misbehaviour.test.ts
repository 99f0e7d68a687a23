import { config, NEVER, Observable, of, Subject, tap } from 'rxjs';
import { createRequestQueue, limitConcurrency } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

describe('createRequestQueue', () => {
  describe('when others misbehave', () => {
    it('goes on after a source whose subscribe throws', () => {
      const queue = createRequestQueue({ concurrency: 1 });
      const closed$ = new Subject<number>();

      closed$.unsubscribe();
      const seen: unknown[] = [];

      closed$.pipe(limitConcurrency(queue)).subscribe({ error: (error: Error) => seen.push(error.name) });
      of('next')
        .pipe(limitConcurrency(queue))
        .subscribe((value) => seen.push(value));

      expect(seen).toEqual(['ObjectUnsubscribedError', 'next']);
      expect(queue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
    });

    it(
      'does not time a call out that another’s timeout has let start',
      marbles(({ flush, hot }) => {
        const queue = createRequestQueue({ concurrency: 1 });
        const running = NEVER.pipe(limitConcurrency(queue)).subscribe();
        const seen: string[] = [];
        const again = () => NEVER.pipe(limitConcurrency(queue, { priority: 'low' })).subscribe();
        NEVER.pipe(limitConcurrency(queue, { maxWaitMs: 5 })).subscribe({
          error: () => {
            running.unsubscribe();
            again();
          },
        });
        NEVER.pipe(tap({ subscribe: () => seen.push('started') }), limitConcurrency(queue, { maxWaitMs: 5 })).subscribe(
          { error: () => seen.push('timed out') },
        );

        hot('------x').subscribe();
        flush();

        expect(seen).toEqual(['started']);
      }),
    );

    it(
      'forgets the deadline of a call that it refused',
      marbles(({ flush, hot }) => {
        const queue = createRequestQueue({ concurrency: 1 });
        NEVER.pipe(limitConcurrency(queue)).subscribe();
        NEVER.pipe(limitConcurrency(queue, { background: 'refuse', maxWaitMs: 5 })).subscribe({ error: () => {} });
        queue.pause('background');
        queue.resume('background');
        let told = 0;
        queue.state$.subscribe(() => told++);

        hot('----------x').subscribe();
        flush();

        expect(told).toBe(1);
      }),
    );

    it('ends every late call though the teardown of one throws', () => {
      const { asapScheduler, VirtualTimeScheduler } = jest.requireActual<typeof import('rxjs')>('rxjs');
      const scheduler = new VirtualTimeScheduler();
      const queue = createRequestQueue({ concurrency: 1, scheduler });
      const ended: string[] = [];
      const wait = (name: string, teardown: () => void) =>
        new Observable<never>((subscriber) => {
          subscriber.add(teardown);
          return NEVER.pipe(limitConcurrency(queue, { maxWaitMs: 5 })).subscribe(subscriber);
        }).subscribe({ error: () => ended.push(name) });
      const unhandled: unknown[] = [];
      config.onUnhandledError = (error) => unhandled.push(error);
      jest.useFakeTimers();

      try {
        NEVER.pipe(limitConcurrency(queue)).subscribe();
        wait('first', () => {
          throw new Error('its own');
        });
        wait('second', () => {});
        scheduler.flush();
        jest.runAllTimers();
      } finally {
        jest.useRealTimers();
        config.onUnhandledError = null;
        if (asapScheduler.actions.length > 0) asapScheduler.flush();
      }

      expect(ended).toEqual(['first', 'second']);
      expect(unhandled).toHaveLength(1);
    });
  });
});
