import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TcpSocket, UdpSocket } from '../../../src/simulator/apis/raw-socket-types.js';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { hearing } from '../hearing.js';
import { fastClock } from '../../support/fast-clock.js';

// A phone at 127.0.0.2, whose local network is all of 127.0.0.0/8.
const device = { localip: '127.0.0.2', netmask: '255.0.0.0' };
const phones: Simulator[] = [];
const phone = (options: SimulatorOptions = {}) => {
  const made = createSimulator({ device, ...options });
  phones.push(made);
  return made;
};
afterAll(() => Promise.all(phones.map((one) => one.close())));

describe('TCP, on real sockets', () => {
  let server: Server;
  let port: number;
  const connections = new Set<Socket>();
  /** By what it hears first: `bye` is answered and closed, `die` reset, anything else echoed. */
  const behave = (socket: Socket) => {
    connections.add(socket);
    socket.on('error', () => {}).on('close', () => connections.delete(socket));
    socket.on('data', (bytes) => {
      const text = bytes.toString();
      if (text === 'bye') socket.end('bye');
      else if (text === 'die') socket.resetAndDestroy();
      else socket.write(bytes);
    });
  };
  const listen = (at: number) =>
    new Promise<void>((resolve) => {
      server = createServer(behave).listen(at, '127.0.0.3', resolve);
    });
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of connections) socket.destroy();
    await closed;
  };

  beforeAll(async () => {
    await listen(0);
    port = (server.address() as AddressInfo).port;
  });
  afterAll(stop);

  const opened = ({ wx }: Simulator, address = '127.0.0.3', to = port) => {
    const { lines, note, told } = hearing();
    const socket: TcpSocket = wx.createTCPSocket();
    const received: Buffer[] = [];
    socket.onConnect(({ remoteInfo }) => note(`connect ${remoteInfo.address}`));
    socket.onMessage(({ message }) => {
      received.push(Buffer.from(message));
      note(`message ${Buffer.concat(received).length}`);
    });
    socket.onError(({ errMsg }) => note(`error ${errMsg}`));
    socket.onClose(() => note('close'));
    socket.connect({ address, port: to });
    return { socket, lines, told, text: () => Buffer.concat(received).toString() };
  };

  it('[TCP-1] echoes text and bytes with a neighbour, from the address of the device', async () => {
    const { socket, told, text, lines } = opened(phone());
    await told('connect 127.0.0.3');
    expect([...connections].map(({ remoteAddress }) => remoteAddress)).toContain('127.0.0.2');
    socket.write('你好');
    await told('message 6');
    socket.write(new Uint8Array([33]).buffer);
    await told('message 7');
    socket.close();
    await told('close');

    expect(text()).toBe('你好!');
    expect(lines.at(-1)).toBe('close');
  });

  it('loses nothing of 1 MB, and writes all of it before it closes', async () => {
    const { socket, told, text } = opened(phone());
    const sent = 'x'.repeat(1_048_575) + 'y';
    await told('connect');
    socket.write(sent);
    await told('message 1048576');
    expect(text()).toBe(sent);

    const before = connections.size;
    socket.write(sent);
    socket.close();
    await told('close');
    await expectSoon(() => connections.size === before - 1);
  });

  it('tells a peer that closes, one that resets, one that is not there', async () => {
    const simulator = phone();
    const closing = opened(simulator);
    await closing.told('connect');
    closing.socket.write('bye');
    await closing.told('close');
    expect(closing.lines).toEqual(['connect 127.0.0.3', 'message 3', 'close']);

    const dying = opened(simulator);
    await dying.told('connect');
    dying.socket.write('die');
    await dying.told('close');
    expect(dying.lines).toEqual([
      'connect 127.0.0.3',
      'error write socket fail: errno:104 errmsg:Connection reset by peer',
      'close',
    ]);

    const absent = opened(simulator, '127.0.0.99');
    expect(await absent.told('error')).toBe('error connect socket fail: errno:111 errmsg:Connection refused');
  });

  it('goes on with a server that is started again, on a new socket', async () => {
    const simulator = phone();
    const before = opened(simulator);
    await before.told('connect');
    await stop();
    await before.told('close');
    await listen(port);
    const again = opened(simulator);
    await again.told('connect');
    again.socket.write('back');

    expect(await again.told('message')).toBe('message 4');
  });

  it('[LAN-1] [TCP-1] refuses its own address, the outside, and the ports of servers', async () => {
    const simulator = phone();

    for (const [address, to, words] of [
      ['127.0.0.2', port, 'invalid address'],
      ['192.168.1.7', port, 'invalid address'],
      ['127.0.0.3', 3306, 'invalid port'],
    ] as const) {
      expect(await opened(simulator, address, to).told('error')).toBe(`error connect fail: ${words}`);
    }
  });

  it('finds a listed name, and a neighbour of a LAN that is not there, by lookup', async () => {
    const simulator = createSimulator({
      domains: { tcp: ['tcp://iot.example.com:9000'] },
      lookup: () => ({ address: '127.0.0.3', port }),
    });
    phones.push(simulator);

    expect(await opened(simulator, '192.168.1.7', 9000).told('connect')).toBe('connect 192.168.1.7');
    expect(await opened(simulator, 'iot.example.com', 9000).told('connect')).toBe('connect 127.0.0.3');
  });

  it('[BG-1] is cut by the background, at the peer too', async () => {
    const simulator = phone({ scheduler: fastClock(50) });
    const before = connections.size;
    const { told, lines } = opened(simulator);
    await told('connect');
    simulator.enterBackground();
    await told('close');
    await expectSoon(() => connections.size === before);

    expect(lines).toEqual(['connect 127.0.0.3', 'error fail: interrupted', 'close']);
  });
});

describe('UDP, on real sockets', () => {
  const peers: Datagrams[] = [];
  let port = 0;
  /** Answers each datagram with its own address in front. */
  const peer = async (address: string) => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port, address, resolve));
    socket.on('message', (bytes, { port: from, address: asker }) =>
      socket.send(`${address}: ${bytes.toString()}`, from, asker),
    );
    peers.push(socket);
    port = socket.address().port;
  };

  beforeAll(async () => {
    await peer('127.0.0.3');
    await peer('127.0.0.4');
  });
  afterAll(async () => {
    await Promise.all(peers.map((socket) => new Promise<void>((resolve) => void socket.close(resolve))));
  });

  const bound = ({ wx }: Simulator) => {
    const { lines, note, told } = hearing();
    const socket: UdpSocket = wx.createUDPSocket();
    socket.onMessage(({ message, remoteInfo, localInfo }) =>
      note(
        `message ${Buffer.from(message).toString()} | ${remoteInfo.address} ${remoteInfo.port === port} ${remoteInfo.size} | ${localInfo.address}`,
      ),
    );
    socket.onError(({ errMsg }) => note(`error ${errMsg}`));
    socket.onClose(() => note('close'));
    return { socket, lines, told, at: socket.bind() };
  };

  it('[UDP-1] binds at once to a real port, sends to a neighbour, and hears the answer', async () => {
    const { socket, told, at } = bound(phone());
    expect(at).toBeGreaterThan(1_023);
    socket.send({ address: '127.0.0.3', port, message: 'hi' });

    expect(await told('message')).toBe('message 127.0.0.3: hi | 127.0.0.3 true 13 | 127.0.0.2');
  });

  it('[UDP-1] fans a broadcast out to its neighbours', async () => {
    const { socket, told } = bound(phone({ neighbours: ['127.0.0.3', '127.0.0.4'] }));
    socket.setTTL(0);
    socket.send({ address: '255.255.255.255', port, message: 'who?', setBroadcast: true });

    expect(await told('message 127.0.0.3')).toMatch('127.0.0.3: who?');
    expect(await told('message 127.0.0.4')).toMatch('127.0.0.4: who?');
  });

  it('takes 4 095 bytes, and no more', async () => {
    const { socket, told, lines } = bound(phone({ udpReach: 'anywhere' }));
    socket.send({ address: '127.0.0.4', port, message: new ArrayBuffer(4_000) });
    await told('message 127.0.0.4');
    socket.send({ address: '127.0.0.4', port, message: new ArrayBuffer(4_096) });

    expect(await told('error')).toBe('error send socket fail: errno:90 errmsg:Message too long');
    expect(lines).toHaveLength(2);
  });

  it('tells a port that somebody else has, and lets go of its own', async () => {
    const simulator = phone();
    const first = bound(simulator);
    const second = hearing();
    const socket = simulator.wx.createUDPSocket();
    socket.onError(({ errMsg }) => second.note(errMsg));

    expect(socket.bind(first.at)).toBe(0);
    expect(await second.told('bind')).toBe('bind socket fail: errno:98 errmsg:Address already in use');
    first.socket.close();
    await first.told('close');
    expect(socket.bind(first.at)).toBe(first.at);
  });

  it('knows a peer of a LAN that is not there by the address that it wrote to', async () => {
    const simulator = createSimulator({
      lookup: (address) => ({ address: '127.0.0.3', port: address === '192.168.1.7' ? port : 1 }),
    });
    phones.push(simulator);
    const { socket, told } = bound(simulator);
    socket.send({ address: '192.168.1.7', port: 9000, message: 'x' });

    expect(await told('message')).toBe('message 127.0.0.3: x | 192.168.1.7 false 12 | 192.168.1.100');
  });

  it('[BG-1] is cut by the background, and its port is free again', async () => {
    const simulator = phone({ scheduler: fastClock(50) });
    const { told, at } = bound(simulator);
    simulator.enterBackground();
    await told('close');
    simulator.enterForeground();

    expect(simulator.wx.createUDPSocket().bind(at)).toBe(at);
  });
});

async function expectSoon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}
