import { map, NEVER, type Observable } from 'rxjs';
import type { SimulatorEvent } from '../../../src/simulator/events.js';
import type { ScriptWireOptions } from '../../../src/simulator/wires/script.js';
import { at, createLog } from '../phone.js';
import { heardUdp, rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';

const answer = (name: string) => ({
  says$: (heard$: Observable<Uint8Array>) => heard$.pipe(map((bytes) => `${name}: ${Buffer.from(bytes).toString()}`)),
});
const PEERS: ScriptWireOptions = {
  udp: {
    '192.168.1.7:9000': answer('lamp'),
    '192.168.1.8:9000': answer('printer'),
    '192.168.1.9:9001': answer('radio'),
    'iot.example.com:9000': answer('iot'),
    '8.8.8.8:9000': answer('far'),
  },
};

describe('wx.createUDPSocket', () => {
  it(
    'binds at once, sends, hears and closes',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS);
      const events: SimulatorEvent[] = [];
      simulator.events$.subscribe((event) => events.push(event));
      const socket = heardUdp(simulator.wx.createUDPSocket(), note);
      note(`port ${socket.bind(5_000)}`);
      at(10, () => socket.send({ address: '192.168.1.7', port: 9000, message: '灯' }));
      at(20, () => {
        const message = new TextEncoder().encode('on and off').buffer;
        socket.write({ address: '192.168.1.7', port: 9000, message, offset: 3, length: 3 });
      });
      at(30, () => socket.close());
      at(40, () => socket.send({ address: '192.168.1.7', port: 9000, message: 'too late' }));
      flush();

      expect(lines).toEqual([
        '0 port 5000',
        '0 listening',
        '10 message lamp: 灯 from 192.168.1.7:9000',
        '20 message lamp: and from 192.168.1.7:9000',
        '30 close',
        '40 error {"errMsg":"send socket fail: errno:9 errmsg:Bad file descriptor","errCode":-2,"errNum":9}',
      ]);
      expect(events.slice(0, 5)).toEqual([
        { type: 'socket-created', id: 1, api: 'createUDPSocket', at: 0 },
        { type: 'socket-connecting', id: 1, url: 'udp://192.168.1.100:5000', at: 0 },
        { type: 'socket-opened', id: 1, at: 0 },
        { type: 'socket-sent', id: 1, bytes: 3, peer: '192.168.1.7:9000', at: 10 },
        { type: 'socket-received', id: 1, bytes: 9, peer: '192.168.1.7:9000', at: 10 },
      ]);
    }),
  );

  it(
    'tells both ends of a message',
    marbles(({ flush }) => {
      const told: unknown[] = [];
      const socket = rawPhone(PEERS).wx.createUDPSocket('udp4');
      socket.onMessage(({ remoteInfo, localInfo }) => told.push({ remoteInfo, localInfo }));
      const port = socket.bind();
      socket.send({ address: '192.168.1.7', port: 9000, message: 'x' });
      flush();

      expect(told).toEqual([
        {
          remoteInfo: { address: '192.168.1.7', family: 'IPv4', port: 9000, size: 7 },
          localInfo: { address: '192.168.1.100', family: 'IPv4', port },
        },
      ]);
    }),
  );

  it(
    '[UDP-1] broadcasts to all on the port: to everybody as it is, to the subnet with setBroadcast',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const socket = heardUdp(rawPhone(PEERS).wx.createUDPSocket(), note);
      socket.bind();
      at(10, () => socket.send({ address: '255.255.255.255', port: 9000, message: 'a' }));
      at(20, () => socket.send({ address: '192.168.1.255', port: 9001, message: 'b', setBroadcast: true }));
      at(30, () => socket.send({ address: '192.168.1.255', port: 9001, message: 'c' }));
      flush();

      expect(lines).toEqual([
        '0 listening',
        '10 message lamp: a from 192.168.1.7:9000',
        '10 message printer: a from 192.168.1.8:9000',
        '10 message iot: a from iot.example.com:9000',
        '10 message far: a from 8.8.8.8:9000',
        '20 message radio: b from 192.168.1.9:9001',
        '30 error {"errMsg":"send socket fail: errno:13 errmsg:Permission denied","errCode":-2,"errNum":13}',
      ]);
    }),
  );

  it.each([
    ['LAN-1', "the device's own address", '192.168.1.100'],
    ['UDP-1', 'an address in another subnet', '8.8.8.8'],
    ['UDP-1', 'a domain that is not listed', 'other.example.com'],
  ])('[%s] refuses %s', (rule, _what, address) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS, { domains: { udp: ['udp://iot.example.com:9000'] } });
      const rules: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
      const socket = heardUdp(simulator.wx.createUDPSocket(), note);
      socket.bind();
      socket.send({ address, port: 9000, message: 'x' });
      socket.send({ address: 'iot.example.com', port: 9000, message: 'x' });
      flush();

      expect(lines).toEqual([
        '0 listening',
        '0 error {"errMsg":"send fail: invalid address","errCode":1}',
        '0 message iot: x from iot.example.com:9000',
      ]);
      expect(rules).toEqual([rule]);
    })();
  });

  it(
    "[UDP-1] reaches anything but itself with udpReach: 'anywhere'",
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const socket = heardUdp(rawPhone(PEERS, { udpReach: 'anywhere' }).wx.createUDPSocket(), note);
      socket.bind();
      socket.send({ address: '8.8.8.8', port: 9000, message: 'x' });
      socket.send({ address: '192.168.1.100', port: 9000, message: 'x' });
      flush();

      expect(lines).toEqual([
        '0 listening',
        '0 message far: x from 8.8.8.8:9000',
        '0 error {"errMsg":"send fail: invalid address","errCode":1}',
      ]);
    }),
  );

  it.each([
    ...['127.0.0.1', '127.1', '0x7f000001', '2130706433', '0.0.0.0', '192.168.1.100', '0300.0250.1.0144'],
    ...['localhost', 'LOCALHOST', 'localhost.', 'app.localhost', '::1', '::', '0:0:0:0:0:0:0:1', '::1%lo'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:192.168.1.100'],
  ])("[LAN-1] knows %s for the device's own, with udpReach: 'anywhere' too", (address) => {
    marbles(({ flush }) => {
      const simulator = rawPhone(PEERS, { udpReach: 'anywhere' });
      const rules: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
      const socket = simulator.wx.createUDPSocket();
      socket.bind();
      socket.send({ address, port: 9000, message: 'x' });
      flush();

      expect(rules).toEqual(['LAN-1']);
    })();
  });

  it(
    '[UDP-1] sends messages under 4 096 bytes, and drops longer ones that come',
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const says$ = cold('--a-b', { a: new Uint8Array(4_095), b: new Uint8Array(4_096) });
      const simulator = rawPhone({ udp: { '192.168.1.7:9000': { says$ } } });
      const rules: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
      const socket = simulator.wx.createUDPSocket();
      socket.onMessage(({ message }) => note(`message ${message.byteLength}`));
      socket.onError(({ errMsg }) => note(errMsg));
      socket.bind();
      at(10, () => socket.send({ address: '192.168.1.7', port: 9000, message: new ArrayBuffer(4_095) }));
      at(20, () => socket.send({ address: '192.168.1.7', port: 9000, message: '字'.repeat(1_366) }));
      flush();

      expect(lines).toEqual(['2 message 4095', '20 send socket fail: errno:90 errmsg:Message too long']);
      expect(rules).toEqual(['UDP-1', 'UDP-1']);
    }),
  );

  it(
    'hears one peer alone once it is connected',
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const says$ = () => cold('-a---b', { a: 'one', b: 'two' });
      const peers = { udp: { '192.168.1.7:9000': { says$: says$() }, '192.168.1.8:9000': { says$: says$() } } };
      const socket = heardUdp(rawPhone(peers).wx.createUDPSocket(), note);
      socket.bind();
      at(3, () => socket.connect({ address: '192.168.1.8', port: 9000 }));
      flush();

      expect(lines).toEqual([
        '0 listening',
        '1 message one from 192.168.1.7:9000',
        '1 message one from 192.168.1.8:9000',
        '5 message two from 192.168.1.8:9000',
      ]);
    }),
  );

  it(
    '[BG-1] [BG-2] is cut five seconds after the hide, and nothing is bound until the return',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS);
      heardUdp(simulator.wx.createUDPSocket(), note).bind(5_000);
      const later = heardUdp(simulator.wx.createUDPSocket(), (what) => note(`later: ${what}`));
      at(10, simulator.enterBackground);
      at(20, () => note(`bound to ${later.bind(5_000)}`));
      at(6_000, simulator.enterForeground);
      at(6_001, () => note(`bound to ${later.bind(5_000)}`));
      flush();

      expect(lines).toEqual([
        '0 listening',
        '20 bound to 0',
        '20 later: error {"errMsg":"fail: interrupted","errCode":-1}',
        '5010 error {"errMsg":"fail: interrupted","errCode":-1}',
        '5010 close',
        '6001 bound to 5000',
        '6001 later: listening',
      ]);
    }),
  );

  it(
    'neither sends nor hears without a network',
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const says$ = cold('20ms a 9ms b', { a: 'unheard', b: 'heard' });
      const simulator = rawPhone({ udp: { '192.168.1.7:9000': { says$ } } });
      const socket = heardUdp(simulator.wx.createUDPSocket(), note);
      socket.bind();
      at(10, () => simulator.setNetwork('none'));
      at(15, () => socket.send({ address: '192.168.1.7', port: 9000, message: 'x' }));
      at(25, () => simulator.setNetwork('wifi'));
      flush();

      expect(lines).toEqual([
        '0 listening',
        '15 error {"errMsg":"send socket fail: errno:101 errmsg:Network is unreachable","errCode":-2,"errNum":101}',
        '30 message heard from 192.168.1.7:9000',
      ]);
    }),
  );

  it(
    'says no to what makes no sense',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const { wx } = rawPhone(PEERS);
      const socket = wx.createUDPSocket();
      socket.onError(({ errMsg }) => note(errMsg));
      const to = { address: '192.168.1.7', port: 9000 };
      socket.send({ ...to, message: 'before bind()' });
      socket.bind(70_000);
      socket.bind(5_000);
      socket.bind(5_001);
      socket.send({ ...to, message: new Uint8Array(1) as unknown as ArrayBuffer });
      socket.send({ ...to, message: new ArrayBuffer(4), offset: 2, length: 3 });
      socket.send({ ...to, port: 0, message: 'x' });
      socket.send(undefined as never);
      socket.setTTL(256);
      socket.setTTL(64);
      const other = wx.createUDPSocket();
      other.onError(({ errMsg }) => note(`other: ${errMsg}`));
      other.bind(5_000);
      flush();

      expect(lines).toEqual([
        '0 send socket fail: errno:107 errmsg:Transport endpoint is not connected',
        '0 parameter error: port should be Number from 0 to 65535;',
        '0 bind socket fail: errno:22 errmsg:Invalid argument',
        '0 parameter error: parameter.message should be String, or ArrayBuffer that offset and length lie in;',
        '0 parameter error: parameter.message should be String, or ArrayBuffer that offset and length lie in;',
        '0 parameter error: parameter.port should be Number from 1 to 65535;',
        '0 parameter error: parameter.address should be String;',
        '0 parameter error: ttl should be Number from 0 to 255;',
        '0 other: bind socket fail: errno:98 errmsg:Address already in use',
      ]);
    }),
  );

  it('is loud about a peer that the script does not know, and about a wire without UDP', () => {
    const send = (simulator: ReturnType<typeof rawPhone>) =>
      marbles(({ flush }) => {
        const socket = simulator.wx.createUDPSocket();
        socket.bind();
        socket.send({ address: '192.168.1.77', port: 9000, message: 'x' });
        flush();
      });

    expect(send(rawPhone({ udp: { '192.168.1.7:9000': {} } }))).toThrow(
      'scriptWire: no UDP peer at 192.168.1.77:9000; known are\n  192.168.1.7:9000',
    );
    expect(send(rawPhone({}, { wire: () => NEVER }))).toThrow('createUDPSocket: this wire carries no UDP');
  });
});
