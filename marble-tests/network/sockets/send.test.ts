import { filter, map, mergeMap, NEVER, timer } from 'rxjs';
import { NetworkError, type NetworkErrorDetails } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, sent, socketApp, url } from './socket-app.js';

function described(what: string, details: Partial<NetworkErrorDetails> = {}): NetworkError {
  return new NetworkError(what, { code: 'connection', phase: 'wait', api: 'connectSocket', url, ...details });
}

describe('send of socket$', () => {
  it(
    'sends at once while the socket is open, and tells when the platform has taken it',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$, '^---!').toBe('');
      expectObservable(
        timer(2).pipe(
          mergeMap(() => socket.send('hi')),
          map(() => 's'),
        ),
      ).toBe('--(s|)');
      flush();

      expect(sent(wx.log)).toEqual(['send 0 hi @2']);
    }),
  );

  it(
    'keeps messages while it connects and while it is down, and sends them in order, once',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('--o-x', marks) : cold('-o', marks),
      );
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$, '^------------!').toBe('');
      hot('-1-2--3-4-5-6').subscribe((message) => void socket.send(message));
      flush();

      // Lost in frame 4, connecting in frame 8, open in frame 9.
      expect(sent(wx.log)).toEqual([
        'send 0 1 @2',
        'send 0 2 @3',
        'send 1 3 @9',
        'send 1 4 @9',
        'send 1 5 @10',
        'send 1 6 @12',
      ]);
    }),
  );

  it(
    'refuses the message for which there is no room, and says so',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx, warnings } = socketApp(helpers, '', () => cold('----o', marks));
      const socket = socket$<string>({ ...raw, maxBuffered: 2 });
      const results$ = hot('-123').pipe(mergeMap((message) => socket.send(message).pipe(map(() => message))));

      expectObservable(socket.messages$, '^-----!').toBe('');
      expectObservable(results$).toBe(
        '---#',
        undefined,
        described('the socket is down, and 2 messages wait already; not sent'),
      );
      flush();

      expect(sent(wx.log)).toEqual(['send 0 1 @4', 'send 0 2 @4']);
      expect(warnings).toEqual([]);
    }),
  );

  it(
    'refuses all that is sent while it is down, where asked to',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('----o', marks));
      const socket = socket$<string>({ ...raw, whenDown: 'refuse' });

      expectObservable(socket.messages$, '^-----!').toBe('');
      expectObservable(hot('-1').pipe(mergeMap((message) => socket.send(message)))).toBe(
        '-#',
        undefined,
        described('the socket is down; not sent'),
      );
      flush();

      expect(sent(wx.log)).toEqual([]);
    }),
  );

  it(
    'takes what is sent in the turn in which it says that it is open, also where it would refuse it before',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$<string>({ ...raw, whenDown: 'refuse' });
      socket.status$.pipe(filter(({ state }) => state === 'open')).subscribe(() => void socket.send('hi'));

      expectObservable(socket.messages$, '^---!').toBe('');
      flush();

      expect(sent(wx.log)).toEqual(['send 0 hi @1']);
    }),
  );

  it(
    'refuses what is sent to a socket that nobody listens to, and warns of it where nobody asks',
    marbles((helpers) => {
      const { hot, expectObservable, flush } = helpers;
      const { socket$, warnings } = socketApp(helpers, '', () => NEVER);
      const socket = socket$<string>(raw);
      const error = described('nobody listens to the socket, so it is closed; not sent');

      expectObservable(hot('-1').pipe(mergeMap((message) => socket.send(message)))).toBe('-#', undefined, error);
      flush();
      expect(warnings).toEqual([]);

      const other = socketApp(helpers, '', () => NEVER);
      void other.socket$<string>(raw).send('hi');
      flush();
      expect(other.warnings).toEqual([
        `rx-miniprogram: a message was not sent, and nobody asked: NetworkError: ${error.message}`,
      ]);
    }),
  );

  it(
    'tells of what was kept when the last listener leaves',
    marbles((helpers) => {
      const { hot, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => NEVER);
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$, '^---!').toBe('');
      expectObservable(hot('-1').pipe(mergeMap((message) => socket.send(message)))).toBe(
        '----#',
        undefined,
        described('the socket was closed before it could be sent', { code: 'aborted' }),
      );
    }),
  );

  it.each([
    [
      new Uint8Array(2),
      'the platform takes an ArrayBuffer, not a view of one; send view.buffer, sliced to the bytes you mean',
    ],
    [undefined, 'a message must be serialized to a string or an ArrayBuffer; got undefined'],
  ])('refuses what the platform cannot send: %p', (message, what) => {
    marbles((helpers) => {
      const { cold, hot, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$(url);

      expectObservable(socket.messages$, '^-----!').toBe('');
      expectObservable(hot('--x').pipe(mergeMap(() => socket.send(message)))).toBe(
        '--#',
        undefined,
        described(what, { code: 'invalid-argument', phase: 'check' }),
      );
    })();
  });

  it(
    'lets a message that is sent from inside the flush of the others wait its turn',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('---o', marks));
      const socket = socket$<string>(raw);

      expectObservable(socket.messages$, '^-----!').toBe('');
      hot('-(12)').subscribe((message) => {
        void socket.send(message).subscribe(() => {
          if (message === '1') void socket.send('3');
        });
      });
      flush();

      expect(sent(wx.log)).toEqual(['send 0 1 @3', 'send 0 2 @3', 'send 0 3 @3']);
    }),
  );
});
