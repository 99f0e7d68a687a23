import { map, NEVER, take, type Observable } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { connectSocket$, type ConnectSocketEvent, type SocketConnection } from '../../src/sockets.js';
import { marbles, scriptedWx, type ScriptedWxOptions, type SocketWireMark } from '../../src/testing/index.js';

const url = 'wss://chat.example.com/room?token=secret';

const marks: { readonly [letter: string]: SocketWireMark } = { o: { open: { header: {} } } };

const phone = (play: () => Observable<SocketWireMark>, options: ScriptedWxOptions = {}) =>
  scriptedWx(() => NEVER, { sockets: play, ...options });

/** `n` for the connection, `d` with code and reason for the close. */
const letter = (event: ConnectSocketEvent) => (event.type === 'connection' ? 'n' : `${event.code} ${event.reason}`);

describe('connectSocket$', () => {
  it(
    'tells when the platform has let go, which may be after the consumer has left',
    marbles(({ cold, hot, expectObservable, flush }) => {
      const told: string[] = [];
      const wx = phone(() => cold('-o', marks), { closesAfterMs: 3 });
      const events$ = connectSocket$({ url }, { wx, onGone: () => told.push('gone') });

      expectObservable(events$.pipe(map(letter)), '^--!').toBe('-n');
      hot('-----1-2').subscribe((at) => told.push(at));
      flush();

      expect(told).toEqual(['1', 'gone', '2']);
    }),
  );

  it(
    'takes it from a close that the platform does not know the task of',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = phone(() => cold('-o', marks), { closesAfterMs: 'never' });
      let gone = 0;
      const port = {
        connectSocket: (option: Parameters<typeof wx.connectSocket>[0]) => ({
          ...wx.connectSocket(option),
          close: ({ fail }: { fail?: (failure: { errMsg: string }) => void }) =>
            fail?.({ errMsg: 'closeSocket:fail wcwss taskID not exist' }),
        }),
      };

      expectObservable(connectSocket$({ url }, { wx: port, onGone: () => gone++ }).pipe(map(letter)), '^-!').toBe('-n');
      flush();

      expect(gone).toBe(1);
    }),
  );

  it(
    'closes a socket that opens though it was left while it connected',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = phone(() => cold('-----o', marks), { closesAfterMs: 'never' });

      expectObservable(connectSocket$({ url }, { wx }), '^--!').toBe('---');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @3', 'close 0 1000 @5']);
    }),
  );

  it(
    'closes with a code and a reason of the caller, once',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = phone(() => cold('-o', marks));
      const events$ = connectSocket$({ url }, { wx }).pipe(
        map((event) => {
          if (event.type === 'connection') event.close(3001, 'logout');
          return letter(event);
        }),
      );

      expectObservable(events$).toBe('-n(d|)', { n: 'n', d: '3001 logout' });
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 3001 logout @1']);
    }),
  );

  it.each([
    [1001, '', 'a close code is 1000, or from 3000 to 4999; got 1001'],
    [NaN, '', 'a close code is 1000, or from 3000 to 4999; got NaN'],
    ['1000' as never, '', "a close code is 1000, or from 3000 to 4999; got '1000'"],
    [4000, 5 as never, 'a close reason is text; got 5'],
    [4000, null as never, 'a close reason is text; got null'],
    [1000, '再'.repeat(42), 'a close reason has at most 123 bytes of UTF-8; got 126'],
  ])('refuses to close with %s %s', (code, reason, what) => {
    marbles(({ cold, flush }) => {
      const wx = phone(() => cold('o', marks));
      const errors: unknown[] = [];
      connectSocket$({ url }, { wx })
        .pipe(take(1))
        .subscribe((event) => {
          try {
            (event as SocketConnection).close(code, reason);
          } catch (error) {
            errors.push(error);
          }
        });
      flush();

      expect(errors).toEqual([
        new NetworkError(what, { code: 'invalid-argument', api: 'connectSocket', url, phase: 'check' }),
      ]);
    })();
  });
});
