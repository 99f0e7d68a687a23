import { concat, EMPTY, NEVER } from 'rxjs';
import { NetworkError } from '../../../src/index.js';
import type { SocketStatus } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, socketApp, states$, url } from './socket-app.js';

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
});
