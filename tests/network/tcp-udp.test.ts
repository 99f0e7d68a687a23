import { createSocket as createDatagrams, type Socket as Datagrams } from 'node:dgram';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { firstValueFrom, map, mergeMap, switchMap, take, tap, toArray } from 'rxjs';
import { createNetwork, isNetworkError } from '../../src/index.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { createTcp, createUdp, localServices$, splitByLength, splitLines } from '../../src/sockets.js';

// A phone on a network that is not there: all its neighbours are at 127.0.0.1, the one loopback address that every system has.
const device = { localip: '192.168.1.2', netmask: '255.255.255.0' };
const lookup = () => ({ address: '127.0.0.1' });
const phones: Simulator[] = [];
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

function app(options: SimulatorOptions = {}) {
  const phone = createSimulator({ device, lookup, ...options });
  phones.push(phone);
  const network = createNetwork({ wx: phone.wx, device: () => device });
  return { phone, tcp$: createTcp(network), udp$: createUdp(network) };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (isNetworkError(error) ? [error.code, error.rule] : error),
  );

describe('tcp$, on real sockets', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        const text = bytes.toString();
        if (text === 'die\n') socket.resetAndDestroy();
        else if (text === 'bye\n') socket.end('good\nbye');
        else socket.write(bytes);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const to = (more: object = {}) => ({ address: '192.168.1.3', port, ...more });

  it('hears its own echo, line by line', async () => {
    const lines$ = app()
      .tcp$(to())
      .pipe(
        tap(({ send }) => {
          send('你好\nhe');
          send('llo\n');
        }),
        switchMap(({ messages$ }) => messages$.pipe(splitLines())),
        take(2),
        toArray(),
      );

    expect(await firstValueFrom(lines$)).toEqual(['你好', 'hello']);
  });

  it('hears a megabyte, in frames with their length in front', async () => {
    const frame = new Uint8Array(4 + 1_048_576).fill(7);
    new DataView(frame.buffer).setUint32(0, 1_048_576);
    const frames$ = app()
      .tcp$(to())
      .pipe(
        tap(({ send }) => {
          send(frame.buffer);
          send(Uint8Array.of(0, 0, 0, 1, 9).buffer);
        }),
        switchMap(({ messages$ }) => messages$.pipe(splitByLength({ bytes: 4 }))),
        map((bytes) => bytes.byteLength),
        take(2),
        toArray(),
      );

    expect(await firstValueFrom(frames$)).toEqual([1_048_576, 1]);
  });

  it('completes when the peer has closed, and errors when it breaks', async () => {
    const { tcp$ } = app();
    const saying = (text: string) =>
      firstValueFrom(
        tcp$(to()).pipe(
          tap(({ send }) => send(text)),
          mergeMap(({ messages$ }) => messages$.pipe(splitLines())),
          toArray(),
        ),
      );

    expect(await saying('bye\n')).toEqual(['good', 'bye']);
    expect(await codeOf(saying('die\n'))).toEqual(['connection', undefined]);
  });

  it('[TCP-1][LAN-1] refuses what the platform would, and says why', async () => {
    const { tcp$, phone } = app();
    const made: unknown[] = [];
    phone.events$.subscribe((event) => made.push(event));

    expect(await codeOf(firstValueFrom(tcp$(to({ address: device.localip }))))).toEqual([
      'domain-not-allowed',
      'LAN-1',
    ]);
    expect(await codeOf(firstValueFrom(tcp$(to({ address: '192.168.2.9' }))))).toEqual(['domain-not-allowed', 'TCP-1']);
    expect(await codeOf(firstValueFrom(tcp$(to({ port: 8080 }))))).toEqual(['domain-not-allowed', 'TCP-1']);
    expect(made).toEqual([]);
  });

  it('errors where nobody listens', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port: free } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));

    expect(await codeOf(firstValueFrom(app().tcp$(to({ port: free }))))).toEqual(['connection', undefined]);
  });
});

describe('udp$, on real sockets', () => {
  const peers: Datagrams[] = [];
  afterAll(() => peers.forEach((peer) => peer.close()));

  async function peer(): Promise<number> {
    const socket = createDatagrams('udp4');
    peers.push(socket);
    socket.on('message', (message, { port, address }) => socket.send(`heard: ${String(message)}`, port, address));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return socket.address().port;
  }

  it('hears who answers, and from where', async () => {
    const port = await peer();
    const answer$ = app()
      .udp$()
      .pipe(
        tap(({ send }) => send({ address: '192.168.1.4', port, message: 'who?' })),
        switchMap(({ messages$ }) => messages$),
        map(({ message, remoteInfo }) => [Buffer.from(message).toString(), remoteInfo.address, remoteInfo.port]),
      );

    expect(await firstValueFrom(answer$)).toEqual(['heard: who?', '192.168.1.4', port]);
  });

  it('[LAN-1][UDP-1] refuses the device itself, and what is too long', async () => {
    const { udp$ } = app();
    const sending = (address: string, message: string) =>
      codeOf(firstValueFrom(udp$().pipe(tap(({ send }) => send({ address, port: 9_000, message })))));

    expect(await sending(device.localip, 'me')).toEqual(['domain-not-allowed', 'LAN-1']);
    expect(await sending('192.168.1.4', '再'.repeat(1_366))).toEqual(['too-large', 'UDP-1']);
  });
});

describe('localServices$, on the simulated network', () => {
  it('finds what is there', async () => {
    const service = { serviceType: '_http._tcp', serviceName: 'printer', ip: '192.168.1.5', port: 9_100 };
    const { phone } = app({ localServices: [service] });

    expect(await firstValueFrom(localServices$('_http._tcp', { wx: phone.wx }))).toEqual({ type: 'found', ...service });
  });
});
