import fc from 'fast-check';
import type { Observable } from 'rxjs';
import { createHttp, createNetwork, type WxPort } from '../../src/index.js';
import {
  networkEvents$,
  records$,
  toHar,
  type CallRecord,
  type InspectEvent,
  type NetworkRecord,
} from '../../src/inspect.js';
import { recordOf } from '../../src/inspect.js';
import { randomHistory } from './random-history.js';
import { live, type Make } from './random-life.js';

/** How many lives are watched; WATCHED_HISTORIES=20000 for a night. */
const HISTORIES = Number(process.env['WATCHED_HISTORIES'] ?? 150);

const SECRET = 'hunter2';
const HEADER = { Authorization: `Bearer ${SECRET}`, cookie: `sid=${SECRET}`, 'X-Token': SECRET };
/** What a network may come by: each of it is somewhere in what goes out, and in what comes back. */
const whatCalls = { data: { password: SECRET, deep: [SECRET] }, header: HEADER };
const whatAnswers = {
  statusCode: 200,
  data: JSON.stringify({ token: SECRET, said: SECRET }),
  header: {
    'Set-Cookie': `sid=${SECRET}`,
    Location: `https://a.example.com/?code=${SECRET}`,
    'Content-Type': 'application/json',
  },
};

interface Watched {
  readonly events: InspectEvent[];
  records: readonly NetworkRecord[];
  /** How the caller saw the end of each call, by its number. */
  readonly ends: Map<number, string>;
  readonly sent: Map<number, number>;
}

/** The library, watched, on a phone whose answers have secrets in them. */
function watching(seen: Watched): Make {
  return (phone, scheduler, concurrency) => {
    const wx: WxPort = {
      ...phone,
      request(option) {
        const id = idOf(option.url);
        seen.sent.set(id, (seen.sent.get(id) ?? 0) + 1);
        return phone.request({
          ...option,
          success: (result) => option.success?.({ ...result, ...whatAnswers }),
          fail: ({ errMsg, ...rest }) => option.fail?.({ ...rest, errMsg: `${errMsg} ${option.url}` }),
        });
      },
    };
    const network = createNetwork({ wx, scheduler, concurrency, onWarning: () => undefined });
    networkEvents$(network).subscribe((event) => seen.events.push(event));
    records$(network, { bodies: 'none', everyMs: 1 }).subscribe((records) => (seen.records = records));
    const http$ = createHttp(network);
    return {
      call: (request) => {
        const call$ = http$({ ...request, ...whatCalls, url: `${request.url}?token=${SECRET}#${SECRET}` });
        return told(call$, (end) => seen.ends.set(idOf(request.url), end));
      },
      pause: () => network.requestQueue.pause('offline'),
      resume: () => network.requestQueue.resume('offline'),
    };
  };
}

const idOf = (url: string) => Number(/\/(\d+)(?:[?#]|$)/.exec(url)?.[1]);

/** The same stream, and how it ended for the one who subscribed. */
function told<T>(source$: Observable<T>, end: (how: string) => void): Observable<T> {
  end('left');
  return {
    subscribe: (observer: { next(value: T): void; error(error: { code: string }): void; complete(): void }) =>
      source$.subscribe({
        next: (value) => observer.next(value),
        error: (error: { code: string }) => {
          end(error.code);
          observer.error(error);
        },
        complete: () => {
          end('completed');
          observer.complete();
        },
      }),
  } as unknown as Observable<T>;
}

function lived(seed: number): Watched {
  const seen: Watched = { events: [], records: [], ends: new Map(), sent: new Map() };
  live(randomHistory(seed), watching(seen));
  return seen;
}

const ENDS = ['completed', 'failed', 'refused', 'cancelled'];

describe('one who watches a network', () => {
  const { stackTraceLimit } = Error;
  beforeAll(() => (Error.stackTraceLimit = 0));
  afterAll(() => (Error.stackTraceLimit = stackTraceLimit));

  it('sees each call end once, in one record whose phases add up, whatever happens to it, and no secret', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { events, records, ends, sent } = lived(seed);
        const calls = new Map<number, InspectEvent[]>();
        for (const event of events) {
          if ('call' in event) calls.set(event.call, [...(calls.get(event.call) ?? []), event]);
        }

        const recorded = new Map(records.map((record) => [record.id, record]));
        expect(calls.size).toBe(ends.size);
        for (const own of calls.values()) {
          expect(own[0]?.type).toBe('called');
          expect(own.findIndex(({ type }) => ENDS.includes(type))).toBe(own.length - 1);
          const record = recordOf(own) as CallRecord;
          const id = idOf(record.url);
          expect(endOf(record)).toBe(ends.get(id));
          expect(record.attempts.length).toBe(sent.get(id) ?? 0);
          // Times are no whole numbers here.
          expect(Object.values(record.phases).reduce((sum, ms) => sum + ms)).toBeCloseTo(record.durationMs, 6);
          expect(
            record.spans.every(({ fromMs }, index) => index === 0 || fromMs === record.spans[index - 1]!.toMs),
          ).toBe(true);
          expect(JSON.stringify(recorded.get(record.id))).toBe(JSON.stringify(record));
        }
        expect(records.length).toBe(calls.size);
        expect(JSON.stringify([events, records, toHar(records)])).not.toContain(SECRET);
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  it('changes nothing', () => {
    const plain: Make = (wx, scheduler, concurrency) => {
      const network = createNetwork({ wx, scheduler, concurrency, onWarning: () => undefined });
      return {
        call: createHttp(network),
        pause: () => network.requestQueue.pause('offline'),
        resume: () => network.requestQueue.resume('offline'),
      };
    };
    const watched: Make = (wx, scheduler, concurrency) => {
      const network = createNetwork({ wx, scheduler, concurrency, onWarning: () => undefined });
      networkEvents$(network).subscribe();
      return {
        call: createHttp(network),
        pause: () => network.requestQueue.pause('offline'),
        resume: () => network.requestQueue.resume('offline'),
      };
    };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const history = randomHistory(seed);
        expect(live(history, watched)).toEqual(live(history, plain));
      }),
      { numRuns: HISTORIES / 3 },
    );
  }, 600_000);
});

/** How a record says that it ended, in the words of the caller. */
function endOf({ outcome, error }: CallRecord): string {
  if (outcome === 'cancelled' && !error) return 'left';
  return error?.code ?? outcome;
}
