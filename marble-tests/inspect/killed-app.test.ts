import fc from 'fast-check';
import { createHttp, createNetwork } from '../../src/index.js';
import { Desk } from '../../src/desk/desk.js';
import { simulatorInspection } from '../../src/desk/simulator-events.js';
import { networkEvents$, recordOf, toHar, type CallRecord, type InspectEvent } from '../../src/inspect.js';
import { createSimulator, scriptWire, type Simulator } from '../../src/simulator/index.js';
import { marbles } from '../../src/testing/index.js';

const API = 'https://api.example.com';
const SECRET = 'hunter2';
/** More for a soak: `KILLED_RECORDS=5000`. */
const HISTORIES = Number(process.env['KILLED_RECORDS'] ?? 60);

const act = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('now' as const, 'slow' as const, 'broken' as const) },
  { weight: 2, arbitrary: fc.constantFrom('hide' as const, 'show' as const, 'show' as const) },
  { weight: 1, arbitrary: fc.constantFrom('offline' as const, 'online' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);
const schedule = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), act), { minLength: 1, maxLength: 40 });

/** The calls among some events, each with all that was told of it. */
function callsIn(events: readonly InspectEvent[]): ReadonlyMap<number, readonly InspectEvent[]> {
  const calls = new Map<number, InspectEvent[]>();
  for (const event of events) if ('call' in event) calls.set(event.call, [...(calls.get(event.call) ?? []), event]);
  return calls;
}

function expectOneRecordEach(events: readonly InspectEvent[]): readonly CallRecord[] {
  return [...callsIn(events).values()].map((own) => {
    expect(own.filter(({ type }) => type === 'called')).toHaveLength(1);
    const record = recordOf(own) as CallRecord;
    const spent = Object.values(record.phases).reduce((sum, ms) => sum + ms);
    expect(spent).toBeCloseTo(record.durationMs, 6);
    // Nothing comes behind its end.
    const ends = own.filter(({ type }) => ['completed', 'failed', 'refused', 'cancelled'].includes(type));
    expect(ends).toHaveLength(record.endedAtMs === undefined ? 0 : 1);
    return record;
  });
}

it('an app that is hidden, killed and started again has one record a call, whoever looks, and no secret', () => {
  fc.assert(
    fc.property(schedule, (steps) => {
      marbles(({ cold, flush }) => {
        const wire = scriptWire({
          [`GET ${API}/now`]: { body: `{"token":"${SECRET}"}`, header: { 'set-cookie': `sid=${SECRET}` }, afterMs: 5 },
          [`GET ${API}/slow`]: { afterMs: 4_000, body: SECRET },
          [`GET ${API}/broken`]: { statusCode: 500, header: { location: `/?code=${SECRET}` }, afterMs: 50 },
        });
        const simulator: Simulator = createSimulator({ wire, urlCheck: false });
        const desk = new Desk();
        const told: unknown[] = [];
        desk.messages$.subscribe((message) => told.push(message));
        const seen: InspectEvent[] = [];
        const inspected = simulatorInspection();
        const inlet = desk.open('simulator', 'phone');
        simulator.events$.subscribe((event) => {
          const events = inspected(event);
          seen.push(...events);
          inlet.take(events);
        });

        const lives: { readonly events: InspectEvent[]; killed: boolean }[] = [];
        const begin = () => {
          const network = createNetwork({
            wx: simulator.wx,
            scheduler: simulator.scheduler,
            onWarning: () => undefined,
          });
          const life = { events: [] as InspectEvent[], killed: false };
          const app = desk.open('phone', `life ${lives.push(life)}`);
          networkEvents$(network).subscribe((event) => {
            life.events.push(event);
            app.take([event]);
          });
          return createHttp(network);
        };
        let http$ = begin();
        const call = (path: string) =>
          http$({ url: `${API}/${path}?token=${SECRET}`, header: { Authorization: SECRET } }).subscribe({
            error: () => undefined,
          });
        const doIt = (what: (typeof steps)[number][1]) => {
          if (what === 'hide') simulator.enterBackground();
          else if (what === 'show') simulator.enterForeground();
          else if (what === 'offline') simulator.setNetwork('none');
          else if (what === 'online') simulator.setNetwork('wifi');
          else if (what === 'restart') {
            for (const life of lives) life.killed = true;
            simulator.restart();
            http$ = begin();
          } else call(what);
        };
        for (const [atMs, what] of steps) cold(`${atMs}ms x`).subscribe(() => doIt(what));
        // Whatever is held may go in the end.
        cold('30s x').subscribe(() => {
          simulator.setNetwork('wifi');
          simulator.enterForeground();
        });
        flush();
        void simulator.close();

        const ofPhone = expectOneRecordEach(seen);
        expect(ofPhone.filter(({ outcome }) => outcome === 'pending')).toEqual([]);
        for (const { events, killed } of lives) {
          const pending = expectOneRecordEach(events).filter(({ outcome }) => outcome === 'pending');
          if (!killed) expect(pending).toEqual([]);
        }
        const har = desk.sources().map(({ source }) => toHar(desk.records(source)));
        expect(JSON.stringify([seen, lives, told, desk.snapshot(), har])).not.toContain(SECRET);
      })();
    }),
    { numRuns: HISTORIES },
  );
}, 120_000);
