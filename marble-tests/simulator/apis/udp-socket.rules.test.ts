import { at, createLog } from '../phone.js';
import { heardUdp, rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';
import { PEERS } from './udp-peers.js';

describe('wx.createUDPSocket', () => {
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
});
