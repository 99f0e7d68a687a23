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
});
