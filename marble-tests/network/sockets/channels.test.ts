import { NEVER, repeat, retry, take } from 'rxjs';
import { NetworkError } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { socketApp, url } from './socket-app.js';

interface Message {
  readonly room: string;
  readonly text: string;
}

const message = (room: string, text: string) => ({ message: { data: JSON.stringify({ room, text }) } });
const marks = {
  o: { open: {} },
  x: { close: { code: 1006, reason: '' } },
  a: message('a', '1'),
  b: message('b', '2'),
  c: message('c', '3'),
};
const values = { a: { room: 'a', text: '1' }, b: { room: 'b', text: '2' }, c: { room: 'c', text: '3' } };
const options = {
  url,
  reconnect: { initialMs: 8, random: () => 0.5 },
  channelOf: ({ room }: Message) => room,
};
const room = (name: string) => ({ subscribe: () => `+${name}`, unsubscribe: () => `-${name}`, match: name });

const said = (log: readonly string[]) => log.filter((line) => line.startsWith('send')).map((line) => line.slice(7));

describe('multiplex of socket$', () => {
  it(
    'gives each channel its messages, on one socket, and says when it begins and stops',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o-a-b-c-a', marks));
      const socket = socket$<Message, string>(options);

      expectObservable(socket.multiplex(room('a')), '^-----------!').toBe('---a-----a', values);
      expectObservable(socket.multiplex(room('b')), '--^----!').toBe('-----b', values);
      flush();

      expect(said(wx.log)).toEqual(['"+a" @1', '"+b" @2', '"-b" @7', '"-a" @12']);
      expect(wx.socketOptions).toHaveLength(1);
      expect(wx.log[wx.log.length - 1]).toBe('close 0 1000 @12');
    }),
  );

  it(
    'subscribes once for all who listen to the same key, and unsubscribes with the last',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o-a-a-a', marks));
      const socket = socket$<Message, string>(options);

      expectObservable(socket.multiplex(room('a')), '^---!').toBe('   ---a', values);
      expectObservable(socket.multiplex(room('a')), '--^---!').toBe(' ---a-a', values);
      expectObservable(socket.messages$, '           ^--------!').toBe('---a-a-a', values);
      flush();

      expect(said(wx.log)).toEqual(['"+a" @1', '"-a" @6']);
    }),
  );

  it(
    'subscribes to what is listened to on each connection, and says nothing while it is down',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('-o-x', marks) : cold('--o-ab', marks),
      );
      const socket = socket$<Message, string>(options);

      expectObservable(socket.multiplex(room('a')), '^--------------!').toBe('-----------a', values);
      expectObservable(socket.multiplex(room('b')), '-----^---------!').toBe('------------b', values);
      expectObservable(socket.multiplex(room('c')), '^---!').toBe('', values);
      flush();

      expect(said(wx.log)).toEqual(['"+a" @1', '"+c" @1', '"+a" @9', '"+b" @9', '"-a" @15', '"-b" @15']);
    }),
  );

  it(
    'asks a function, where that is how a channel is known',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o-a-b-c', marks));
      const socket = socket$<Message, string>({ url });
      const match = ({ text }: Message) => Number(text) > 1;
      const channel$ = socket.multiplex({ subscribe: () => 'more', match });

      expectObservable(channel$, '^---------!').toBe('-----b-c', values);
      expectObservable(channel$, '----^--!').toBe('   -----b-', values);
      flush();

      expect(said(wx.log)).toEqual(['"more" @1']);
    }),
  );

  it(
    'says nothing more once the caller has closed the socket',
    marbles((helpers) => {
      const { cold, hot, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$<Message, string>(options);

      expectObservable(socket.multiplex(room('a'))).toBe('---|');
      hot('---x').subscribe(() => socket.close(4_000));
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'send 0 "+a" @1', 'close 0 4000 @3']);
    }),
  );

  it(
    'ends with the socket',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const closed = { ...marks, z: { close: { code: 1000, reason: '' } } };
      const { socket$ } = socketApp(helpers, '', () => cold('-oa-z', closed));

      expectObservable(socket$<Message, string>(options).multiplex(room('a'))).toBe('--a-|', values);
    }),
  );

  it(
    'ends one channel with what its own function throws, and no other',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o-a-a', marks));
      const socket = socket$<Message, string>(options);
      const error = new Error('cannot');
      const fail = () => {
        throw error;
      };

      expectObservable(socket.multiplex({ match: fail })).toBe('---#', undefined, error);
      expectObservable(socket.multiplex({ match: 'b', subscribe: fail })).toBe('-#', undefined, error);
      expectObservable(socket.multiplex(room('a')), '^------!').toBe('---a-a', values);
    }),
  );

  it(
    'ends the socket with what channelOf throws',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o-a', marks));
      const error = new Error('no room');
      const channelOf = () => {
        throw error;
      };

      expectObservable(socket$<Message, string>({ ...options, channelOf }).multiplex(room('a'))).toBe(
        '---#',
        undefined,
        error,
      );
    }),
  );

  it(
    'stops in the turn in which the consumer has had enough',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o(aa)', marks));

      expectObservable(socket$<Message, string>(options).multiplex(room('a')).pipe(take(1))).toBe('--(a|)', values);
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'send 0 "+a" @1', 'send 0 "-a" @2', 'close 0 1000 @2']);
    }),
  );

  it(
    'gives a message to those who listened when it came, and not to one who begins in answer to it',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o-a-b', marks));
      const socket = socket$<Message, string>({ url });
      const one$ = socket.multiplex({ match: () => true }).pipe(take(1), repeat(2));

      expectObservable(socket.messages$, '^-----!').toBe('---a-b', values);
      expectObservable(one$).toBe('---a-(b|)', values);
    }),
  );

  it(
    'begins anew for one who tries again after it was ended by its own function, while others still hear of the end',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o-a-b', marks));
      const socket = socket$<Message, string>({ url });
      let asked = 0;
      const match = () => {
        if (asked++ === 0) throw new Error('once');
        return true;
      };
      const channel$ = socket.multiplex({ match }).pipe(retry(3));

      expectObservable(channel$, '^------!').toBe('-----b', values);
      expectObservable(channel$, '^------!').toBe('-----b', values);
    }),
  );

  it.each([
    [{ subscribe: () => '' }, 'match must be a key, text or number, or a function; got undefined'],
    [{ match: 'a', unsubscribe: '-a' }, "unsubscribe must be a function; got '-a'"],
    [{ match: 'a', filter: () => true }, "Unknown option 'filter'; known: subscribe, unsubscribe, match"],
  ])('errors for options of a channel that make no sense, and opens nothing: %j', (channel, what) => {
    marbles((helpers) => {
      const { socket$, wx } = socketApp(helpers, '', () => NEVER);

      helpers
        .expectObservable(socket$<Message, string>(options).multiplex(channel as never))
        .toBe(
          '#',
          undefined,
          new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'connectSocket', url }),
        );
      helpers.flush();

      expect(wx.log).toEqual([]);
    })();
  });

  it(
    'refuses a key where the socket does not tell the key of a message',
    marbles((helpers) => {
      const { socket$ } = socketApp(helpers, '', () => NEVER);
      const what = 'match is a key, but the socket has no channelOf that tells the key of a message';

      helpers
        .expectObservable(socket$(url).multiplex({ match: 'a' }))
        .toBe(
          '#',
          undefined,
          new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'connectSocket', url }),
        );
    }),
  );
});
