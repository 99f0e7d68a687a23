import { NetworkError } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, socketApp, url } from './socket-app.js';

describe('socket$', () => {
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

  it(
    '[K9.7] asks the caller about a message that cannot be read: it may be skipped, or read as text',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-oaj', { ...marks, j: { message: { data: '1' } } }));

      expectObservable(socket$({ url, onUnreadable: () => undefined }).messages$, '^---!').toBe('---1', {
        1: 1,
      });
      expectObservable(socket$({ url, onUnreadable: () => null }).messages$, '^---!').toBe('--n1', { n: null, 1: 1 });
      expectObservable(socket$({ url, onUnreadable: (data) => data }).messages$, '^---!').toBe('--a1', {
        a: 'a',
        1: 1,
      });
    }),
  );

  it(
    '[K9.6] gives the caller’s serializer whatever is sent, and checks only what it returns; in onOpen, too',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const serializer = {
        serialize: (message: Uint8Array) => (message.length === 0 ? (message as never) : message.slice().buffer),
        deserialize: (data: unknown) => data,
      };
      const socket = socket$<unknown, Uint8Array>({
        url,
        serializer,
        onOpen: ({ send }) => {
          void send(new Uint8Array(3));
          // Refused, and no reason to end the socket.
          send(new Uint8Array(0)).subscribe({ error: () => undefined });
        },
      });
      const outcomes: unknown[] = [];

      expectObservable(socket.messages$, '^--------!').toBe('');
      hot('---x').subscribe(() => {
        socket.send(new Uint8Array(4)).subscribe({ complete: () => outcomes.push('taken') });
        socket.send(new Uint8Array(0)).subscribe({ error: (error: NetworkError) => outcomes.push(error.code) });
      });
      flush();

      expect(outcomes).toEqual(['taken', 'invalid-argument']);
      expect(wx.log.slice(1, 3)).toEqual(['send 0 3 bytes @1', 'send 0 4 bytes @3']);
    }),
  );
});
