/**
 * The claims: `socket$().messages$` hands on at least 0.8 × the messages of the bare `ws` client in the same time, and a message
 * costs the same however many channels share the socket.
 *
 * The server is in a process of its own, and sends as fast as the client takes. `wx` is a few lines over the same `ws`, so
 * that what is measured is what stands on it.
 */
import { fork } from 'node:child_process';
import { Subject } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import { WebSocket, WebSocketServer } from 'ws';
import { createNetwork, type WxPort } from '../src/index.js';
import { createSocket, type SocketData, type WxConnectSocketOption, type WxSocketTask } from '../src/sockets.js';
import { atLeast, atMost, QUICK, report, sideBySide, type Figure } from './measure.js';

/** Before the rest, which runs at once. */
class Plain extends WebSocket {
  constructor(url: string) {
    super(url, { perMessageDeflate: false });
  }
}

if (process.send) serve(process.send.bind(process));
else await measure();

/** For each socket, what its URL asks for: `/count/bytes` messages. */
function serve(tell: (port: unknown) => void): void {
  const server: WebSocketServer = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('listening', () => tell(server.address()));
  server.on('connection', (socket, request) => {
    const [count, bytes] = (request.url ?? '').slice(1).split('/').map(Number) as [number, number];
    const message = 'x'.repeat(bytes);
    let left = count;
    const pump = () => {
      for (let burst = 0; left > 0 && burst < 500 && socket.bufferedAmount < 4_000_000; burst++, left--)
        socket.send(message);
      if (left > 0) setImmediate(pump);
    };
    pump();
  });
}

/** `wx.connectSocket` over `ws`, and nothing else. */
function connectSocket({ url }: WxConnectSocketOption): WxSocketTask {
  const client = new WebSocket(url, { perMessageDeflate: false });
  return {
    send: ({ data, success }) => client.send(data, () => success?.()),
    close: ({ code, reason }) => client.close(code, reason),
    onOpen: (listener) => client.on('open', () => listener({ header: {} })),
    onMessage: (listener) =>
      client.on('message', (data, isBinary) =>
        listener({ data: isBinary ? (data as unknown as ArrayBuffer) : (data as Buffer).toString() }),
      ),
    onError: (listener) => client.on('error', ({ message }) => listener({ errMsg: message })),
    onClose: (listener) => client.on('close', (code, reason) => listener({ code, reason: String(reason) })),
  };
}

async function measure(): Promise<void> {
  const child = fork(process.argv[1] as string, { execArgv: [] });
  const { port } = await new Promise<{ port: number }>((resolve) => child.once('message', resolve as never));
  const wx = { request: () => ({ abort: () => {} }), connectSocket } as unknown as WxPort;
  // Loopback is the local network here.
  const network = createNetwork({ wx, device: () => ({ localip: '127.0.0.2', netmask: '255.0.0.0' }) });
  const socket$ = createSocket(network);

  try {
    await throughput(socket$, `ws://127.0.0.1:${port}`);
  } finally {
    child.kill();
  }
  await channels();
}

async function throughput(socket$: ReturnType<typeof createSocket>, origin: string): Promise<void> {
  for (const { at, count, bytes } of [
    { at: '16 bytes', count: QUICK ? 20_000 : 200_000, bytes: 16 },
    { at: '64 kB', count: QUICK ? 500 : 4_000, bytes: 65_536 },
  ]) {
    const url = `${origin}/${count}/${bytes}`;
    const timed = (start: (heard: () => void) => () => void) =>
      new Promise<number>((resolve) => {
        let left = count;
        let startedAt = 0;
        const stop = start(() => {
          // From the first message on: the handshake is not the point.
          if (left-- === count) startedAt = performance.now();
          if (left > 0) return;
          const perSecond = (count - 1) / ((performance.now() - startedAt) / 1_000);
          stop();
          setImmediate(resolve, perSecond);
        });
      });

    const results = await sideBySide({
      'socket$().messages$': () =>
        timed((heard) => {
          const listener = socket$<SocketData>({ url, serializer: 'none' }).messages$.subscribe(heard);
          return () => listener.unsubscribe();
        }),
      'bare ws': () =>
        timed((heard) => {
          const client = new WebSocket(url, { perMessageDeflate: false });
          client.on('message', (data) => {
            (data as Buffer).toString();
            heard();
          });
          return () => client.close();
        }),
      'rxjs/webSocket': () =>
        timed((heard) => {
          const listener = webSocket<string>({
            url,
            WebSocketCtor: Plain as never,
            deserializer: ({ data }) => data as string,
          }).subscribe(heard);
          return () => listener.unsubscribe();
        }),
    });
    const bare = results['bare ws'] as number;
    report(
      Object.entries(results).map(([who, value]): Figure => {
        const ours = who.startsWith('socket$');
        return {
          at,
          who,
          value,
          unit: 'messages/s',
          ours,
          verdict: ours ? atLeast(value / bare, 0.8, '× bare ws') : undefined,
        };
      }),
    );
  }
}

/** One socket, many channels: what a message costs, without a wire. */
async function channels(): Promise<void> {
  const messages = QUICK ? 20_000 : 200_000;
  const cost = async (count: number, keyed: boolean) => {
    const inbox$ = new Subject<{ readonly data: SocketData }>();
    const task = {
      send: () => {},
      close: () => {},
      onOpen: (listener: (result: object) => void) => setImmediate(listener, {}),
      onMessage: (listener: (result: { readonly data: SocketData }) => void) => inbox$.subscribe(listener),
      onError: () => {},
      onClose: () => {},
    };
    const wx = { request: () => ({ abort: () => {} }), connectSocket: () => task } as unknown as WxPort;
    const socket = createSocket(createNetwork({ wx }))<{ readonly room: number }, string>({
      url: 'wss://chat.example.com/',
      channelOf: keyed ? ({ room }) => room : undefined,
    });
    let heard = 0;
    const listeners = Array.from({ length: count }, (_, room) =>
      socket
        .multiplex({ match: keyed ? room : (message: { readonly room: number }) => message.room === room })
        .subscribe(() => heard++),
    );
    await new Promise((resolve) => setImmediate(resolve));
    const texts = Array.from({ length: 1_000 }, (_, index) => `{"room":${index % count},"text":"hello"}`);

    const startedAt = performance.now();
    for (let index = 0; index < messages; index++) inbox$.next({ data: texts[index % 1_000] as string });
    const value = ((performance.now() - startedAt) * 1_000) / messages;
    for (const listener of listeners) listener.unsubscribe();
    if (heard !== messages) throw new Error(`${heard} of ${messages} messages reached a channel`);
    return value;
  };

  const results = await sideBySide({ '1': () => cost(1, true), '1 000': () => cost(1_000, true) });
  const [one, many] = [results['1'] as number, results['1 000'] as number];
  const unit = 'µs a message';
  report([
    { at: '1 channel', who: 'multiplex by key', value: one, unit, ours: true },
    {
      at: '1 000 channels',
      who: 'multiplex by key',
      value: many,
      unit,
      ours: true,
      verdict: atMost(many / one, 2, '× one channel'),
    },
  ]);
}
