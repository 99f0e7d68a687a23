import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { fastClock } from '../../support/fast-clock.js';
import { startSocketServer, type SocketServer } from '../../support/socket-server.js';
import { logged } from '../socket-log.js';

const CHAT = 'wss://chat.example.com';

describe('WebSockets, on real sockets', () => {
  let server: SocketServer;
  const phones: Simulator[] = [];
  const phone = (options: SimulatorOptions = {}, at: Pick<SocketServer, 'lookup' | 'ca'> = server) => {
    const { lookup, ca } = at;
    const made = createSimulator({ domains: { socket: [CHAT] }, lookup, ca, ...options });
    phones.push(made);
    return made;
  };

  beforeAll(async () => {
    server = await startSocketServer({
      onConnection: (socket, { url }) => {
        if (url === '/kicks') socket.close(4001, 'kicked');
        else if (url === '/no-code') socket.close();
        else if (url === '/greets') socket.send('first');
        // No `message` listener would do, but a close must not be answered either.
        else if (url === '/half-open') socket.pause();
        else socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
      },
      refuse: (path) => Number(/^\/refuse-(\d+)/.exec(path)?.[1]) || undefined,
    });
  });
  afterAll(async () => {
    await Promise.all(phones.map((one) => one.close()));
    await server.stop();
  });

  it('echoes text, and says what it is', async () => {
    const { task, told, lines } = logged(phone(), `${CHAT}/echo`);
    await told('open');
    task.send({ data: '你好 👋' });
    await told('message');
    task.close({ code: 3001, reason: 'enough' });
    await told('close');

    expect(lines).toEqual(['open', 'message 你好 👋', 'close 3001 enough']);
  });

  it('echoes bytes as an ArrayBuffer, and frames of 1 MB of either kind', async () => {
    const { task, told, messages } = logged(phone(), `${CHAT}/echo`, { perMessageDeflate: true });
    const bytes = new Uint8Array(randomBytes(1_048_576));
    const text = '中文 '.repeat(150_000);
    await told('open');
    task.send({ data: new Uint8Array([1, 2, 3]).buffer });
    task.send({ data: bytes.buffer });
    task.send({ data: text });
    await told(`message ${text.slice(0, 40)}`);

    expect(messages.map((data) => Object.prototype.toString.call(data))).toEqual([
      '[object ArrayBuffer]',
      '[object ArrayBuffer]',
      '[object String]',
    ]);
    expect(new Uint8Array(messages[0] as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
    expect(Buffer.compare(Buffer.from(messages[1] as ArrayBuffer), bytes)).toBe(0);
    expect(messages[2] === text).toBe(true);
  });

  it('loses no message that comes with the handshake', async () => {
    const { lines, told } = logged(phone(), `${CHAT}/greets`);
    await told('message');

    expect(lines).toEqual(['open', 'message first']);
  });

  it('[LIM-1] hands header, sub-protocols and Referer to the server', async () => {
    const { task, told } = logged(phone({ appId: 'wx1', version: '3', envVersion: 'release' }), `${CHAT}/seen?a=1`, {
      header: { 'X-Token': 't', Referer: 'https://mine.example.com/' },
      protocols: ['chat.v1', 'chat.v2'],
      perMessageDeflate: true,
      tcpNoDelay: true,
    });
    const header = new Promise<Record<string, string>>((resolve) => task.onOpen((opened) => resolve(opened.header)));
    await told('open');

    expect(server.handshakes.at(-1)).toMatchObject({
      url: '/seen?a=1',
      headers: {
        host: 'chat.example.com',
        'x-token': 't',
        referer: 'https://servicewechat.com/wx1/3/page-frame.html',
        'sec-websocket-protocol': 'chat.v1,chat.v2',
        'sec-websocket-extensions': expect.stringContaining('permessage-deflate'),
      },
    });
    expect(await header).toMatchObject({ 'Sec-WebSocket-Protocol': 'chat.v2' });
  });

  it.each([
    ['kicks', 'close 4001 kicked'],
    ['no-code', 'close 1005 '],
  ])('tells how the server ends it (%s)', async (path, close) => {
    expect(await logged(phone(), `${CHAT}/${path}`).told('close')).toBe(close);
  });

  it.each([401, 403, 404, 503, 200, 302])('tells a handshake that is answered with %i', async (status) => {
    const { told, lines } = logged(phone(), `${CHAT}/refuse-${status}`);
    await told('close');

    expect(lines).toEqual(['error Invalid HttpCode', 'close 1006 abnormal closure']);
  });

  it.each([
    ['/refuse-403', {}, 'status 403'],
    ['/', { protocols: ['chat.v9'] }, 'Server sent no subprotocol'],
  ])('[K9.14] says in events$ why a handshake failed: %s %j', async (path, option, expected) => {
    const simulator = phone();
    const reasons: unknown[] = [];
    simulator.events$.subscribe((event) => event.type === 'socket-failed' && reasons.push(event.reason));
    const closed = new Promise<void>((resolve) => {
      simulator.wx.connectSocket({ url: `${CHAT}${path}`, ...option }).onClose(() => resolve());
    });
    await closed;

    expect(reasons).toEqual([expected]);
  });

  it('[K6.5] opens an address with a fragment, which never goes out', async () => {
    const { told, lines } = logged(phone(), `${CHAT}/greets#room`);
    await told('message');

    expect(lines).toEqual(['open', 'message first']);
  });

  it('tells a port where nobody listens, and a name that does not resolve', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const nobody = logged(phone({ lookup: () => ({ address: '127.0.0.1', port }) }), `${CHAT}/`);
    const nameless = logged(
      phone({ lookup: undefined, domains: { socket: ['wss://no-such-host.invalid'] } }),
      'wss://no-such-host.invalid/',
    );

    for (const { told, lines } of [nobody, nameless]) {
      await told('close');
      expect(lines).toEqual(['error Underlying Transport Error', 'close 1006 abnormal closure']);
    }
  });

  it('tells a certificate that it does not trust, and takes it with urlCheck: false', async () => {
    const another = await startSocketServer({ hosts: ['another.example.org'] });
    const untrusted = logged(phone({ ca: undefined }), `${CHAT}/`);
    const misnamed = logged(phone({}, another), `${CHAT}/`);
    const unchecked = logged(phone({ ca: undefined, urlCheck: false }), `${CHAT}/`);

    for (const { told, lines } of [untrusted, misnamed]) {
      await told('close');
      expect(lines).toEqual(['error TLS handshake failed', 'close 1006 abnormal closure']);
    }
    expect(await unchecked.told('open')).toBe('open');
    await another.stop();
  });

  it('goes on with a server that is started again, on a new socket', async () => {
    const first = await startSocketServer();
    const simulator = phone({}, first);
    const before = logged(simulator, `${CHAT}/`);
    await before.told('open');
    await first.stop();
    expect(await before.told('close')).toBe('close 1006 abnormal closure');
    expect(before.lines).toEqual(['open', 'close 1006 abnormal closure']);

    const second = await startSocketServer({ port: first.port });
    const again = logged(phone({}, second), `${CHAT}/`);
    await again.told('open');
    again.task.send({ data: 'back' });
    expect(await again.told('message')).toBe('message back');
    await second.stop();
  });

  it('takes a half-open server for alive, and gives up its close in the time of the simulator', async () => {
    const { task, told, lines } = logged(phone({ scheduler: fastClock(100) }), `${CHAT}/half-open`);
    await told('open');
    task.send({ data: 'there?' });
    const closing = performance.now();
    task.close();
    await told('close');

    expect(lines).toEqual(['open', 'close 1006 abnormal closure']);
    expect(performance.now() - closing).toBeGreaterThan(250);
  });

  it('[TIME-1] [TIME-2] gives up a handshake that nobody answers, and its connection', async () => {
    let left: () => void;
    const hasLeft = new Promise<void>((resolve) => (left = resolve));
    const mute = createServer((connection) =>
      connection
        .on('error', () => {})
        .on('close', () => left())
        .resume(),
    );
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const lookup = () => ({ address: '127.0.0.1', port });
    const { told, lines } = logged(phone({ lookup }), `${CHAT}/`, { timeout: 40 });
    await told('close');

    expect(lines).toEqual(['error Timer Expired', 'close 1006 abnormal closure']);
    await hasLeft;
    await new Promise((resolve) => mute.close(resolve));
  });

  it('[LIM-3] has five at the server at once, and room for the next when one has closed', async () => {
    const simulator = phone();
    const five = Array.from({ length: 5 }, () => logged(simulator, `${CHAT}/five`));
    const sixth = logged(simulator, `${CHAT}/five`);
    await Promise.all(five.map(({ told }) => told('open')));
    expect(sixth.lines).toEqual(['fail createSocketTask:fail wcwss taskID=6 exceed max concurrent count']);

    five[0]!.task.close();
    await five[0]!.told('close');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await logged(simulator, `${CHAT}/five`).told('open')).toBe('open');
    expect(server.handshakes.filter(({ url }) => url === '/five')).toHaveLength(6);
  });

  it('[BG-1] [BG-2] ends sockets five seconds after the hide, at the server too', async () => {
    const simulator = phone({ scheduler: fastClock(50), interruptedSocket: 0 });
    const before = server.open();
    const { told } = logged(simulator, `${CHAT}/echo`);
    await told('open');
    simulator.enterBackground();
    const refused = logged(simulator, `${CHAT}/echo`);

    expect(await refused.told('fail')).toBe('fail connectSocket:fail interrupted');
    expect(await told('close')).toBe('close 0 interrupted');
    await expectSoon(() => server.open() === before);
    simulator.enterForeground();
    expect(await logged(simulator, `${CHAT}/echo`).told('open')).toBe('open');
  });

  it('[LAN-1] reaches a neighbour over ws, without a list, and not itself', async () => {
    const plain = await startSocketServer({ tls: false });
    const options = { domains: {}, lookup: undefined, device: { localip: '127.0.0.2', netmask: '255.0.0.0' } };
    const simulator = phone(options, plain);
    const neighbour = logged(simulator, `ws://127.0.0.1:${plain.port}/`);
    const own = logged(simulator, `ws://127.0.0.2:${plain.port}/`);

    expect(await neighbour.told('open')).toBe('open');
    expect(await own.told('fail')).toBe('fail createSocketTask:fail url not in domain list');
    await simulator.close();
    await plain.stop();
  });

  it('connects to an IPv6 address with urlCheck: false', async () => {
    const asked: string[] = [];
    const lookup = (host: string) => {
      asked.push(host);
      return server.lookup();
    };
    const { told } = logged(phone({ urlCheck: false, lookup }), 'wss://[::1]:9000/echo');

    expect(await told('open')).toBe('open');
    expect(asked).toEqual(['::1']);
  });

  it('leaves nothing open at the server when the simulator is closed', async () => {
    const simulator = phone();
    const before = server.open();
    const { told, lines } = logged(simulator, `${CHAT}/echo`);
    await told('open');
    await simulator.close();
    await told('close');
    await expectSoon(() => server.open() === before);

    expect(lines).toEqual(['open', 'close 1006 abnormal closure']);
  });
});

async function expectSoon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}
