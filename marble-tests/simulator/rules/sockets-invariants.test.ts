import fc from 'fast-check';
import { map, timer } from 'rxjs';
import type { SocketTask } from '../../../src/simulator/apis/socket-types.js';
import { socketClosed } from '../../../src/simulator/wires/socket-wire.js';
import { at } from '../phone.js';
import { connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

const ROUTES = ['/', '/slow', '/refused', '/kicks', '/deaf'] as const;

const SERVERS = {
  '/': {},
  '/slow': { afterMs: 900 },
  '/refused': { statusCode: 503, afterMs: 30 },
  '/kicks': { afterMs: 10, says$: timer(500).pipe(map(() => socketClosed(4001, 'kicked'))) },
  '/deaf': { silentAfterMs: 20 },
};

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('open' as const), path: fc.constantFrom(...ROUTES) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('close' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constant({ act: 'hide' as const }) },
  { weight: 2, arbitrary: fc.constant({ act: 'show' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'offline' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'online' as const }) },
);
const run = fc.array(fc.tuple(fc.integer({ min: 0, max: 2_500 }), step), { minLength: 1, maxLength: 40 });

const OPTIONS = fc.record({
  interruptedSocket: fc.constantFrom(...([1000, 0, 1006, 'global-only', 'silent'] as const)),
  failedSocketEvents: fc.constantFrom('error-and-close', 'error' as const),
  socketOffline: fc.constantFrom('close', 'silent' as const),
  slotFreedAfterCallback: fc.boolean(),
  interruptedCallback: fc.constantFrom('before-freeze', 'on-return' as const),
});

describe('WebSockets, whatever happens', () => {
  it('[LIM-3] are never more than five, lose no place, and end once each', () => {
    fc.assert(
      fc.property(run, OPTIONS, (steps, options) => {
        marbles(({ flush }) => {
          const simulator = socketPhone(SERVERS, { ...options, socketCloseWaitMs: 1_000 });
          const alive = new Set<number>();
          const ends = new Map<number, number>();
          const told = new Map<number, string[]>();
          const tasks: SocketTask[] = [];
          let most = 0;
          simulator.events$.subscribe((event) => {
            if (event.type === 'socket-connecting') most = Math.max(most, alive.add(event.id).size);
            if (event.type !== 'socket-closed') return;
            alive.delete(event.id);
            ends.set(event.id, (ends.get(event.id) ?? 0) + 1);
          });

          let now = 0;
          for (const [afterMs, what] of steps) {
            now += afterMs;
            at(now, () => {
              if (what.act === 'open') {
                const lines: string[] = [];
                told.set(tasks.length, lines);
                tasks.push(connected(simulator, what.path, (line) => lines.push(line.replace(/ .*/, ''))));
              } else if (what.act === 'close') tasks[what.which % tasks.length]?.close({ fail: () => {} });
              else if (what.act === 'hide') simulator.enterBackground();
              else if (what.act === 'show') simulator.enterForeground();
              else simulator.setNetwork(what.act === 'offline' ? 'none' : 'wifi');
            });
          }
          // In the end all are closed, and there is room for five again.
          at(now + 10_000, () => simulator.enterForeground());
          at(now + 10_001, () => simulator.setNetwork('wifi'));
          at(now + 10_002, () => tasks.forEach((task) => task.close({ fail: () => {} })));
          const last: string[] = [];
          at(now + 20_000, () => {
            for (let index = 0; index < 6; index++)
              connected(simulator, '/', (line) => last.push(line.replace(/ .*/, '')));
          });
          at(now + 30_000, () => void simulator.close());
          flush();

          expect(most).toBeLessThanOrEqual(5);
          expect([...ends.values()].every((count) => count === 1)).toBe(true);
          expect(alive.size).toBe(0);
          expect(last.filter((line) => line === 'open')).toHaveLength(5);
          for (const lines of told.values()) {
            expect(lines.filter((line) => line === 'close').length).toBeLessThanOrEqual(1);
            // Nothing is told of a socket after its end.
            if (lines.includes('close')) expect(lines.at(-1)).toBe('close');
          }
        })();
      }),
      { numRuns: 200 },
    );
  });
});
