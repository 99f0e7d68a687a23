import fc from 'fast-check';
import { asyncScheduler } from 'rxjs';
import { createNetwork } from '../../../src/index.js';
import { createOutbox, type Outbox } from '../../../src/resilience.js';
import { json, marbles, type MarbleHelpers, type ReceivedRequest, type Reply } from '../../../src/testing/index.js';
import { countingServer } from './counting-server.js';

const HISTORIES = Number(process.env['OUTBOX_HISTORIES'] ?? 100);
const BASE = 'https://api.example.com';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

type Weather = 'well' | 'down' | 'down after doing' | 'logged out';

/** What happens, at a time of the day; what lasts, lasts for so long. */
type Act =
  | { readonly type: 'put'; readonly lane: string; readonly refused: boolean }
  | { readonly type: 'kill' | 'hide' | 'tunnel' | 'storage-full' | 'user' }
  | { readonly type: 'server'; readonly weather: Weather };

interface Moment {
  readonly at: number;
  readonly forMs: number;
  readonly act: Act;
}

const put = fc.record({
  type: fc.constant('put' as const),
  lane: fc.constantFrom('x', 'y'),
  refused: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
});
const server = fc.record({
  type: fc.constant('server' as const),
  weather: fc.constantFrom<Weather>('down', 'down after doing', 'logged out'),
});
const other = fc.record({
  type: fc.constantFrom('kill' as const, 'hide' as const, 'tunnel' as const, 'storage-full' as const, 'user' as const),
});
const act: fc.Arbitrary<Act> = fc.oneof({ arbitrary: put, weight: 5 }, { arbitrary: other, weight: 4 }, server);
// Close together, so that things meet, and then an hour of nothing, perhaps.
const gap = fc.oneof({ arbitrary: fc.nat(8), weight: 6 }, fc.nat(5_000), fc.nat(HOUR_MS));
const history = fc
  .array(fc.tuple(gap, fc.oneof(fc.nat(30), fc.nat(HOUR_MS)), act), { minLength: 1, maxLength: 30 })
  .map((list) => {
    let at = 0;
    return list.map(([gapMs, forMs, act]): Moment => ({ at: (at += gapMs), forMs, act }));
  });

/** What there is at the end of a day. */
interface Evening {
  readonly told: readonly string[];
  readonly effects: readonly string[];
  readonly parked: readonly string[];
  readonly keys: number;
  readonly moments: number;
}

function live(moments: readonly Moment[]): Evening {
  let evening: Evening | undefined;
  // Whoever asks has room for nothing then.
  let full = 0;
  marbles(
    (helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      let weather: Weather = 'well';
      let user = 'ann';
      const answer = (request: ReceivedRequest): Reply => {
        if (weather === 'down') return json({}, { status: 503 });
        if (weather === 'logged out') return json({}, { status: 401 });
        if (request.text.includes('!')) return json({}, { status: 422 });
        const done = counting.answer(request);
        return weather === 'well' ? done : json({}, { status: 502 });
      };
      server.post(`${BASE}/likes`).alwaysReplies('---a|', { a: answer });

      let outbox = start(helpers, () => user);
      simulator.events$.subscribe(({ type }) => {
        if (type !== 'destroyed') return;
        asyncScheduler.schedule(() => {
          simulator.restart();
          simulator.enterForeground();
          outbox = start(helpers, () => user);
        }, 1);
      });
      const told: string[] = [];
      let puts = 0;
      const later = (ms: number, work: () => void) => asyncScheduler.schedule(work, ms);
      const happen = ({ act, forMs }: Moment) => {
        switch (act.type) {
          case 'put': {
            const name = `${user} ${act.lane} ${String(++puts).padStart(3, '0')}${act.refused ? '!' : ''}`;
            const request = { url: '/likes', data: { like: name }, lane: act.lane };
            outbox.put(request).subscribe({ next: () => told.push(name), error: () => undefined });
            return;
          }
          case 'kill':
            simulator.destroy();
            return;
          case 'hide':
            simulator.enterBackground();
            later(forMs, () => simulator.enterForeground());
            return;
          case 'tunnel':
            simulator.setNetwork('none');
            later(forMs, () => simulator.setNetwork('4g'));
            return;
          case 'storage-full':
            full++;
            later(forMs, () => full--);
            return;
          case 'user':
            user = user === 'ann' ? 'bob' : 'ann';
            outbox.resume();
            return;
          case 'server':
            weather = act.weather;
            later(forMs, () => {
              weather = 'well';
              outbox.resume();
            });
        }
      };
      for (const moment of moments) later(moment.at, () => happen(moment));
      // In the evening all is well, for either of them.
      later(2 * DAY_MS, () => outbox.put({ url: '/likes', data: { like: 'the last' }, lane: 'z' }).subscribe());
      for (const evening of [2 * DAY_MS, 2 * DAY_MS + HOUR_MS]) {
        later(evening, () => {
          user = user === 'ann' ? 'bob' : 'ann';
          outbox.resume();
        });
      }
      flush();
      // What could not be removed is sent once more after the next start, under its key, and then it is.
      for (user of ['ann', 'bob']) {
        simulator.destroy();
        flush();
      }

      const parked: string[] = [];
      for (user of ['ann', 'bob']) {
        outbox.resume();
        outbox.items$
          .subscribe((items) => parked.push(...items.map(({ request }) => (request.data as { like: string }).like)))
          .unsubscribe();
      }
      const keys = simulator.wx.getStorageInfoSync().keys.length;
      evening = { told, effects: counting.effects, parked, keys, moments: puts };
    },
    {
      simulator: {
        storage: { latencyMs: 1, fails: ({ write }) => (full > 0 && write > 0 ? ':quota reached' : undefined) },
      },
    },
  )();
  return evening as Evening;
}

function start({ simulator }: MarbleHelpers, owner: () => string): Outbox {
  const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler, baseUrl: BASE });
  return createOutbox(network, { name: 'main', lanes: 2, owner, maxAgeMs: 7 * DAY_MS });
}

describe('createOutbox, on any day', () => {
  it('loses nothing that it told of, does nothing twice, keeps each lane in order, and leaves nothing behind', () => {
    fc.assert(
      fc.property(history, (moments) => {
        const { told, effects, parked, keys } = live(moments);
        const arrived = new Set([...effects, ...parked]);
        expect(told.filter((name) => !arrived.has(name))).toEqual([]);
        expect(effects).toHaveLength(new Set(effects).size);
        expect(parked.filter((name) => !name.endsWith('!'))).toEqual([]);
        for (const lane of ['ann x', 'ann y', 'bob x', 'bob y']) {
          const ofLane = effects.filter((name) => name.startsWith(lane));
          expect(ofLane).toEqual([...ofLane].sort());
        }
        expect(keys).toBe(parked.length);
      }),
      { numRuns: HISTORIES },
    );
  });
});
