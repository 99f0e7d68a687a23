import { NEVER, of } from 'rxjs';
import { marbles, scriptedWx, type SocketWireMark, type WireMark } from '../../src/testing/index.js';

const url = 'https://api.example.com/users';
const live = 'wss://api.example.com/live';

describe('scriptedWx', () => {
  it(
    'answers as drawn, and writes down what is done to it',
    marbles(({ cold, hot, flush }) => {
      const wx = scriptedWx(({ method }) =>
        cold<WireMark>(method === 'POST' ? '-#' : '---r', { r: {} }, { errMsg: 'no' }),
      );
      const told: unknown[] = [];
      wx.request({ url, success: ({ statusCode }) => told.push(statusCode) });
      wx.request({ url, method: 'POST', fail: ({ errMsg }) => told.push(errMsg) });
      const left = wx.uploadFile({ url, filePath: 'a', name: 'a', fail: ({ errMsg }) => told.push(errMsg) });
      hot('--x').subscribe(() => left.abort());
      flush();

      expect(told).toEqual(['no', 'uploadFile:fail abort', 200]);
      expect(wx.log).toEqual(['sent @0', 'sent @0', 'sent @0', 'aborted @2']);
      expect(wx.options.map((option) => option.url)).toEqual([url, url, url]);
    }),
  );

  it(
    'hides and shows the app as a lane draws it; to be in front at first is no event',
    marbles(({ app, flush, hot }) => {
      const told: string[] = [];
      const listen = (name: string, wx: ReturnType<typeof scriptedWx>) => {
        wx.onAppHide(() => told.push(`${name} hidden`));
        wx.onAppShow(() => told.push(`${name} shown`));
      };
      listen(
        'one',
        scriptedWx(() => NEVER, { app$: app('-h-s') }),
      );
      hot('-----x').subscribe(() => told.push('later'));
      flush();
      listen(
        'two',
        scriptedWx(() => NEVER, { app$: app('h--') }),
      );
      listen(
        'three',
        scriptedWx(() => NEVER),
      );

      expect(told).toEqual(['one hidden', 'one shown', 'later', 'two hidden']);
    }),
  );

  describe('sockets', () => {
    const marks: { readonly [letter: string]: SocketWireMark } = {
      o: { open: { header: {} } },
      m: { message: { data: 'hello' } },
      e: { error: { errMsg: 'lost' } },
      x: { close: { code: 1006, reason: '' } },
    };

    /** Opens one, and writes down what its task is told. */
    const connect = (wx: ReturnType<typeof scriptedWx>, told: string[]) => {
      const task = wx.connectSocket({ url: live, fail: ({ errMsg }) => told.push(`fail ${errMsg}`) });
      task.onOpen(() => told.push('open'));
      task.onMessage(({ data }) => told.push(`message ${data as string}`));
      task.onError(({ errMsg }) => told.push(`error ${errMsg}`));
      task.onClose(({ code, reason }) => told.push(`close ${code} ${reason}`));
      return task;
    };

    it(
      'tell what is drawn, each its own, and nothing after the close',
      marbles(({ cold, flush }) => {
        const plays = [cold('-o-m-e-(xm)', marks), cold<SocketWireMark>('--#', {}, { errMsg: 'too many' })];
        const wx = scriptedWx(() => NEVER, { sockets: (index) => plays[index] ?? NEVER });
        const [first, second]: [string[], string[]] = [[], []];
        connect(wx, first);
        connect(wx, second);
        flush();

        expect(first).toEqual(['open', 'message hello', 'error lost', 'close 1006 ']);
        expect(second).toEqual(['fail too many']);
        expect(wx.socketOptions.map((option) => option.url)).toEqual([live, live]);
      }),
    );

    it(
      'are closed a while after the call, or never, and know no close after that',
      marbles(({ cold, flush }) => {
        const told: string[] = [];
        const late = scriptedWx(() => NEVER, { sockets: () => cold('o', marks), closesAfterMs: 4 });
        const never = scriptedWx(() => NEVER, { closesAfterMs: 'never' });
        const task = connect(late, told);
        connect(never, told).close({ code: 4000 });
        task.close({ code: 4001, reason: 'bye' });
        cold('-----x').subscribe(() => task.close({ fail: ({ errMsg }) => told.push(errMsg) }));
        flush();

        expect(told).toEqual(['open', 'close 4001 bye', 'closeSocket:fail wcwss taskID not exist']);
        expect(late.log).toEqual(['connect 0 @0', 'close 0 4001 bye @0', 'close 0 1000 @5']);
      }),
    );

    it('take a message, refuse it, or say nothing of it', () => {
      const outcomes = { a: 'taken', b: { errMsg: 'no' }, c: 'silence' } as const;
      const wx = scriptedWx(() => NEVER, { onSend: (data) => outcomes[data as 'a' | 'b' | 'c'] });
      const told: string[] = [];
      const task = connect(wx, told);
      for (const data of ['a', 'b', 'c']) {
        task.send({
          data,
          success: () => told.push(`${data} taken`),
          fail: ({ errMsg }) => told.push(`${data} ${errMsg}`),
        });
      }
      task.send({ data: new ArrayBuffer(3) });

      expect(told).toEqual(['a taken', 'b no']);
      expect(wx.log.map((line) => line.split(' @')[0])).toEqual([
        'connect 0',
        'send 0 a',
        'send 0 b',
        'send 0 c',
        'send 0 3 bytes',
      ]);
    });
  });

  it(
    'opens TCP and UDP sockets that are told what is drawn, until they are closed',
    marbles(({ cold, hot, flush }) => {
      const message = new Uint8Array([1, 2]).buffer;
      const remoteInfo = { address: '10.0.0.1', port: 1 };
      const wx = scriptedWx(() => NEVER, {
        tcp: () =>
          cold('-o-m-f-m', { o: { connect: {} }, m: { message: { message } }, f: { error: { errMsg: 'lost' } } }),
        udp: () => cold('--m-x', { m: { message: { message, remoteInfo } }, x: { close: {} } }),
      });
      const told: string[] = [];
      const tcp = wx.createTCPSocket({ type: 'ipv4' });
      tcp.onConnect(() => told.push('connect'));
      tcp.onMessage(({ message: { byteLength } }) => told.push(`tcp ${byteLength}`));
      tcp.onError(({ errMsg }) => told.push(errMsg));
      tcp.connect({ address: '10.0.0.1', port: 80, timeout: 2 });
      tcp.write('hi');
      hot('------x').subscribe(() => tcp.close());
      const udp = wx.createUDPSocket();
      udp.onMessage(({ remoteInfo: { address } }) => told.push(`udp ${address}`));
      udp.onClose(() => told.push('udp close'));
      expect([udp.bind(), udp.bind(9)]).toEqual([40_000, 9]);
      udp.send({ address: '10.0.0.255', port: 9, message, setBroadcast: true });
      flush();

      expect(told).toEqual(['connect', 'udp 10.0.0.1', 'udp 10.0.0.1', 'tcp 2', 'udp close', 'udp close', 'lost']);
      expect(wx.log).toEqual([
        'connect 10.0.0.1:80 ipv4 2 @0',
        'write hi @0',
        'bind 40000 @0',
        'bind 9 @0',
        'send 2 bytes to 10.0.0.255:9 broadcast @0',
        'close @6',
      ]);
    }),
  );

  it('counts who listens to them, and takes off none but the one who is named', () => {
    const wx = scriptedWx(() => NEVER);
    const socket = wx.createTCPSocket();
    const listener = () => {};
    socket.onClose(listener);
    expect(wx.listeners.size).toBe(1);

    expect(() => socket.offClose(undefined as never)).toThrow('offClose: expected the listener; got undefined');
    socket.offClose(listener);
    expect(wx.listeners.size).toBe(0);
  });

  it('leaves nobody listening who took his listener off', () => {
    const wx = scriptedWx(() => of({}));
    const task = wx.request({ url });
    const listener = () => {};
    task.onHeadersReceived?.(listener);
    expect(wx.listeners.size).toBe(1);

    task.offHeadersReceived?.(listener);
    expect(wx.listeners.size).toBe(0);
  });
});
