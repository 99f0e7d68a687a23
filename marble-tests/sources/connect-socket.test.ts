import { EMPTY, map, mergeMap, NEVER, switchMap, type Observable } from 'rxjs';
import { NetworkError, type NetworkErrorDetails } from '../../src/index.js';
import { connectSocket$, type ConnectSocketEvent, type SocketConnection } from '../../src/sockets.js';
import { marbles, scriptedWx, type ScriptedWxOptions, type SocketWireMark } from '../../src/testing/index.js';

const url = 'wss://chat.example.com/room?token=secret';

const abnormal = { code: 1006, reason: 'abnormal closure' };
const interrupted = { code: 1000, reason: 'interrupted' };
const transport = { errMsg: 'Underlying Transport Error' };
const marks: { readonly [letter: string]: SocketWireMark } = {
  o: { open: { header: {} } },
  a: { message: { data: 'a' } },
  b: { message: { data: 'b' } },
  x: { close: abnormal },
  i: { close: interrupted },
  z: { close: { code: 1000, reason: 'bye' } },
  k: { close: { code: 4001, reason: 'kicked' } },
  f: { error: transport },
};

const phone = (play: () => Observable<SocketWireMark>, options: ScriptedWxOptions = {}) =>
  scriptedWx(() => NEVER, { sockets: play, ...options });

/** `n` for the connection, `d` with code and reason for the close. */
const letter = (event: ConnectSocketEvent) => (event.type === 'connection' ? 'n' : `${event.code} ${event.reason}`);

function described(what: string, details: Partial<NetworkErrorDetails>): NetworkError {
  return new NetworkError(what, { code: 'connection', api: 'connectSocket', url, phase: 'attempt', ...details });
}

describe('connectSocket$', () => {
  it(
    'opens with the subscription, and closes when its consumer leaves',
    marbles(({ cold, expectObservable, flush }) => {
      const closed = phone(() => cold('--o--a--z', marks));
      const left = phone(() => cold('  --o--a------', marks));
      const leaves = '                           ^-------!';

      expectObservable(connectSocket$({ url }, { wx: closed }).pipe(map(letter))).toBe('--n-----(d|)', {
        n: 'n',
        d: '1000 bye',
      });
      expectObservable(connectSocket$({ url }, { wx: left }).pipe(map(letter)), leaves).toBe('--n------');
      flush();

      expect(closed.log).toEqual(['connect 0 @0']);
      expect(left.log).toEqual(['connect 0 @0', 'close 0 1000 @8']);
    }),
  );

  it(
    'does nothing before it is subscribed, and opens another each time',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = phone(() => cold('-o', marks));
      const socket$ = connectSocket$(
        { url, protocols: ['v1'], timeoutMs: 5_000, platform: { tcpNoDelay: true } },
        { wx },
      );
      expect(wx.log).toEqual([]);

      expectObservable(socket$.pipe(map(letter)), '^--!').toBe('-n');
      expectObservable(socket$.pipe(map(letter)), '--^--!').toBe('---n');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'connect 1 @2', 'close 0 1000 @3', 'close 1 1000 @5']);
      expect(wx.socketOptions.map((option) => ({ ...option, fail: undefined }))).toEqual([
        { url, protocols: ['v1'], timeout: 5_000, tcpNoDelay: true, fail: undefined },
        { url, protocols: ['v1'], timeout: 5_000, tcpNoDelay: true, fail: undefined },
      ]);
    }),
  );

  it(
    'brings messages from the turn of the connection to the close',
    marbles(({ cold, expectObservable }) => {
      const wx = phone(() => cold('--(oa)b-z', marks));
      const messages$ = connectSocket$({ url }, { wx }).pipe(
        mergeMap((event) => (event.type === 'connection' ? event.messages$ : EMPTY)),
      );

      expectObservable(messages$).toBe('--a---b-|');
    }),
  );

  it(
    'tells the end to whoever asks, however late',
    marbles(({ cold, hot, expectObservable }) => {
      const wx = phone(() => cold('-o--k', marks));
      let connection: SocketConnection | undefined;
      connectSocket$({ url }, { wx }).subscribe((event) => {
        if (event.type === 'connection') connection = event;
      });

      expectObservable(hot('--s---s|').pipe(mergeMap(() => connection?.closed$ ?? NEVER))).toBe('----w-w|', {
        w: { code: 4001, reason: 'kicked' },
      });
    }),
  );

  it.each([
    [
      'x',
      'closed before it was open',
      'the socket was closed before it was open with 1006 "abnormal closure"',
      'connection',
    ],
    ['i', 'cut by the background', 'the socket was closed before it was open with 1000 "interrupted"', 'interrupted'],
  ] as const)('errors when it is %s: %s', (how, _, what, code) => {
    marbles(({ cold, expectObservable }) => {
      const wx = phone(() => cold(`--${how}`, marks));
      const cause = how === 'i' ? interrupted : abnormal;
      const rule = code === 'interrupted' ? 'BG-1' : undefined;

      expectObservable(connectSocket$({ url }, { wx })).toBe('--#', undefined, described(what, { code, rule, cause }));
    })();
  });

  it(
    '[LIM-3] errors when the platform refuses the call, and closes nothing',
    marbles(({ cold, expectObservable, flush }) => {
      const cause = { errMsg: 'createSocketTask:fail wcwss taskID=9 exceed max concurrent count' };
      const wx = phone(() => cold('-#', undefined, cause));
      const error = described(`${cause.errMsg}; have fewer at a time`, {
        code: 'too-many-tasks',
        rule: 'LIM-3',
        errMsg: cause.errMsg,
        cause,
      });
      let gone = 0;

      expectObservable(connectSocket$({ url }, { wx, onGone: () => gone++ })).toBe('-#', undefined, error);
      flush();

      expect(wx.log).toEqual(['connect 0 @0']);
      expect(gone).toBe(1);
    }),
  );

  it(
    'takes the first of error and close, and is deaf afterwards',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = phone(() => cold('-o-(fax)', marks));
      const messages: unknown[] = [];
      let gone = 0;
      const events$ = connectSocket$({ url }, { wx, onGone: () => gone++ });

      expectObservable(events$.pipe(map(letter))).toBe(
        '-n-#',
        undefined,
        described(`${transport.errMsg}; try again, if that is safe, and check the server`, {
          code: 'connection',
          errMsg: transport.errMsg,
          cause: transport,
        }),
      );
      events$
        .pipe(switchMap((event) => (event.type === 'connection' ? event.messages$ : EMPTY)))
        .subscribe({ next: (message) => messages.push(message), error: () => undefined });
      flush();

      expect(messages).toEqual([]);
      // Told by the close event that came after the error.
      expect(gone).toBe(2);
    }),
  );

  it(
    'says so when wx hands over a promise in the place of a task',
    marbles(({ expectObservable }) => {
      const wx = { connectSocket: () => Promise.resolve() as never };
      const what =
        "wx.connectSocket returned no task; pass the platform's own wx, not a wrapper that turns calls into promises";

      expectObservable(connectSocket$({ url }, { wx })).toBe(
        '#',
        undefined,
        described(what, { code: 'invalid-argument', phase: 'check' }),
      );
    }),
  );

  it(
    'errors when the call throws',
    marbles(({ expectObservable }) => {
      const cause = new Error('no');
      const wx = {
        connectSocket: () => {
          throw cause;
        },
      };

      expectObservable(connectSocket$({ url }, { wx })).toBe(
        '#',
        undefined,
        described('wx.connectSocket threw', { code: 'unknown', cause }),
      );
    }),
  );
});
