import { EMPTY, map, mergeMap, NEVER, of, switchMap, take, type Observable } from 'rxjs';
import { NetworkError, type NetworkErrorDetails } from '../../src/index.js';
import { connectSocket$, type SocketConnection } from '../../src/sockets.js';
import { marbles, scriptedWx, type ScriptedWxOptions, type SocketWireMark } from '../../src/testing/index.js';

const url = 'wss://chat.example.com/room?token=secret';

const marks: { readonly [letter: string]: SocketWireMark } = {
  o: { open: { header: {} } },
  x: { close: { code: 1006, reason: 'abnormal closure' } },
};

const phone = (play: () => Observable<SocketWireMark>, options: ScriptedWxOptions = {}) =>
  scriptedWx(() => NEVER, { sockets: play, ...options });

function described(what: string, details: Partial<NetworkErrorDetails>): NetworkError {
  return new NetworkError(what, { code: 'connection', api: 'connectSocket', url, phase: 'attempt', ...details });
}

describe('connectSocket$', () => {
  describe('send', () => {
    it(
      'sends at once, and completes when the platform has taken it',
      marbles(({ cold, expectObservable, flush }) => {
        const wx = phone(() => cold('-o', marks));
        const sent$ = connectSocket$({ url }, { wx }).pipe(
          take(1),
          mergeMap((event) => {
            const connection = event as SocketConnection;
            void connection.send(new ArrayBuffer(3));
            return connection.send('hi').pipe(map(() => 's'));
          }),
        );

        expectObservable(sent$).toBe('-(s|)');
        flush();

        expect(wx.log.slice(0, 3)).toEqual(['connect 0 @0', 'send 0 3 bytes @1', 'send 0 hi @1']);
      }),
    );

    it(
      'errors with what the platform refused it for',
      marbles(({ cold, expectObservable }) => {
        const cause = { errMsg: 'sendSocketMessage:fail WebSocket is not connected' };
        const wx = phone(() => cold('o', marks), { onSend: () => cause });
        const sent$ = connectSocket$({ url }, { wx }).pipe(
          switchMap((event) => (event as SocketConnection).send('hi')),
        );

        expectObservable(sent$).toBe(
          '#',
          undefined,
          described(`${cause.errMsg}; try again, if that is safe, and check the server`, {
            errMsg: cause.errMsg,
            cause,
          }),
        );
      }),
    );

    it(
      'errors when the socket ends before the platform has told, and for a socket that has ended',
      marbles(({ cold, expectObservable }) => {
        const wx = phone(() => cold('o--x', marks), { onSend: () => 'silence' });
        let connection: SocketConnection | undefined;
        const pending$ = connectSocket$({ url }, { wx }).pipe(
          mergeMap((event) => {
            if (event.type === 'closed') return EMPTY;
            connection = event;
            return event.send('hi');
          }),
        );

        expectObservable(pending$).toBe(
          '---#',
          undefined,
          described('the socket ended before the platform had told whether it took the message', {
            code: 'interrupted',
          }),
        );
        expectObservable(cold('----l').pipe(mergeMap(() => connection?.send('late') ?? of('none')))).toBe(
          '----#',
          undefined,
          described('the socket is not open; not sent', { phase: 'check' }),
        );
      }),
    );

    it(
      'keeps no more than ten thousand that the platform never tells of',
      marbles(({ cold, flush }) => {
        const wx = phone(() => cold('o', marks), { onSend: () => 'silence' });
        const told: unknown[] = [];
        connectSocket$({ url }, { wx }).subscribe((event) => {
          const { send } = event as SocketConnection;
          for (let n = 0; n < 10_002; n++) send('hi').subscribe({ error: (error: unknown) => told.push([n, error]) });
        });
        flush();

        const what = 'the platform does not tell what became of the message, nor of 10000 after it';
        const forgotten = described(what, { code: 'interrupted' });
        expect(told).toEqual([
          [0, forgotten],
          [1, forgotten],
        ]);
      }),
    );
  });
});
