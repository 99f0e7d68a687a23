import { map, merge, mergeMap, Subscription } from 'rxjs';
import { NetworkError, type NetworkErrorDetails } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, sent, socketApp, url } from './socket-app.js';

function described(what: string, details: Partial<NetworkErrorDetails> = {}): NetworkError {
  return new NetworkError(what, { code: 'connection', phase: 'wait', api: 'connectSocket', url, ...details });
}

describe('send of socket$', () => {
  it(
    'sends again what the platform refused because the socket had died without a word, in order, and connects again',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const refused = { errMsg: 'sendSocketMessage:fail WebSocket is not connected' };
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { onSend: (_, index) => (index === 0 ? refused : 'taken') },
      });
      const socket = socket$<string>(raw);
      const results$ = merge(...['1', '2'].map((message) => hot('--x').pipe(mergeMap(() => socket.send(message)))));

      expectObservable(socket.messages$, '^-----------!').toBe('');
      expectObservable(results$.pipe(map(() => 's')), '^----------!').toBe('-------(ss)');
      flush();

      expect(sent(wx.log)).toEqual(['send 0 1 @2', 'send 1 1 @7', 'send 1 2 @7']);
    }),
  );

  it(
    'connects again when the platform says that the socket is dead, also where nothing is kept',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const errMsg = 'sendSocketMessage:fail WebSocket is not connected';
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { onSend: (_, index) => (index === 0 ? { errMsg } : 'taken') },
      });
      const socket = socket$<string>({ ...raw, whenDown: 'refuse' });

      expectObservable(socket.messages$, '^-----------!').toBe('');
      expectObservable(hot('--1').pipe(mergeMap((message) => socket.send(message)))).toBe(
        '--#',
        undefined,
        described(`${errMsg}; try again, if that is safe, and check the server`, {
          phase: 'attempt',
          errMsg,
          cause: { errMsg },
        }),
      );
      flush();

      expect(wx.log.filter((line) => line.startsWith('connect'))).toEqual(['connect 0 @0', 'connect 1 @6']);
    }),
  );

  it(
    'keeps what is sent in answer to the end, by one who listens again, for the next connection',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('-o-f', marks) : cold('-o', marks),
      );
      const socket = socket$<string>({ ...raw, reconnect: false });
      const listener = new Subscription();
      const again = () => {
        listener.add(socket.messages$.subscribe());
        void socket.send('hi');
      };
      listener.add(socket.messages$.subscribe({ error: again }));
      cold('------x').subscribe(() => listener.unsubscribe());
      flush();

      expect(sent(wx.log)).toEqual(['send 1 hi @4']);
    }),
  );

  it(
    'does not send again what may have arrived, and says so',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(
        helpers,
        '',
        (index) => (index === 0 ? cold('-o--x', marks) : cold('-o', marks)),
        {
          platform: { onSend: () => 'silence' },
        },
      );
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$, '^-----------!').toBe('');
      expectObservable(hot('--1').pipe(mergeMap((message) => socket.send(message)))).toBe(
        '----#',
        undefined,
        described('the socket ended before the platform had told whether it took the message', {
          code: 'interrupted',
          phase: 'attempt',
        }),
      );
      flush();

      expect(sent(wx.log)).toEqual(['send 0 1 @2']);
    }),
  );

  it.each([
    ['sendSocketMessage:fail The network connection was lost', ['send 0 1 @2'], 'connection'],
    ['sendSocketMessage:fail wcwss taskID not exist', ['send 0 1 @2', 'send 1 1 @7'], 'taken'],
    ['SocketTask.send:fail SocketTask.readyState is not OPEN', ['send 0 1 @2', 'send 1 1 @7'], 'taken'],
  ])('[K6.4] hands over again only what provably did not go out: %s', (errMsg, expected, outcome) => {
    marbles((helpers) => {
      const { cold, hot, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { onSend: (_, index) => (index === 0 ? { errMsg } : 'taken') },
      });
      const socket = socket$<string>(raw);
      const outcomes: unknown[] = [];
      const listener = socket.messages$.subscribe();
      cold('-----------x').subscribe(() => listener.unsubscribe());
      hot('--1').subscribe((message) =>
        socket.send(message).subscribe({
          complete: () => outcomes.push('taken'),
          error: (error: NetworkError) => outcomes.push(error.code),
        }),
      );
      flush();

      expect(sent(wx.log)).toEqual(expected);
      expect(outcomes).toEqual([outcome]);
      // Dead it is in any case.
      expect(wx.log).toContain('connect 1 @6');
    })();
  });
});
