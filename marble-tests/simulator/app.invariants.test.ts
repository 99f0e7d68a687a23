import fc from 'fast-check';
import { NEVER } from 'rxjs';
import { createSimulator, type SimulatedWx } from '../../src/simulator/create-simulator.js';
import { scriptWire } from '../../src/simulator/wires/script.js';
import { marbles } from '../../src/testing/index.js';
import { API, at } from './phone.js';

const LIVE = 'wss://api.example.com/live';
const KEYS = ['a', 'b', 'c', 'd'];

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('store' as const), key: fc.constantFrom(...KEYS) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('storeSync' as const), key: fc.constantFrom(...KEYS) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('remove' as const), key: fc.constantFrom(...KEYS) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('call' as const), path: fc.constantFrom('/now', '/slow') }) },
  { weight: 2, arbitrary: fc.constant({ act: 'upload' as const }) },
  { weight: 2, arbitrary: fc.constant({ act: 'download' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'datagram' as const }) },
  { weight: 2, arbitrary: fc.constant({ act: 'open' as const }) },
  { weight: 2, arbitrary: fc.constant({ act: 'wait' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'hide' as const }) },
  { weight: 2, arbitrary: fc.constant({ act: 'show' as const }) },
  { weight: 1, arbitrary: fc.constant({ act: 'network' as const }) },
  { weight: 3, arbitrary: fc.constant({ act: 'restart' as const }) },
);
const schedule = fc.array(fc.tuple(fc.integer({ min: 0, max: 2_500 }), step), { minLength: 1, maxLength: 60 });

/** Where a kill may come from beside a restart: in the middle of what is going on. */
const cut = fc.record({ afterEvents: fc.integer({ min: 1, max: 120 }), latencyMs: fc.constantFrom(0, 7, 900) });

/** Written anew by each life: an app that is dead already writes nothing. */
function fileIn(wx: SimulatedWx): string {
  const path = `${wx.env.USER_DATA_PATH}/a.txt`;
  try {
    wx.getFileSystemManager().writeFileSync(path, 'a');
  } catch {
    // The dead have no files.
  }
  return path;
}

/** More for a soak: `KILLED_HISTORIES=20000`. */
const HISTORIES = Number(process.env['KILLED_HISTORIES'] ?? 400);

describe('an app that may be killed at any moment', () => {
  it('is told nothing afterwards, leaves nothing open, and finds again what it was told was stored', () => {
    fc.assert(
      fc.property(schedule, cut, (steps, { afterEvents, latencyMs }) => {
        marbles(({ flush }) => {
          const wire = scriptWire(
            {
              [`GET ${API}/now`]: {},
              [`GET ${API}/slow`]: { afterMs: 4_000 },
              [`POST ${API}/slow`]: { afterMs: 4_000 },
            },
            { sockets: { [LIVE]: { says$: NEVER } }, udp: { '192.168.1.7:9000': { says$: (heard$) => heard$ } } },
          );
          const simulator = createSimulator({
            wire,
            domains: { request: [API], uploadFile: [API], downloadFile: [API], socket: ['wss://api.example.com'] },
            storage: { latencyMs },
          });
          const toldDead: string[] = [];
          const open = new Set<number>();
          /** Of each key, what may be there, in the order in which it was asked for: the last that was told, and all since. */
          const possible = new Map<string, { value: unknown }[]>(KEYS.map((key) => [key, [{ value: '' }]]));
          let life = 0;
          let dead = false;
          let events = 0;
          let value = 0;

          simulator.events$.subscribe((event) => {
            if (event.type === 'called' || event.type === 'socket-created') open.add(event.id);
            if (event.type === 'settled' || event.type === 'socket-closed') open.delete(event.id);
            if (event.type === 'destroyed') dead = true;
            if (event.type === 'restarted') {
              dead = false;
              life++;
            }
            if (++events === afterEvents) simulator.destroy();
          });
          /** A callback of this life of the app. */
          const mine = (what: string, work = () => {}) => {
            const born = life;
            return () => {
              if (dead || born !== life) toldDead.push(what);
              work();
            };
          };
          const asked = (key: string, next: unknown, ask: (told: () => void) => void) => {
            const mark = { value: next };
            possible.get(key)?.push(mark);
            ask(() => {
              const marks = possible.get(key) ?? [];
              possible.set(key, marks.slice(marks.indexOf(mark)));
            });
          };
          const act = (wx: SimulatedWx, what: (typeof steps)[number][1]) => {
            switch (what.act) {
              case 'store': {
                const data = ++value;
                asked(what.key, data, (done) => {
                  wx.setStorage({ key: what.key, data, success: mine('stored', done) });
                });
                return;
              }
              case 'storeSync': {
                const data = ++value;
                // What is still on its way comes later, and may take its place.
                asked(what.key, data, () => wx.setStorageSync(what.key, data));
                return;
              }
              case 'remove':
                asked(what.key, '', (done) => {
                  wx.removeStorage({ key: what.key, success: mine('removed', done) });
                });
                return;
              case 'call':
                wx.request({ url: `${API}${what.path}`, complete: mine('answered') });
                return;
              case 'upload':
                wx.uploadFile({ url: `${API}/slow`, filePath: fileIn(wx), name: 'a', complete: mine('uploaded') });
                return;
              case 'download':
                wx.downloadFile({ url: `${API}/slow`, complete: mine('downloaded') }).onProgressUpdate(mine('piece'));
                return;
              case 'datagram': {
                const socket = wx.createUDPSocket();
                socket.onMessage(mine('datagram'));
                socket.onError(mine('no datagram'));
                socket.bind();
                socket.send({ address: '192.168.1.7', port: 9000, message: 'x' });
                return;
              }
              case 'open': {
                const task = wx.connectSocket({ url: LIVE, complete: mine('taken') });
                task.onOpen(mine('opened'));
                task.onClose(mine('closed'));
                return;
              }
              case 'wait':
                simulator.scheduler.schedule(mine('waited'), 1_500);
                return;
              case 'hide':
                simulator.enterBackground();
                return;
              case 'show':
                simulator.enterForeground();
                return;
              case 'network':
                wx.onNetworkStatusChange(mine('network'));
                simulator.setNetwork(value % 2 === 0 ? '4g' : 'wifi');
                return;
              case 'restart':
                expectStored(simulator.restart());
            }
          };
          /** Every value is one that was stored whole, and one that may be there. */
          const expectStored = (wx: SimulatedWx) => {
            expect([...open]).toEqual([]);
            for (const key of KEYS) {
              const found: unknown = wx.getStorageSync(key);
              // Killed in the turn of its birth, or by the question: the answer of the dead is none.
              if (dead) return;
              expect(possible.get(key)?.map((mark) => mark.value)).toContain(found);
              possible.set(key, [{ value: found }]);
            }
          };

          let now = 0;
          for (const [afterMs, what] of steps) {
            now += afterMs;
            at(now, () => act(simulator.wx, what));
          }
          // A last life, in which all works again.
          const told: string[] = [];
          at(now + 1, () => {
            events = Number.NEGATIVE_INFINITY;
            expectStored(simulator.restart());
            simulator.setNetwork('wifi');
            const { wx } = simulator;
            wx.request({ url: `${API}/now`, success: ({ statusCode }) => told.push(`${statusCode}`) });
            wx.connectSocket({ url: LIVE }).onOpen(() => told.push('open'));
            wx.setStorage({ key: 'a', data: 'last', success: () => told.push('stored') });
          });
          flush();

          expect(toldDead).toEqual([]);
          expect(told.sort()).toEqual(['200', 'open', 'stored']);
          expect(simulator.wx.getStorageSync('a')).toBe('last');
          void simulator.close();
        })();
      }),
      { numRuns: HISTORIES },
    );
  });
});
