import { createNetwork, type NetworkError } from '../../../src/index.js';
import { marbles, type MarbleHelpers, type ScriptedWxOptions } from '../../../src/testing/index.js';
import { createWebSocket, type SocketEvent, type WebSocketLike } from '../../../src/websocket.js';
import { marks, sent, socketApp, url } from './socket-app.js';

/** A client of a browser's, and all that it is told. */
function browserLike(
  helpers: MarbleHelpers,
  lane: string,
  app = '',
  platform: Readonly<Record<string, unknown>> & ScriptedWxOptions = {},
) {
  const { network, wx } = socketApp(helpers, app, () => helpers.cold(lane, marks), { platform });
  const WebSocket = createWebSocket(network);
  const told: string[] = [];
  const listen = (socket: WebSocketLike) => {
    const note = (event: SocketEvent) =>
      told.push(
        [
          event.type,
          ...(event.type === 'message' ? [event.data as string] : []),
          ...(event.type === 'close' ? [event.code, event.reason, event.wasClean] : []),
          `@${network.scheduler.now()}`,
        ].join(' '),
      );
    socket.onopen = socket.onmessage = socket.onerror = socket.onclose = note as never;
    return socket;
  };
  return { WebSocket, wx, told, listen };
}

describe('WebSocket of createWebSocket', () => {
  it(
    'tells its events as browsers do, and its state',
    marbles((helpers) => {
      const { WebSocket, wx, told, listen } = browserLike(helpers, '-oa-k');
      const socket = listen(new WebSocket(`${url}#top`, 'chat.v2'));
      const states: number[] = [socket.readyState];
      helpers.cold('--x--x').subscribe(() => states.push(socket.readyState));
      helpers.flush();

      expect(told).toEqual(['open @1', 'message a @2', 'close 4001 kicked true @4']);
      expect(states).toEqual([0, 1, 3]);
      expect(wx.socketOptions[0]).toMatchObject({ url, protocols: ['chat.v2'] });
      expect(socket).toBeInstanceOf(WebSocket);
      expect([WebSocket.OPEN, socket.OPEN, socket.url]).toEqual([1, 1, url]);
    }),
  );

  it(
    'sends text, bytes and views of bytes, closes, and counts what is on its way',
    marbles((helpers) => {
      const { WebSocket, wx, told, listen } = browserLike(helpers, '-o', '', { onSend: () => 'silence' });
      const socket = listen(new WebSocket(url));
      expect(() => socket.send('early')).toThrow('not open yet');
      expect(() => socket.close(1001)).toThrow('a close code is 1000, or from 3000 to 4999');
      helpers.cold('--x').subscribe(() => {
        socket.send('你');
        socket.send(new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
        expect(socket.bufferedAmount).toBe(5);
        expect(() => socket.send({} as never)).toThrow(TypeError);
        socket.close(3000, 'done');
        socket.send('late');
        expect(socket.readyState).toBe(2);
      });
      helpers.flush();

      expect(sent(wx.log)).toEqual(['send 0 你 @2', 'send 0 2 bytes @2']);
      expect(told).toEqual(['open @1', 'close 3000 done true @3']);
    }),
  );

  it(
    '[BG-1] ends on the return after five seconds, though nobody told of the loss',
    marbles((helpers) => {
      const { WebSocket, told, listen } = browserLike(helpers, '-o', '--h 6s s', { closesAfterMs: 'never' });
      listen(new WebSocket(url));
      helpers.flush();

      expect(told).toEqual(['open @1', 'error @6003', 'close 1006  false @6003']);
    }),
  );

  it.each([
    ['1000', 1_000],
    ['0', 0],
    ['no code', undefined],
  ])('[BG-1] does not pass a cut that the phone tells with %s for a clean close', (_, code) => {
    marbles((helpers) => {
      const errors: unknown[] = [];
      const cut = {
        o: { open: { header: {} } },
        i: { close: { ...(code !== undefined && { code }), reason: 'interrupted' } },
      };
      const { network } = socketApp(helpers, '', () => helpers.cold('-oi', cut));
      const socket = new (createWebSocket(network))(url);
      const closes: unknown[] = [];
      socket.onerror = ({ error }) => errors.push((error as NetworkError).code);
      socket.onclose = ({ code: told, wasClean }) => closes.push([told, wasClean]);
      helpers.flush();

      expect([errors, closes]).toEqual([['interrupted'], [[1006, false]]]);
    })();
  });

  it(
    'tells a refusal in a turn of its own, and connects nothing when it is closed before',
    marbles((helpers) => {
      const { WebSocket, wx, told, listen } = browserLike(helpers, '-o');
      listen(new WebSocket('wss://api.weixin.qq.com/'));
      listen(new WebSocket(url)).close();
      expect(told).toEqual([]);
      helpers.flush();

      expect(told.map((line) => line.split(' ')[0]).sort()).toEqual(['close', 'close', 'error', 'error']);
      expect(wx.log).toEqual([]);
    }),
  );

  it(
    'has listeners that hear though another throws, once where they ask for it',
    marbles((helpers) => {
      const { WebSocket } = browserLike(helpers, '-oab');
      const socket = new WebSocket(url);
      const heard: unknown[] = [];
      const removed = () => heard.push('removed');
      socket.addEventListener('message', ({ data }) => heard.push(data), { once: true });
      socket.addEventListener('message', { handleEvent: ({ data }) => heard.push(`object ${data as string}`) });
      socket.addEventListener('message', removed);
      socket.removeEventListener('message', removed);
      helpers.flush();

      expect(heard).toEqual(['a', 'object a', 'object b']);
    }),
  );

  it('refuses what is no address of a socket', () => {
    const wx = { request: () => ({ abort: () => undefined }) };
    const WebSocket = createWebSocket(createNetwork({ wx }));

    expect(() => new WebSocket('ftp://a.example.com')).toThrow(SyntaxError);
    expect(() => new WebSocket('wss://a.example.com', ['a', 'a'])).toThrow('each sub-protocol can be named once');
  });
});
