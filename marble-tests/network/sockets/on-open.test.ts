import { first, ignoreElements, NEVER, of, switchMap, throwError, timer } from 'rxjs';
import { NetworkError } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, sent, socketApp, states$, url } from './socket-app.js';

describe('onOpen of socket$', () => {
  it(
    'goes before everything that waits, on each connection, and is told where to resume from',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('-o-a-b-x', marks) : cold('-o--c', marks),
      );
      const socket = socket$<string>({
        ...raw,
        onOpen: ({ send, lastMessage, generation }) => send(`login ${generation} after ${lastMessage ?? 'nothing'}`),
      });

      expectObservable(socket.messages$, '^-----------------!').toBe('---a-b---------c');
      hot('x-------y').subscribe((message) => void socket.send(message));
      flush();

      expect(sent(wx.log)).toEqual([
        'send 0 login 1 after nothing @1',
        'send 0 x @1',
        'send 1 login 2 after b @12',
        'send 1 y @12',
      ]);
    }),
  );

  it(
    'holds the socket back until it is done, while messages come in',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o--a--b', marks));
      const socket = socket$<string>({
        ...raw,
        onOpen: ({ send, messages$ }) => {
          void send('login');
          return messages$.pipe(first((message) => message === 'b'));
        },
      });

      expectObservable(socket.messages$, '^---------!').toBe('----a--b');
      expectObservable(states$(socket)).toBe('g------o--c');
      hot('--x').subscribe((message) => void socket.send(message));
      flush();

      expect(sent(wx.log)).toEqual(['send 0 login @1', 'send 0 x @7']);
    }),
  );

  it(
    'ends with the connection, without a word, when that is lost meanwhile',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$ } = socketApp(helpers, '', (index) => (index === 0 ? cold('-o-x', marks) : cold('-oa', marks)));
      const ends: string[] = [];
      const socket = socket$<string>({
        ...raw,
        onOpen: ({ messages$ }) =>
          messages$.pipe(
            first(),
            switchMap((message) => {
              ends.push(message);
              return of(message);
            }),
          ),
      });

      expectObservable(states$(socket)).toBe('g--d---g-o-c');
      const once = socket.messages$.subscribe();
      cold('-----------x').subscribe(() => once.unsubscribe());
      flush();

      expect(ends).toEqual(['a']);
    }),
  );

  it.each([
    ['of the app, which ends the socket', new Error('wrong password'), 'g-c', 1],
    [
      'after which one connects again',
      new NetworkError('no token in time', { code: 'timeout', api: 'request' }),
      'g-d---g-d-----c',
      2,
    ],
  ])('may fail with an error %s', (_, error, states, sockets) => {
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$<string>({ ...raw, onOpen: () => timer(1).pipe(switchMap(() => throwError(() => error))) });

      if (sockets === 1) expectObservable(socket.messages$).toBe('--#', undefined, error);
      else expectObservable(socket.messages$, '^-------------!').toBe('');
      expectObservable(states$(socket)).toBe(states);
      flush();

      expect(wx.socketOptions).toHaveLength(sockets);
    })();
  });

  it(
    'counts into attemptMs',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$<string>({ ...raw, attemptMs: 500, reconnect: false, onOpen: () => NEVER });

      expectObservable(socket.messages$.pipe(ignoreElements())).toBe(
        '1500ms #',
        undefined,
        new NetworkError('it took longer than attemptMs allows, 500 ms, to connect and to finish onOpen', {
          code: 'timeout',
          rule: 'TIME-1',
          phase: 'attempt',
          api: 'connectSocket',
          url,
        }),
      );
    }),
  );
});
