import { map, Observable } from 'rxjs';
import { chunk, headers, json, marbles, text } from '../../src/testing/index.js';
import { users, get$ } from './bare-client.js';

/** A failure as `fail` gets it, whole. */
const failure = (errMsg: string, errno: number) => ({
  errMsg,
  errno,
  exception: { retryCount: 0, reasons: [] },
});
const INTERRUPTED = failure('request:fail interrupted', 600003);

describe('marbles', () => {
  it(
    'answers a call as promised',
    marbles(({ wx, server, expectObservable, expectCalls }) => {
      server.get(users).replies('--r|', { r: json([{ id: 1 }]) });
      const expected = '         ---(u|)';

      expectObservable(get$(wx)).toBe(expected, { u: [{ id: 1 }] });
      expectCalls(server.get(users)).toBe('^');
    }),
  );

  it(
    'draws when a call came and when it was cut off',
    marbles(({ wx, server, expectObservable, expectCalls }) => {
      const route = server
        .get(users)
        .replies('---------|')
        .replies('(r|)', { r: text('hello') });
      const leaves = '   ^--!       ';
      const expected = ' -----      ';

      expectObservable(get$(wx), leaves).toBe(expected);
      expectObservable(get$(wx), ' -----^').toBe('-----(r|)', { r: 'hello' });
      expectCalls(route).toBe(['^--!', '-----^']);
    }),
  );

  it(
    '[BG-1] hides and shows the app on a lane of its own',
    marbles(({ wx, server, app, expectObservable, expectCalls }) => {
      server.get(users).replies('-');
      const lane = '    -h 9s s';
      const expected = '-- 4999ms #';

      app(lane);
      expectObservable(get$(wx)).toBe(expected, {}, INTERRUPTED);
      expectCalls(server.get(users)).toBe('^ 5000ms !');
    }),
  );

  it(
    '[BG-2] begins hidden where the lane does',
    marbles(({ wx, app, expectObservable }) => {
      app('h');
      expectObservable(get$(wx)).toBe('#', {}, INTERRUPTED);
    }),
  );

  it(
    'tells the states of the app, and counts the time away',
    marbles(({ app, expectObservable }) => {
      const lane = '    -h-s';
      const expected = 'fb-s';

      expectObservable(app(lane)).toBe(expected, {
        f: { visibility: 'foreground', since: 0, awayMs: 0 },
        b: { visibility: 'background', since: 1, awayMs: 0 },
        s: { visibility: 'foreground', since: 3, awayMs: 2 },
      });
    }),
  );

  it(
    'takes the connection away, weakens it and brings it back',
    marbles(({ wx, server, network, expectObservable }) => {
      server.get(users).replies('--------|');
      const lane = '    -o--w-b';
      const expected = 'bo--w-b';

      expectObservable(network(lane)).toBe(expected, {
        o: { isConnected: false, networkType: 'none' },
        w: { isConnected: true, networkType: '2g' },
        b: { isConnected: true, networkType: 'wifi' },
      });
      expectObservable(get$(wx)).toBe('-#', {}, failure('request:fail -106:net::ERR_INTERNET_DISCONNECTED', 600001));
      expectObservable(
        new Observable((subscriber) => wx.onNetworkStatusChange(({ networkType }) => subscriber.next(networkType))),
      ).toBe('-o--w-b', { o: 'none', w: '2g', b: 'wifi' });
    }),
  );

  it(
    'answers piece by piece',
    marbles(({ wx, server, expectObservable }) => {
      server.get(users).replies('-h-c-c|', { h: headers(200), c: chunk('ha') });
      const headersCame = '      -h';
      const chunksCame = '       ---c-c';

      const heard$ = (how: 'onHeadersReceived' | 'onChunkReceived') =>
        new Observable<number>((subscriber) => {
          const task = wx.request({ url: users, enableChunked: true });
          const tell = (event: { statusCode: number } | { data: ArrayBuffer }) =>
            subscriber.next('data' in event ? event.data.byteLength : event.statusCode);
          if (how === 'onHeadersReceived') task.onHeadersReceived(tell);
          else task.onChunkReceived(tell);
        });
      server.get(users).replies('-h-c-c|', { h: headers(200), c: chunk('ha') });

      expectObservable(heard$('onHeadersReceived')).toBe(headersCame, { h: 200 });
      expectObservable(heard$('onChunkReceived')).toBe(chunksCame, { c: 2 });
    }),
  );

  it.each([
    ['interrupted', INTERRUPTED],
    ['timeout', failure('request:fail timeout', 5)],
    ['dns', failure('request:fail -105:net::ERR_NAME_NOT_RESOLVED', 600001)],
    ['refused', failure('request:fail -102:net::ERR_CONNECTION_REFUSED', 600001)],
  ] as const)('fails a call by name: %s', (name, reason) => {
    marbles(({ wx, server, expectObservable }) => {
      server.get(users).replies('--#', {}, name);
      expectObservable(get$(wx)).toBe('--#', {}, reason);
    })();
  });

  it(
    '[TIME-1] leaves a call that is met with silence to its deadline',
    marbles(({ wx, server, expectObservable, expectCalls }) => {
      server.get(users).replies('-');
      expectObservable(get$(wx)).toBe('60s #', {}, failure('request:fail timeout', 5));
      expectCalls(server.get(users)).toBe('^ 59999ms !');
    }),
  );

  it(
    'answers by what came, and keeps it',
    marbles(({ wx, server, expectObservable, flush }) => {
      const route = server.get(users).alwaysReplies('(r|)', { r: ({ url }) => text(url.slice(users.length)) });

      expectObservable(get$(wx, `${users}?page=1`, { token: 'x' })).toBe('(r|)', { r: '?page=1' });
      expectObservable(get$(wx, `${users}?page=2`)).toBe('(r|)', { r: '?page=2' });
      flush();

      expect(route.requests.map(({ url, header }) => [url, header['token']])).toEqual([
        [`${users}?page=1`, 'x'],
        [`${users}?page=2`, undefined],
      ]);
      expect(server.requests).toEqual(route.requests);
    }),
  );

  it(
    'follows a redirect to another promise',
    marbles(({ wx, server, expectObservable }) => {
      server.get(users).replies('-r|', { r: text('', { status: 302, headers: { Location: '/people' } }) });
      server.get('https://api.example.com/people').replies('-r|', { r: text('here') });

      expectObservable(get$(wx)).toBe('---(r|)', { r: 'here' });
    }),
  );

  it(
    'draws in larger steps where a frame is longer',
    marbles(
      ({ wx, server, app, expectObservable }) => {
        server.get(users).replies('-');
        app('             -h---------s');
        const expected = '------#';

        expectObservable(get$(wx)).toBe(expected, {}, INTERRUPTED);
      },
      { frameMs: 1_000 },
    ),
  );

  it(
    '[LIM-2] goes by the rules of the real wire: ten at once',
    marbles(({ wx, server, expectCalls }) => {
      const route = server.get(users).alwaysReplies('--|');
      for (let index = 0; index < 11; index++) get$(wx).subscribe({ error: () => {} });
      expectCalls(route).toBe([...Array.from({ length: 10 }, () => '^'), '--^']);
    }),
  );

  it('is left as it was found', () => {
    marbles(({ app, cold, expectObservable }) => {
      app('-h 99s s');
      expectObservable(cold('a|').pipe(map((letter) => letter))).toBe('a|');
    })();
    expect('wx' in globalThis).toBe(false);
  });
});
