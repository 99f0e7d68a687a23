import { asyncScheduler, defer, map, mergeMap, NEVER, of, take, tap, throwError, timer, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  requireOk,
  type Http,
  type HttpHandler,
  type HttpResponse,
  type Network,
  type WxRequestOption,
} from '../../src/index.js';
import { loginOnce, type LoginOnceOptions } from '../../src/resilience.js';
import { createSocket } from '../../src/sockets.js';
import { createStream } from '../../src/streams.js';
import {
  json,
  marbles,
  opens,
  scriptedWx,
  type MarbleHelpers,
  type ReceivedRequest,
  type WireMark,
} from '../../src/testing/index.js';

const BASE = 'https://api.example.com';

interface LoginApp {
  readonly network: Network;
  readonly http$: Http;
  /** `GET /a old @0`, in the order of sending. */
  readonly sent: string[];
  /** The server knows it from now on. */
  good: string;
}

/** An app with the token `old`, of which the server knows nothing; the login gives it whatever the server calls good. */
function loginApp(
  { cold }: MarbleHelpers,
  {
    login = '--l|',
    status = 200,
    token = 'old',
    late = {},
    ...options
  }: LoginOnceOptions & {
    readonly login?: string;
    readonly status?: number;
    readonly token?: string;
    readonly late?: Readonly<Record<string, number>>;
  } = {},
): LoginApp {
  let present = token;
  const answers = ({ url, method = 'GET', header = {} }: WxRequestOption): Observable<WireMark> => {
    const path = url.replace(BASE, '');
    const carried = header['token'] ?? '';
    app.sent.push(`${method} ${path} ${carried}`.trim());
    if (path === '/login') return cold(login, { l: { statusCode: status, data: '"new"' } });
    const statusCode = carried === app.good ? 200 : 401;
    return timer(late[path] ?? 1).pipe(map(() => ({ statusCode, data: '{}' })));
  };
  const network = createNetwork({
    wx: scriptedWx(answers),
    baseUrl: BASE,
    beforeSend: (request) => ({ ...request, header: { ...request.header, token: present } }),
    interceptors: [
      loginOnce(
        (send) =>
          send({ url: '/login', method: 'POST', priority: 'high' }).pipe(
            requireOk(),
            tap(({ body }) => (present = String(body))),
          ),
        options,
      ),
    ],
  });
  const app: LoginApp = { network, http$: createHttp(network), sent: [], good: 'new' };
  return app;
}

const statusOf = map(({ status }: HttpResponse<unknown>) => status);

/** What came of a stream: values and `|`, or what it failed with. */
function outcomes() {
  const told: string[] = [];
  const watch = (name: string, source$: Observable<unknown>) =>
    source$.subscribe({
      next: (value) => told.push(`${name} ${String(value)}`),
      error: (error: { readonly message: string }) => told.push(`${name} #${error.message}`),
    });
  return { told, watch };
}

describe('loginOnce', () => {
  it(
    'logs in once for all who are refused, and sends each again once',
    marbles((helpers) => {
      const { http$, sent } = loginApp(helpers, { late: { '/b': 2 } });

      // Refused at 1, logged in at 3, answered at 4.
      helpers.expectObservable(http$('/a').pipe(statusOf)).toBe('----(a|)', { a: 200 });
      helpers.expectObservable(http$.post('/b').pipe(statusOf)).toBe('-----(b|)', { b: 200 });
      helpers.flush();
      expect(sent).toEqual(['GET /a old', 'POST /b old', 'POST /login old', 'GET /a new', 'POST /b new']);
    }),
  );

  it(
    'only sends again what was on its way when the login was over',
    marbles((helpers) => {
      const { http$, sent } = loginApp(helpers, { late: { '/late': 20 } });
      helpers.expectObservable(http$('/a').pipe(statusOf)).toBe('----(a|)', { a: 200 });
      helpers.expectObservable(http$('/late').pipe(statusOf)).toBe('40ms (a|)', { a: 200 });
      helpers.flush();
      expect(sent.filter((line) => line.startsWith('POST /login'))).toHaveLength(1);
    }),
  );

  it(
    'fails all who wait, and all who were on their way, where the login fails; and tries anew for the next',
    marbles((helpers) => {
      const { http$, sent } = loginApp(helpers, { status: 401, late: { '/late': 20 } });
      const { told, watch } = outcomes();
      for (const path of ['/a', '/b', '/late']) watch(path, http$(path).pipe(statusOf));
      helpers.flush();
      const refused = `#status [CB-1]: the server answered with status 401 (POST ${BASE}/login)`;
      expect(told).toEqual([`/a ${refused}`, `/b ${refused}`, `/late ${refused}`]);
      expect(sent.filter((line) => line.startsWith('POST /login'))).toHaveLength(1);

      watch('next', http$('/next').pipe(statusOf));
      helpers.flush();
      expect(sent.filter((line) => line.startsWith('POST /login'))).toHaveLength(2);
      expect(told[3]).toBe(`next ${refused}`);
    }),
  );

  it(
    'answers with the second refusal',
    marbles((helpers) => {
      const app = loginApp(helpers);
      app.good = 'another';
      helpers.expectObservable(app.http$('/a').pipe(statusOf)).toBe('----(a|)', { a: 401 });
      helpers.flush();
      expect(app.sent).toEqual(['GET /a old', 'POST /login old', 'GET /a new']);
    }),
  );

  it(
    'logs in before the first call, once for all, where there is no token yet',
    marbles((helpers) => {
      let asked = 0;
      const { http$, sent } = loginApp(helpers, { token: '', isLoggedIn: () => asked++ > 1 });
      helpers.expectObservable(http$('/a').pipe(statusOf)).toBe('---(a|)', { a: 200 });
      helpers.expectObservable(http$('/b').pipe(statusOf)).toBe('---(a|)', { a: 200 });
      helpers.flush();
      expect(sent).toEqual(['POST /login', 'GET /a new', 'GET /b new']);
    }),
  );

  it(
    'leaves calls alone that it is not for',
    marbles((helpers) => {
      const { http$, sent } = loginApp(helpers, {
        when: ({ url }) => !url.endsWith('/public'),
        isLoggedIn: () => false,
      });
      helpers.expectObservable(http$('/public').pipe(statusOf)).toBe('-(a|)', { a: 401 });
      helpers.flush();
      expect(sent).toEqual(['GET /public old']);
    }),
  );

  it(
    'aborts the login when the last one who waits leaves, and begins anew for the next',
    marbles((helpers) => {
      const { http$, sent } = loginApp(helpers, { login: '---------l|' });
      helpers.expectObservable(http$('/a').pipe(statusOf), '^--!').toBe('-');
      helpers.expectObservable(http$('/b').pipe(statusOf), '^---!').toBe('-');
      helpers
        .expectObservable(timer(20).pipe(mergeMap(() => http$('/c').pipe(statusOf))))
        .toBe('31ms (a|)', { a: 200 });
      helpers.flush();
      expect(sent).toEqual([
        'GET /a old',
        'GET /b old',
        'POST /login old',
        'GET /c old',
        'POST /login old',
        'GET /c new',
      ]);
    }),
  );

  it(
    'goes on for the others when one who waits leaves',
    marbles((helpers) => {
      const { http$ } = loginApp(helpers);
      helpers.expectObservable(http$('/a').pipe(statusOf), '^-!').toBe('-');
      helpers.expectObservable(http$('/b').pipe(statusOf)).toBe('----(a|)', { a: 200 });
    }),
  );

  it.each<[string, (send: HttpHandler) => Observable<unknown>]>([
    [
      'throws',
      () => {
        throw new Error('no login');
      },
    ],
    ['errors at once', () => throwError(() => new Error('no login'))],
  ])('fails the call where the login %s', (_, login) => {
    marbles((helpers) => {
      const network = createNetwork({
        wx: scriptedWx(() => helpers.cold('-r|', { r: { statusCode: 401 } })),
        interceptors: [loginOnce(login)],
      });
      helpers.expectObservable(createHttp(network)(BASE)).toBe('-#', undefined, new Error('no login'));
    })();
  });

  it(
    'takes a login that is over at once',
    marbles((helpers) => {
      let loggedIn = false;
      const network = createNetwork({
        wx: scriptedWx(() => defer(() => helpers.cold('-r|', { r: { statusCode: loggedIn ? 200 : 401 } }))),
        interceptors: [loginOnce(() => of((loggedIn = true)))],
      });
      helpers.expectObservable(createHttp(network)(BASE).pipe(statusOf)).toBe('--(r|)', { r: 200 });
    }),
  );

  it(
    'has no place in the queue while it waits for the login',
    marbles((helpers) => {
      const { network, http$ } = loginApp(helpers, { login: '--------l|' });
      const running: number[] = [];
      http$('/a').subscribe();
      timer(5).subscribe(() => running.push(network.requestQueue.snapshot().running));
      helpers.flush();
      // The login.
      expect(running).toEqual([1]);
    }),
  );

  it(
    'stands a storm of refusals, with uploads, downloads and streams among them: one login, each sent once more',
    marbles((helpers) => {
      const { network, http$, sent } = loginApp(helpers);
      const [upload$, download$, stream$] = [createUpload(network), createDownload(network), createStream(network)];
      const { told, watch } = outcomes();
      const answersOf = <Event extends { readonly type: string }>(source$: Observable<Event>) =>
        source$.pipe(
          mergeMap((event) => ('status' in event ? of((event as unknown as { status: number }).status) : [])),
        );

      for (let call = 0; call < 20; call++) {
        watch('http', http$(`/${call}`).pipe(statusOf));
        watch('upload', answersOf(upload$({ url: `/u${call}`, filePath: 'wxfile://photo', name: 'photo' })));
        watch('download', answersOf(download$(`/d${call}`)));
        watch('stream', answersOf(stream$(`/s${call}`)));
      }
      helpers.flush();
      expect(sent.filter((line) => line.startsWith('POST /login'))).toHaveLength(1);
      expect(told).toHaveLength(80);
      expect(new Set(told)).toEqual(new Set(['http 200', 'upload 200', 'download 200', 'stream 200']));
      for (const path of new Set(sent.map((line) => line.split(' ')[1]))) {
        expect(sent.filter((line) => line.split(' ')[1] === path).length).toBeLessThanOrEqual(
          path === '/login' ? 1 : 2,
        );
      }
      expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it(
    'lets sockets be in a storm of refusals: what they say and hear goes on, and they connect once',
    marbles((helpers) => {
      const { server, wx, flush } = helpers;
      let token = 'old';
      const refusing = ({ header }: ReceivedRequest) =>
        header['token'] === 'new' ? json('in') : json('out', { status: 401 });
      server.get(`${BASE}/a`).alwaysReplies('--a|', { a: refusing });
      server.upload(`${BASE}/u`).alwaysReplies('---a|', { a: refusing });
      const logins = server.post(`${BASE}/login`).replies('20ms a|', { a: json('new') });
      const live = server.socket('wss://api.example.com/live').plays('-o-a-b-c 20ms d', {
        o: opens(),
        a: 'a',
        b: 'b',
        c: 'c',
        d: 'd',
      });
      const network = createNetwork({
        wx,
        baseUrl: BASE,
        beforeSend: (request) => ({ ...request, header: { ...request.header, token } }),
        interceptors: [
          loginOnce((send) =>
            send({ url: '/login', method: 'POST' }).pipe(
              requireOk(),
              tap(({ body }) => (token = String(body))),
            ),
          ),
        ],
      });
      const [http$, upload$, socket$] = [createHttp(network), createUpload(network), createSocket(network)];
      wx.getFileSystemManager().writeFileSync(`${wx.env.USER_DATA_PATH}/photo`, 'x');
      const { told, watch } = outcomes();
      const socket = socket$<string>({ url: 'wss://api.example.com/live', serializer: 'none' });
      watch('heard', socket.messages$.pipe(take(4)));
      for (let call = 0; call < 20; call++) {
        watch('http', http$('/a').pipe(statusOf));
        const upload = { url: '/u', filePath: `${wx.env.USER_DATA_PATH}/photo`, name: 'photo' };
        watch('upload', upload$(upload).pipe(mergeMap((event) => ('status' in event ? of(event.status) : []))));
      }
      flush();
      expect(logins.requests).toHaveLength(1);
      expect(live.requests).toHaveLength(1);
      const heard = told.filter((line) => line.startsWith('heard'));
      expect(heard).toEqual(['heard a', 'heard b', 'heard c', 'heard d']);
      expect(told.filter((line) => /^(http|upload) 200$/.test(line))).toHaveLength(40);
    }),
  );

  it(
    'fails all who wait where the login has no end, and tries anew for the next',
    marbles((helpers) => {
      const { http$, sent, network } = loginApp(helpers, { login: '-' });
      const { told, watch } = outcomes();
      for (const path of ['/a', '/b']) watch(path, http$(path).pipe(statusOf));
      helpers.flush();
      const late = '#timeout [TIME-1]: it took longer than totalMs allows, 60000 ms (loginOnce)';
      expect(told).toEqual([`/a ${late}`, `/b ${late}`]);
      expect(network.requestQueue.snapshot().running).toBe(0);
      watch('/c', http$('/c').pipe(statusOf));
      helpers.flush();
      expect(sent.filter((line) => line.startsWith('POST /login'))).toHaveLength(2);
    }),
  );

  it(
    'counts the time of a login in front only, where http$ began it',
    marbles((helpers) => {
      helpers.app('--h 5m s');
      helpers.server.get(`${BASE}/a`).alwaysReplies('r|', { r: json({}, { status: 401 }) });
      const interceptors = [loginOnce(() => NEVER, { totalMs: 10_000 })];
      const http$ = createHttp(createNetwork({ wx: helpers.wx, baseUrl: BASE, interceptors }));
      const ended: number[] = [];
      http$('/a').subscribe({ error: () => ended.push(asyncScheduler.now()) });
      helpers.flush();
      expect(ended).toEqual([5 * 60_000 + 10_002]);
    }),
  );

  it(
    'lets calls be sent again without a second login where somebody has logged out meanwhile',
    marbles((helpers) => {
      const app = loginApp(helpers, { late: { '/late': 20 } });
      const { told, watch } = outcomes();
      watch('/a', app.http$('/a').pipe(statusOf));
      watch('/late', app.http$('/late').pipe(statusOf));
      timer(10).subscribe(() => (app.good = 'nobody'));
      helpers.flush();
      expect(told).toEqual(['/a 200', '/late 401']);
      expect(app.sent.filter((line) => line.startsWith('POST /login'))).toHaveLength(1);
    }),
  );

  it('refuses what makes no sense', () => {
    expect(() => loginOnce({} as never)).toThrow('loginOnce: expected a function (send) => Observable; got object');
    expect(() => loginOnce(() => of(1), { status: 401 } as never)).toThrow("loginOnce: Unknown option 'status'");
  });
});
