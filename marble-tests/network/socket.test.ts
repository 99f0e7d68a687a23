import { concat, EMPTY, NEVER } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { createSocket, type SocketStatus } from '../../src/sockets.js';
import { marbles } from '../../src/testing/index.js';
import { thrownBy } from '../../tests/support/thrown-by.js';
import { marks, socketApp, states$, url } from './socket-app.js';

const raw = { url, serializer: 'none', reconnect: { initialMs: 8, random: () => 0.5 } } as const;

describe('socket$', () => {
  it(
    'connects again after a loss, and hands on what comes in',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const servers = [cold('--o--a--b--x', marks), cold('--o--c----', marks)];
      const leaves = '       ^------------------------!';
      const messages = '     -----a--b-----------c-----';
      const states = '       g-o--------d---g-o-------c';
      const { socket$ } = socketApp(helpers, '', (index) => servers[index] ?? NEVER);
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$, leaves).toBe(messages);
      expectObservable(states$(socket)).toBe(states);
    }),
  );

  it(
    'opens with the first who listens, and closes with the last, however many there are',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o--a--b--', marks));
      const { messages$ } = socket$<string>(raw);

      expectObservable(messages$, '  ^-----!').toBe('    ----a--');
      expectObservable(messages$, '  ---^-----!').toBe(' ----a--b-');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @9']);
    }),
  );

  it(
    'opens anew for one who comes after the last has left',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o-a', marks));
      const { messages$ } = socket$<string>(raw);

      expectObservable(messages$, '^---!').toBe('---a-');
      expectObservable(messages$, '------^---!').toBe('---------a-');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @4', 'connect 1 @6', 'close 1 1000 @10']);
    }),
  );

  it(
    'completes for all when the server closes with 1000',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o-a-z', marks));
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$).toBe('---a-|');
      expectObservable(socket.messages$, '-^').toBe('---a-|');
    }),
  );

  it(
    'begins anew for one who repeats in the turn of the end',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) => (index < 2 ? cold('-oa-z', marks) : NEVER));
      const socket = socket$<string>(raw);

      expectObservable(concat(socket.messages$, socket.messages$, EMPTY)).toBe('--a---a-|');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'connect 1 @4']);
    }),
  );

  it(
    'errors when the server says that it does not want this client',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o--k', marks));
      const socket = socket$<string>(raw);
      const statuses: SocketStatus[] = [];
      socket.status$.subscribe((status) => statuses.push(status));
      const error = new NetworkError('the socket was closed with 4001 "kicked"', {
        code: 'connection',
        phase: 'attempt',
        api: 'connectSocket',
        url,
        cause: { code: 4001, reason: 'kicked' },
      });

      expectObservable(socket.messages$).toBe('----#', undefined, error);
      flush();

      expect(wx.log).toEqual(['connect 0 @0']);
      expect(statuses).toEqual([
        { state: 'closed', generation: 0 },
        { state: 'connecting', generation: 0 },
        { state: 'open', generation: 1 },
        { state: 'closed', generation: 1, error },
      ]);
    }),
  );

  it(
    'closes for all with a code of the caller, which is no loss',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), { platform: { closesAfterMs: 0 } });
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$).toBe('---|');
      hot('---x').subscribe(() => socket.close(4000, 'logout'));
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 4000 logout @3']);
    }),
  );

  it(
    '[DOM-1] compares the address with the socket domains, before anything is called',
    marbles((helpers) => {
      const { expectObservable, flush } = helpers;
      const domains = { request: ['https://chat.example.com'], socket: ['wss://other.example.com'] };
      const { socket$, wx } = socketApp(helpers, '', () => NEVER, { domains });
      const error = new NetworkError(
        'wss://chat.example.com is not in the socket domains; the nearest is wss://other.example.com; add wss://chat.example.com to the socket domains (小程序后台 → 开发 → 开发设置 → 服务器域名)',
        { code: 'domain-not-allowed', rule: 'DOM-1', phase: 'check', api: 'connectSocket', url },
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
      const what = "the header field 'X-Token' has a line break in its value";
      const error = new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'connectSocket' });

      expectObservable(socket$({ ...raw, header: { 'X-Token': 'a\r\nX-Admin: 1' } }).messages$).toBe(
        '#',
        undefined,
        error,
      );
      flush();
      expect(wx.log).toEqual([]);
    }),
  );

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
    [{ url, timeout: 5 }, "there is no option 'timeout'; write attemptMs, in milliseconds"],
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
      'heartbeat: expected intervalMs and deadlineMs, in milliseconds, and a function request',
    ],
    [
      { url, serializer: 'xml' },
      "serializer must be 'json', 'none' or an object with the functions serialize and deserialize",
    ],
    [{}, 'expected a URL, or an object with one; got object'],
    [undefined, 'expected a URL, or an object with one; got undefined'],
  ])('errors for options that make no sense, as http$ does: %j', (options, what) => {
    marbles(({ expectObservable }) => {
      const socket = createSocket({} as never)(options as never);
      const error = new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'connectSocket' });

      expectObservable(socket.messages$).toBe('#', undefined, error);
      expectObservable(socket.multiplex({ match: () => true })).toBe('#', undefined, error);
      expect(thrownBy(() => socket.send('hi'))).toEqual(error);
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

  it(
    'reads and writes JSON, and leaves bytes alone',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const bytes = new ArrayBuffer(2);
      const { socket$, wx } = socketApp(helpers, '', () =>
        cold('-oab', { ...marks, a: { message: { data: '{"id":1}' } }, b: { message: { data: bytes } } }),
      );
      const socket = socket$(url);

      expectObservable(socket.messages$, '^----!').toBe('--ab-', { a: { id: 1 }, b: bytes });
      hot('---x').subscribe(() => {
        void socket.send({ id: 2 });
        void socket.send(bytes);
      });
      flush();

      expect(wx.log.slice(1, 3)).toEqual(['send 0 {"id":2} @3', 'send 0 2 bytes @3']);
    }),
  );

  it(
    'ends with decode at a message that is not what it should be',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-oa', marks));
      let cause: unknown;
      try {
        JSON.parse('a');
      } catch (error) {
        cause = error;
      }

      expectObservable(socket$(url).messages$).toBe(
        '--#',
        undefined,
        new NetworkError('a message came that cannot be deserialized; give a serializer that can', {
          code: 'decode',
          phase: 'body',
          api: 'connectSocket',
          url,
          cause,
        }),
      );
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @2']);
    }),
  );
});

function socketNetworkWithout() {
  const network = socketApp({ app: () => NEVER } as never, '', () => NEVER).network;
  return { ...network, wx: {} as never };
}
