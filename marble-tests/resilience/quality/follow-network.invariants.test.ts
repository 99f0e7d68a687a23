import fc from 'fast-check';
import { asyncScheduler } from 'rxjs';
import { createHttp, createNetwork, type Priority } from '../../../src/index.js';
import { followNetwork, whenOffline, type OfflinePolicy } from '../../../src/resilience.js';
import { json, marbles } from '../../../src/testing/index.js';

const HISTORIES = Number(process.env['FOLLOWED_HISTORIES'] ?? 100);
const URL = 'https://api.example.com/a';

interface Asked {
  readonly type: 'call';
  readonly priority: Priority;
  readonly offline: OfflinePolicy;
  readonly leavesAfter: number | undefined;
}

const call: fc.Arbitrary<Asked> = fc.record({
  type: fc.constant('call' as const),
  priority: fc.constantFrom<Priority>('high', 'normal', 'low'),
  offline: fc.constantFrom<OfflinePolicy>('wait', 'refuse', 'send'),
  leavesAfter: fc.option(fc.nat(60), { nil: undefined }),
});
const change = fc.record({ type: fc.constantFrom('gone' as const, 'back' as const, 'weak' as const, 'well' as const) });
const history = fc.array(fc.tuple(fc.nat(30), fc.oneof({ arbitrary: call, weight: 4 }, change)), { maxLength: 25 });

describe('followNetwork, whatever happens', () => {
  it('leaves no call without an end and no place taken, and sends nothing without a network but what wants it', () => {
    fc.assert(
      fc.property(history, (moments) => {
        marbles((helpers) => {
          const { server, simulator, flush } = helpers;
          server.get(URL).alwaysReplies('9ms a|', { a: json(1) });
          const { wx, scheduler } = simulator;
          const network = createNetwork({ wx, scheduler, concurrency: 5 });
          followNetwork(network, { weakConcurrency: 2, spreadMs: 20 });
          const http$ = createHttp(network);
          const open = new Set<number>();
          const sentOffline: string[] = [];
          let goneSince: number | undefined;

          const ask = (index: number, { priority, offline, leavesAfter }: Asked) => {
            open.add(index);
            const end = () => open.delete(index);
            const running = http$
              .get(`${URL}?${offline}`, { priority, ...whenOffline(offline) })
              .subscribe({ error: end, complete: end });
            if (leavesAfter === undefined) return;
            asyncScheduler.schedule(() => {
              running.unsubscribe();
              end();
            }, leavesAfter);
          };
          simulator.events$.subscribe((event) => {
            // The phone takes a turn to tell of it.
            const isTold = goneSince !== undefined && asyncScheduler.now() > goneSince;
            if (event.type === 'called' && isTold) sentOffline.push(event.url);
          });
          const happen = {
            gone() {
              goneSince ??= asyncScheduler.now();
              simulator.setNetwork('none');
            },
            back() {
              goneSince = undefined;
              simulator.setNetwork('wifi');
            },
            weak: () => simulator.setNetwork({ weak: true }),
            well: () => simulator.setNetwork({ weak: false }),
          };
          let at = 0;
          moments.forEach(([gap, moment], index) => {
            asyncScheduler.schedule(
              () => (moment.type === 'call' ? ask(index, moment) : happen[moment.type]()),
              (at += gap),
            );
          });
          asyncScheduler.schedule(() => {
            // It may stay weak.
            happen.back();
            ask(-1, { type: 'call', priority: 'normal', offline: 'wait', leavesAfter: undefined });
          }, at + 10_000);
          flush();

          expect([...open]).toEqual([]);
          expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
          expect(sentOffline.filter((url) => !url.endsWith('send'))).toEqual([]);
        })();
      }),
      { numRuns: HISTORIES },
    );
  });
});
