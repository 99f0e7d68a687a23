import { map, NEVER, of } from 'rxjs';
import { NetworkError, type NetworkOptions } from '../../../src/index.js';
import { createSocket } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, socketApp, url } from './socket-app.js';

describe('socket$', () => {
  it(
    '[DOM-1] compares the address with the socket domains, before anything is called',
    marbles((helpers) => {
      const { expectObservable, flush } = helpers;
      const domains = { request: ['https://chat.example.com'], socket: ['wss://other.example.com'] };
      const { socket$, wx } = socketApp(helpers, '', () => NEVER, { domains });
      const error = new NetworkError(
        'wss://chat.example.com is not in the socket domains; the nearest is wss://other.example.com; add wss://chat.example.com to the socket domains (小程序后台 → 开发 → 开发设置 → 服务器域名)',
        {
          code: 'domain-not-allowed',
          rule: 'DOM-1',
          phase: 'check',
          api: 'connectSocket',
          url,
          refusal: {
            rule: 'DOM-1',
            problem: 'not-listed',
            api: 'socket',
            seen: 'wss://chat.example.com',
            nearest: 'wss://other.example.com',
            add: { api: 'socket', entry: 'wss://chat.example.com' },
          },
        },
      );

      expectObservable(socket$(raw).messages$).toBe('#', undefined, error);
      flush();

      expect(wx.log).toEqual([]);
    }),
  );

  it(
    '[DOM-1] connects all the same, with a warning, where the network only warns',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx, warnings } = socketApp(helpers, '', () => cold('-oa', marks), {
        domains: { socket: [] },
        onRefusal: 'warn',
      });

      expectObservable(socket$<string>(raw).messages$, '^--!').toBe('--a');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @3']);
      expect(warnings).toHaveLength(1);
    }),
  );

  it(
    'refuses a header field that a server would read as another, and does not try again',
    marbles((helpers) => {
      const { expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => NEVER);
      const what = "the header field 'X-Token' has a character that HTTP cannot carry; write encodeURIComponent(…)";
      const error = new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'connectSocket', url });

      expectObservable(socket$({ ...raw, header: { 'X-Token': 'a\r\nX-Admin: 1' } }).messages$).toBe(
        '#',
        undefined,
        error,
      );
      flush();
      expect(wx.log).toEqual([]);
    }),
  );

  it.each<[string, string, Pick<NetworkOptions, 'wssPorts'>, string]>([
    ['[DOM-5] refuses a port', 'wss://chat.example.com:8443/', {}, 'listed without a port'],
    ['[DOM-4] refuses another port', 'wss://live.example.com:9443/', {}, 'allows exactly that port; got'],
    ["[DOM-5] takes a port with wssPorts: 'any'", 'wss://chat.example.com:8443/', { wssPorts: 'any' }, ''],
    ["[DOM-4] takes another port with wssPorts: 'any'", 'wss://live.example.com/', { wssPorts: 'any' }, ''],
    ['[DOM-4] refuses what is no port all the same', 'wss://chat.example.com:0443/', { wssPorts: 'any' }, 'its port'],
    ['[DOM-8] refuses a subdomain all the same', 'wss://a.chat.example.com/', { wssPorts: 'any' }, 'does not cover'],
    ['[DOM-2] refuses ws all the same', 'ws://chat.example.com:80/', { wssPorts: 'any' }, 'wss:// only'],
  ])('%s', (_title, address, options, message) => {
    marbles((helpers) => {
      const domains = { socket: ['wss://chat.example.com', 'wss://live.example.com:8443'] };
      const { socket$, wx } = socketApp(helpers, '', () => NEVER, { domains, ...options });
      const messages: string[] = [];
      socket$({ ...raw, url: address })
        .messages$.subscribe({ error: (error: NetworkError) => messages.push(error.message) })
        .unsubscribe();

      expect(wx.socketOptions).toHaveLength(message === '' ? 1 : 0);
      expect(messages.join('')).toContain(message);
      const namesBoth = /网络调优 .* 网络 .*createNetwork\(\{ wssPorts: 'any' \}\)/;
      expect(namesBoth.test(messages.join(''))).toBe(/listed without a port|exactly that port/.test(message));
    })();
  });

  it(
    '[TIME-1][TIME-2] gives the platform the timeout, and the headers without a Referer',
    marbles((helpers) => {
      const { expectObservable, flush } = helpers;
      const { socket$, wx, warnings } = socketApp(helpers, '', () => NEVER, {
        networkTimeout: { connectSocket: 9_000 },
        header: { 'X-App': '1' },
      });
      const beforeConnect = (options: { readonly url: string }) => ({ ...options, url: `${options.url}?token=1` });

      expectObservable(socket$({ ...raw, header: { Referer: 'x' }, beforeConnect }).messages$, '^!').toBe('-');
      expectObservable(socket$({ ...raw, attemptMs: 70_000 }).messages$, '^!').toBe('-');
      flush();

      expect(wx.socketOptions.map((option) => ({ ...option, fail: undefined }))).toEqual([
        { url: `${url}?token=1`, header: { 'X-App': '1' }, timeout: 9_000, fail: undefined },
        { url, header: { 'X-App': '1' }, timeout: 60_000, fail: undefined },
      ]);
      expect(warnings.map((warning) => warning.slice(16, 24))).toEqual(['[LIM-1] ', '[TIME-1]']);
    }),
  );

  it(
    '[TIME-1] ends an attempt of which the platform never tells',
    marbles((helpers) => {
      const { expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => NEVER);
      const error = new NetworkError('it took longer than attemptMs allows, 500 ms, to connect and to finish onOpen', {
        code: 'timeout',
        rule: 'TIME-1',
        phase: 'attempt',
        api: 'connectSocket',
        url,
      });

      expectObservable(socket$({ ...raw, attemptMs: 500, reconnect: false }).messages$).toBe(
        '1500ms #',
        undefined,
        error,
      );
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @1500']);
    }),
  );

  it.each([
    [{ url, timeout: 5 }, "Unknown option 'timeout'; write attemptMs, in milliseconds"],
    [{ url, whenDown: 'drop' }, "whenDown must be one of buffer, refuse; got 'drop'"],
    [
      { url, maxBuffered: 0 },
      "maxBuffered must be a whole number from 1; got 0; to keep none write whenDown: 'refuse'",
    ],
    [{ url, reconnect: true }, 'reconnect must be an object, or false'],
    [{ url, reconnect: { maxMs: 0 } }, 'reconnect: maxMs must be a positive number of milliseconds below 2^31; got 0'],
    [{ url, reconnect: { maxAttempts: NaN } }, 'reconnect: maxAttempts must be a number from 0; got NaN'],
    [{ url, reconnect: { stableMs: -1 } }, 'reconnect: stableMs must be a number from 0; got -1'],
    [
      { url, heartbeat: { intervalMs: 1, deadlineMs: 2, request: () => '' } },
      'heartbeat: deadlineMs must not be longer than intervalMs, 1; got 2',
    ],
    [
      { url, heartbeat: { intervalMs: 1 } },
      'heartbeat: expected intervalMs and deadlineMs, in milliseconds, and a function request or plainRequest; or deadlineMs alone, to send nothing',
    ],
    [
      { url, serializer: 'xml' },
      "serializer must be 'json', 'none' or an object with the functions serialize and deserialize",
    ],
    [{}, 'expected a URL, or an object with one; got object'],
    [undefined, 'expected a URL, or an object with one; got undefined'],
  ])('errors for options that make no sense, as http$ does: %j', (options, what) => {
    marbles(({ expectObservable }) => {
      const socket = createSocket(socketNetworkWithout())(options as never);
      const error = new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'connectSocket' });

      expectObservable(socket.messages$).toBe('#', undefined, error);
      expectObservable(socket.multiplex({ match: () => true })).toBe('#', undefined, error);
      // Thrown, and not told by the stream that it would return.
      expectObservable(of('hi').pipe(map((message) => socket.send(message)))).toBe('#', undefined, error);
    })();
  });

  it(
    'says so where wx has no connectSocket',
    marbles(({ expectObservable }) => {
      const network = socketNetworkWithout();
      expectObservable(createSocket(network)(raw).messages$).toBe(
        '#',
        undefined,
        new NetworkError('this wx has no connectSocket', {
          code: 'invalid-argument',
          phase: 'check',
          api: 'connectSocket',
          url,
        }),
      );
    }),
  );
});

function socketNetworkWithout() {
  const network = socketApp({ app: () => NEVER } as never, '', () => NEVER).network;
  return { ...network, wx: {} as never };
}
