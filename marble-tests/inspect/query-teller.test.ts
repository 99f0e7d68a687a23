import { concat, map, mergeMap, NEVER, takeUntil, throwError, timer, type Observable } from 'rxjs';
import { createHttp, createNetwork, takeUntilUnload, type WxRequestOption } from '../../src/index.js';
import { networkEvents$, recordOf, records$, toHar, type InspectEvent, type NetworkRecord } from '../../src/inspect.js';
import { createQueries, type QueriesOptions } from '../../src/queries.js';
import { createStore, shareInFlight } from '../../src/resilience.js';
import { json, marbles, scriptedWx, type MarbleHelpers, type WireMark } from '../../src/testing/index.js';

const OK: WireMark = { statusCode: 200, data: '{}', header: { 'Content-Type': 'application/json' } };
const after = (ms: number) => timer(ms).pipe(map(() => OK));
const fails = (ms: number) =>
  timer(ms).pipe(mergeMap(() => throwError(() => ({ errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED' }))));

function watchedQueries(
  { app }: MarbleHelpers,
  answers: (option: WxRequestOption) => Observable<WireMark>,
  options: QueriesOptions = {},
) {
  const network = createNetwork({
    wx: scriptedWx(answers, { app$: app('') }),
    baseUrl: 'https://api.example.com',
    onWarning: () => undefined,
    interceptors: [shareInFlight()],
  });
  const events: InspectEvent[] = [];
  networkEvents$(network).subscribe((event) => 'call' in event && events.push(event));
  const http$ = createHttp(network);
  return { network, http$, queries: createQueries(http$, { network, ...options }), events };
}

/** When, of which call, what, and where from or with whom. */
const told = (events: readonly InspectEvent[]) =>
  events.map((event) => {
    const { call, from, with: other, by } = event as unknown as Partial<Record<string, string | number>>;
    const more = [from, other, by].filter((value) => value !== undefined);
    return [event.atMs, call, event.type, ...more].join(' ');
  });
const OF_A_CALL = ['called', 'sent', 'answered', 'decoded', 'completed network'];
const callAt = (call: number, fromMs: number, toMs: number) =>
  OF_A_CALL.map((what, index) => `${index < 2 ? fromMs : toMs} ${call} ${what}`);

describe('what is told of a query', () => {
  it(
    'is its call, where it makes one, and that the next was answered from memory',
    marbles((helpers) => {
      const { queries, events } = watchedQueries(helpers, () => after(5));
      const items$ = queries.watch$('/items?token=hunter2', { freshMs: 1_000 });
      items$.pipe(takeUntil(timer(10))).subscribe();
      timer(20).subscribe(() => items$.pipe(takeUntil(timer(10))).subscribe());
      helpers.flush();

      expect(told(events)).toEqual([...callAt(1, 0, 5), '20 2 called', '20 2 completed memory']);
      expect(events[5]).toMatchObject({
        client: 'watch$',
        method: 'GET',
        url: 'https://api.example.com/items?token=***',
      });
    }),
  );

  it(
    'is whose call it shares, and how that ended for it',
    marbles((helpers) => {
      const { queries, events } = watchedQueries(helpers, () => after(5));
      const items$ = queries.watch$('/items', { freshMs: 1_000 });
      const life = takeUntil(timer(10));
      items$.pipe(life).subscribe();
      timer(2).subscribe(() => items$.pipe(life).subscribe());
      timer(3).subscribe(() => items$.pipe(takeUntil(timer(1))).subscribe());
      helpers.flush();

      expect(told(events)).toEqual([
        '0 1 called',
        '0 1 sent',
        '2 2 called',
        '2 2 shared 1',
        '3 3 called',
        '3 3 shared 1',
        '4 3 cancelled unsubscribed',
        '5 1 answered',
        '5 1 decoded',
        '5 1 completed network',
        '5 2 completed shared',
      ]);
      const record = recordOf(events.filter((event) => 'call' in event && event.call === 2));
      expect(record).toMatchObject({ answeredFrom: 'shared', sharedWith: 1, durationMs: 3 });
    }),
  );

  it(
    'is that the shared call failed',
    marbles((helpers) => {
      const { queries, events } = watchedQueries(helpers, () => fails(5));
      const items$ = queries.watch$('/items');
      items$.subscribe({ error: () => undefined });
      items$.subscribe({ error: () => undefined });
      helpers.flush();

      expect(events.filter(({ type }) => type === 'failed')).toMatchObject([
        { call: 1, error: { code: 'connection' } },
        { call: 2, error: { code: 'connection' } },
      ]);
    }),
  );

  it(
    'is that its page was unloaded',
    marbles((helpers) => {
      const { queries, events } = watchedQueries(helpers, () => NEVER);
      const page = { onUnload() {} };
      queries
        .watch$('/items')
        .pipe(takeUntil(timer(9)))
        .subscribe();
      queries.watch$('/items').pipe(takeUntilUnload(page)).subscribe();
      timer(3).subscribe(() => page.onUnload());
      helpers.flush();

      expect(told(events)).toContain('3 2 cancelled page');
    }),
  );

  it(
    'is that the device had it: of the one who asked, and of one who came meanwhile',
    marbles(({ wx, server, simulator, flush }) => {
      server.get('https://api.example.com/items').replies('-r|', { r: json([1]) });
      const appOn = () => {
        const network = createNetwork({ wx: simulator.wx, onWarning: () => undefined });
        const store = createStore<never>(network, { name: 'answers' });
        const events: InspectEvent[] = [];
        networkEvents$(network).subscribe((event) => 'call' in event && events.push(event));
        const queries = createQueries(createHttp(network), { network, store });
        const items$ = queries.watch$('https://api.example.com/items', { persist: true, freshMs: 60_000 });
        return { items$, events };
      };
      expect(wx).toBeDefined();
      const first = appOn();
      first.items$.pipe(takeUntil(timer(2_000))).subscribe();
      let second: ReturnType<typeof appOn> | undefined;
      timer(5_000).subscribe(() => {
        second = appOn();
        const life = takeUntil<unknown>(timer(500));
        second.items$.pipe(life).subscribe();
        second.items$.pipe(life).subscribe();
      });
      flush();

      expect(told(second?.events ?? []).map((line) => line.replace(/^\d+ /, ''))).toEqual([
        '1 called',
        '2 called',
        '2 completed storage',
        '1 completed storage',
      ]);
    }),
  );

  it(
    'stands in the records and in a HAR file',
    marbles((helpers) => {
      const { network, queries } = watchedQueries(helpers, () => after(5));
      let records: readonly NetworkRecord[] = [];
      records$(network, { everyMs: 1 })
        .pipe(takeUntil(timer(100)))
        .subscribe((now) => (records = now));
      const items$ = queries.watch$('/items', { freshMs: 1_000 });
      const life = takeUntil(timer(10));
      concat(items$.pipe(life), items$.pipe(takeUntil(timer(1)))).subscribe();
      timer(1).subscribe(() => items$.pipe(life).subscribe());
      helpers.flush();

      const { entries } = toHar(records).log;
      expect(entries.map(({ _fromMemory, _sharedWith }) => [_fromMemory, _sharedWith])).toEqual([
        [undefined, undefined],
        [undefined, 1],
        [true, undefined],
      ]);
    }),
  );
});
