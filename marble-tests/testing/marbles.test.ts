import { asapScheduler, asyncScheduler, map, Observable, of, repeat, throwError, timer } from 'rxjs';
import { chunk, headers, json, marbles, text } from '../../src/testing/index.js';
import type { SimulatedWx } from '../../src/simulator/index.js';

const users = 'https://api.example.com/users';

/** A bare client: one call of `wx.request`, aborted on unsubscribe. */
const get$ = (wx: SimulatedWx, url = users, header: Record<string, string> = {}) =>
  new Observable<unknown>((subscriber) => {
    const task = wx.request({
      url,
      header,
      success: ({ data }) => {
        subscriber.next(data);
        subscriber.complete();
      },
      fail: (reason) => subscriber.error(reason),
    });
    return () => task.abort();
  });

/** A failure as `fail` gets it, whole. */
const failure = (errMsg: string, errno: number) => ({
  errMsg,
  errno,
  exception: { retryCount: 0, reasons: [] },
  useHttpDNS: false,
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

  describe('fails the test', () => {
    it('for an address that nobody promised an answer to, and prints what was known and what came', () => {
      const test = marbles(({ wx, server, expectObservable }) => {
        server.get(users).replies('--r|');
        expectObservable(get$(wx)).toBe('---(r|)', { r: 'r' });
        expectObservable(get$(wx, 'https://api.example.com/user'), '-^').toBe('---(r|)', { r: 'r' });
      });

      expect(test).toThrow(
        [
          'server: 1 call came that no answer was promised to',
          '  promised:',
          "    GET https://api.example.com/users  '--r|'  claimed @0",
          '  arrived:',
          '    @0  GET https://api.example.com/users',
          '    @1  GET https://api.example.com/user  ✗ unknown',
        ].join('\n'),
      );
    });

    it('for a second call where one answer was promised', () => {
      const test = marbles(({ wx, server, flush }) => {
        server.get(users).replies('r|');
        get$(wx).subscribe();
        get$(wx).subscribe({ error: () => {} });
        flush();
      });

      expect(test).toThrow('server: 1 call came that no answer was promised to');
    });

    it('for a promise that nobody claimed, and says which rule kept the call away', () => {
      const test = marbles(
        ({ wx, server, flush }) => {
          server.post(users).replies('r|').alwaysReplies('-r|');
          get$(wx, 'https://api.example.com:443/users').subscribe({ error: () => {} });
          flush();
        },
        { simulator: { domains: { request: ['https://api.example.com'] } } },
      );

      expect(test).toThrow(
        /^server: 2 promised answers were never asked for\n {2}promised:\n {4}POST https:\/\/api.example.com\/users {2}'r\|' {2}✗ never asked for\n[^]*arrived:\n {4}nothing\n {2}refused by a rule, so that they never arrived:\n {4}@0 {2}GET https:\/\/api.example.com:443\/users {2}\[DOM-5\]/,
      );
    });

    it('for a difference, when the server has nothing to say', () => {
      const test = marbles(({ expectObservable, cold }) => {
        expectObservable(cold('a')).toBe('b');
      });
      expect(test).toThrow(/strictly deep-equal/);
    });

    it('for what went wrong first: a promise unused because of it says nothing', () => {
      const test = marbles(({ server }) => {
        server.get(users).replies('-r|');
        throw new Error('first');
      });
      expect(test).toThrow('first');
    });

    it('for an error of another code', () => {
      const withCode = (code: string) => Object.assign(new Error('no'), { code });
      const test = marbles(({ expectObservable }) => {
        expectObservable(throwError(() => withCode('dns'))).toBe('#', {}, withCode('tls'));
      });
      expect(test).toThrow(/strictly deep-equal/);
    });

    it('by the comparison that it is given', () => {
      const compared: unknown[] = [];
      marbles(({ expectObservable, cold }) => expectObservable(cold('a')).toBe('b'), {
        assertDeepEqual: (actual) => compared.push(actual),
      })();
      expect(compared).toHaveLength(1);
    });
  });

  it('does not let a red test redden the next: what asap still holds is run', () => {
    let ran = false;
    const red = marbles(() => {
      asapScheduler.schedule(() => {
        ran = true;
      });
      throw new Error('red');
    });

    expect(red).toThrow('red');
    expect(ran).toBe(true);
    expect(asapScheduler.actions).toEqual([]);
  });

  describe('fails where time would stand still', () => {
    it.each([
      ['a poll without a pause', () => timer(0).pipe(repeat())],
      [
        'what schedules itself again',
        () =>
          new Observable(() =>
            asyncScheduler.schedule(function () {
              this.schedule();
            }),
          ),
      ],
    ])('%s', (_what, endless) => {
      const test = marbles(({ expectObservable }) => {
        expectObservable(endless()).toBe('');
      });

      expect(test).toThrow('marbles: 200000 turns at 0 ms and no end: something calls or schedules itself again');
      // And nothing of it is left for the next.
      marbles(({ expectObservable }) => expectObservable(of('a')).toBe('(a|)'))();
    });
  });

  describe('refuses', () => {
    const run = (body: Parameters<typeof marbles>[0]) => () => marbles(body)();

    it.each<[string, Parameters<typeof marbles>[0], string]>([
      [
        'a relative address',
        ({ server }) => server.get('/users'),
        "server: expected an absolute address such as 'https://api.example.com/users'; got '/users'",
      ],
      [
        'an unknown failure',
        ({ server }) => server.get(users).replies('#', {}, 'boom' as 'dns'),
        "replies: there is no failure 'boom'; there are dns, refused",
      ],
      [
        'a value without a letter',
        ({ server }) => server.get(users).replies('-r|', { x: 'x' }),
        "replies: '-r|' has no x",
      ],
      [
        'a value that is no answer',
        ({ server }) => server.get(users).replies('-r|', { r: 200 as never }),
        'replies: r must be json(…), text(…)',
      ],
      [
        'an unsubscription in an answer',
        ({ server }) => server.get(users).replies('-r!'),
        "replies: ^ and ! say nothing of an answer; got '-r!'",
      ],
      [
        'a letter that no lane of the app has',
        ({ app }) => app('-x'),
        "app: a lane has h (hide) and s (show); got '-x'",
      ],
      [
        'a letter that no lane of the network has',
        ({ network }) => network('-n'),
        "network: a lane has o (offline), w (weak) and b (back); got '-n'",
      ],
      ['what JSON cannot say', () => json(undefined), 'json: expected something that JSON can say; got undefined'],
    ])('%s', (_what, body, message) => {
      expect(run(body)).toThrow(message);
    });

    it('options that make no sense', () => {
      expect(marbles(() => {}, { frameMs: 0 })).toThrow('frameMs: expected a positive number of milliseconds; got 0');
      expect(marbles(() => {}, { assertDeepEqual: 'no' as never })).toThrow('assertDeepEqual: expected a function');
    });
  });

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
