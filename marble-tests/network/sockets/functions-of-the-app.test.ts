import { NEVER } from 'rxjs';
import { createNetwork, type NetworkError } from '../../../src/index.js';
import { createTcp, createUdp, type SocketOptions } from '../../../src/sockets.js';
import { marbles, scriptedWx, type MarbleHelpers } from '../../../src/testing/index.js';
import { marks, socketApp, url } from './socket-app.js';

type Options = Partial<SocketOptions<unknown, never>>;
const promise = () => Promise.resolve(true) as never;
const heartbeat = { intervalMs: 5, deadlineMs: 3 };

/** The error of a socket that gets `{}`, or something that is no JSON, a while after it was opened. */
function messageOf(helpers: MarbleHelpers, options: Options, came = '{}'): string {
  const { socket$ } = socketApp(helpers, '', () => helpers.cold('-o-a', { ...marks, a: { message: { data: came } } }));
  let message = 'no error';
  const socket = socket$({ url, ...options });
  socket.messages$.subscribe({ error: (error: NetworkError) => (message = error.message) });
  helpers.cold('9ms x').subscribe(() => socket.close());
  helpers.flush();
  return message;
}

describe('what comes back from the functions of a socket is looked at', () => {
  it.each<[string, Options, string]>([
    ['isReply', { heartbeat: { ...heartbeat, request: () => 'ping' as never, isReply: promise } }, '{}'],
    ['isPlainReply', { heartbeat: { ...heartbeat, plainRequest: () => 'ping', isPlainReply: promise } }, '{}'],
    ['onUnreadable', { onUnreadable: promise }, '{'],
    ['deserialize', { serializer: { serialize: () => '', deserialize: promise } }, '{}'],
  ])('[K2.3] a promise of %s would pass for a message, or for "yes"', (name, options, came) => {
    marbles((helpers) => {
      expect(messageOf(helpers, options, came)).toBe(
        `invalid-argument: ${name} must return its value at once; got a promise (${url})`,
      );
    })();
  });

  it.each([
    ['match', { match: promise }],
    ['channelOf', { match: 'a' }],
  ])('[K2.3] a promise of %s ends the channel', (name, channel) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-oa', { ...marks, a: { message: { data: '1' } } }));
      const messages: string[] = [];
      socket$({ url, channelOf: promise })
        .multiplex(channel)
        .subscribe({ error: (error: NetworkError) => messages.push(error.message) });
      flush();

      expect(messages).toEqual([`invalid-argument: ${name} must return its value at once; got a promise (${url})`]);
    })();
  });

  it.each<[string, unknown, string]>([
    ['false, of a condition that was not met', false, 'no error'],
    ['a number', 5, 'onOpen must return nothing, an observable or a promise; got 5'],
    ['a text', 'ok', 'onOpen must return nothing, an observable or a promise; got string'],
    ['an object', {}, 'onOpen must return nothing, an observable or a promise; got Object'],
  ])('[K2.2] an onOpen that returns %s', (_title, returned, message) => {
    marbles((helpers) => {
      expect(messageOf(helpers, { onOpen: () => returned as never })).toContain(message);
    })();
  });

  it('[K2.2] an afterClose that returns an object that is no stream', () => {
    marbles((helpers) => {
      const { socket$ } = socketApp(helpers, '', () => helpers.cold('-ox', { ...marks, x: { close: { code: 4100 } } }));
      const messages: string[] = [];
      socket$({ url, reconnect: { afterClose: () => ({}) as never } }).messages$.subscribe({
        error: (error: NetworkError) => messages.push(error.message),
      });
      helpers.flush();

      expect(messages).toEqual([
        'invalid-argument: afterClose must return one of again, at-once, never, complete, or a promise or an observable of a login; got Object',
      ]);
    })();
  });

  it.each<[string, unknown, string]>([
    ['a Map', new Map([[1, 2]]), 'the message is a Map, which JSON loses'],
    ['bytes within', { photo: new Uint8Array(2) }, 'the message.photo is a Uint8Array, which JSON loses'],
    ['a promise', Promise.resolve(1), 'the message is a Promise, which JSON loses'],
    ['a BigInt', 5n, 'the message is a BigInt; write its toString()'],
  ])('[K3.1] %s is no message of JSON', (_title, message, problem) => {
    marbles((helpers) => {
      const { socket$, wx } = socketApp(helpers, '', () => helpers.cold('-o', marks));
      const messages: string[] = [];
      const socket = socket$<never, unknown>(url);
      const listener = socket.messages$.subscribe();
      socket.send(message).subscribe({ error: (error: NetworkError) => messages.push(error.message) });
      helpers.cold('5ms x').subscribe(() => listener.unsubscribe());
      helpers.flush();

      expect(messages.join()).toContain(`invalid-argument: the message cannot be serialized: ${problem}`);
      expect(wx.log.filter((line) => line.startsWith('send'))).toEqual([]);
    })();
  });

  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['promise', promise],
    ['number', () => 5],
  ])('[K3.1] a plainRequest that returns %s', (_title, plainRequest) => {
    marbles((helpers) => {
      const options = { heartbeat: { ...heartbeat, plainRequest: plainRequest as () => string } };

      expect(messageOf(helpers, options)).toContain('a message must be serialized to a string or an ArrayBuffer; got ');
    })();
  });
});

describe('what a socket was given is what is used', () => {
  it(
    '[K1.3] bytes that wait for the socket are those that were sent',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const sent: unknown[] = [];
      const { connectSocket } = wx;
      wx.connectSocket = (option) => {
        const task = connectSocket(option);
        const { send } = task;
        return Object.assign(task, {
          send: (message: Parameters<typeof send>[0]) => {
            sent.push([...new Uint8Array(message.data as ArrayBuffer)]);
            send(message);
          },
        });
      };
      const bytes = new Uint8Array([1, 2]);
      const socket = socket$<never, ArrayBuffer>(url);
      const listener = socket.messages$.subscribe();
      socket.send(bytes.buffer);
      bytes[0] = 9;
      cold('5ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(sent).toEqual([[1, 2]]);
    }),
  );

  it(
    '[K1.4] options within options',
    marbles((helpers) => {
      const { socket$, wx } = socketApp(helpers, '', () => helpers.cold('-o', marks));
      const platform = { own: { list: [1] } };
      const socket = socket$<never>({ url, platform });
      platform.own.list[0] = 2;
      socket.messages$.subscribe().unsubscribe();

      expect(wx.socketOptions[0]).toMatchObject({ own: { list: [1] } });
    }),
  );

  it(
    '[K1.4] a TCP socket that waits for the foreground',
    marbles((helpers) => {
      const tcp = () => helpers.cold('o', { o: { connect: {} } });
      const wx = scriptedWx(() => NEVER, { tcp, app$: helpers.app('h-s') });
      const asked: unknown[] = [];
      const { createTCPSocket } = wx;
      wx.createTCPSocket = (option) => {
        const socket = createTCPSocket(option);
        const { connect } = socket;
        return Object.assign(socket, {
          connect(to: never) {
            asked.push(to);
            connect(to);
          },
        });
      };
      const to = { address: '192.168.1.20', port: 9_000, platform: { own: 1 } };
      helpers.cold('-x').subscribe(() => {
        createTcp(createNetwork({ wx }))(to).subscribe();
        to.address = '192.168.1.30';
        to.platform.own = 2;
      });
      helpers.flush();

      expect(asked).toEqual([{ own: 1, address: '192.168.1.20', port: 9_000 }]);
    }),
  );

  it('[K2.8] options of a class are read', () => {
    marbles((helpers) => {
      const { socket$, wx, network } = socketApp(helpers, '', () => NEVER);
      class Options {
        get url() {
          return url;
        }
        get address() {
          return '192.168.1.20';
        }
        get port() {
          return 9_000;
        }
      }
      const { address, port, url: at } = Object.getOwnPropertyDescriptors(Options.prototype);
      const of = (members: PropertyDescriptorMap) => Object.create(Object.create(null, members) as object) as never;
      socket$(of({ url: at }))
        .messages$.subscribe()
        .unsubscribe();
      createTcp(network)(of({ address, port })).subscribe().unsubscribe();
      createUdp(network)(of({ port })).subscribe().unsubscribe();

      expect(wx.log.filter((line) => /^(connect|bind)/.test(line))).toEqual([
        'connect 0 @0',
        'connect 192.168.1.20:9000 @0',
        'bind 9000 @0',
      ]);
    })();
  });
});
