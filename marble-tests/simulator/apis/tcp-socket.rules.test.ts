import { at, createLog } from '../phone.js';
import { heardTcp, rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';
import { PEER, PEERS } from './tcp-peers.js';
const INVALID_ADDRESS = 'error {"errMsg":"connect fail: invalid address","errCode":-4}';

describe('wx.createTCPSocket', () => {
  it.each([
    ['LAN-1', "the device's own address", '192.168.1.100', 9000, INVALID_ADDRESS],
    ['LAN-1', 'localhost', 'localhost', 9000, INVALID_ADDRESS],
    ['TCP-1', 'an address in another subnet', '192.168.2.7', 9000, INVALID_ADDRESS],
    ['TCP-1', 'everybody on its own subnet', '192.168.1.255', 9000, INVALID_ADDRESS],
    ['TCP-1', 'a domain that is not listed', 'other.example.com', 9000, INVALID_ADDRESS],
    ['TCP-1', 'another port than the listed one', 'iot.example.com', 9001, INVALID_ADDRESS],
    ...[80, 1023, 1433, 3306, 6379, 8000, 8080, 8100, 8443, 27017].map(
      (port) =>
        [
          'TCP-1',
          `port ${port}`,
          '192.168.1.7',
          port,
          'error {"errMsg":"connect fail: invalid port","errCode":2}',
        ] as const,
    ),
  ] as const)('[%s] refuses %s', (rule, _what, address, port, error) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      // The check is made with urlCheck: false all the same.
      const simulator = rawPhone(PEERS, { domains: { tcp: ['tcp://iot.example.com:9000'] }, urlCheck: false });
      const rules: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
      heardTcp(simulator.wx.createTCPSocket(), note).connect({ address, port });
      flush();

      expect(lines).toEqual([`0 ${error}`]);
      expect(rules).toEqual([rule]);
    })();
  });

  it(
    '[TCP-1] [LAN-1] reaches neighbours and listed domains',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const { wx } = rawPhone(PEERS, { domains: { tcp: ['tcp://iot.example.com:9000', 'tcp://any.example.com'] } });
      for (const address of ['192.168.1.7', 'iot.example.com', 'any.example.com']) {
        heardTcp(wx.createTCPSocket(), note).connect({ address, port: 9000 });
      }
      flush();

      expect(lines).toEqual([
        '0 connect iot.example.com:9000',
        '0 connect any.example.com:9000',
        '5 connect 192.168.1.7:9000',
      ]);
    }),
  );

  it.each([Infinity, 1e9])('[TCP-1] gives no connection up at once because it may take %s s', (timeout) => {
    marbles(({ flush }) => {
      const simulator = rawPhone(PEERS);
      const limits: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'socket-connecting' && limits.push(event.timeoutMs));
      simulator.wx.createTCPSocket().connect({ address: '192.168.1.7', port: 9000, timeout });
      flush();

      // Node's timers are over at once beyond it.
      expect(limits).toEqual([2 ** 31 - 1]);
    })();
  });

  it(
    '[TCP-1] makes twenty within five minutes, whatever becomes of them',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const { wx } = rawPhone(PEERS);
      for (let index = 0; index < 20; index++) at(index, () => wx.createTCPSocket().close());
      at(299_999, () => heardTcp(wx.createTCPSocket(), note));
      at(300_000, () => heardTcp(wx.createTCPSocket(), note).connect(PEER));
      flush();

      expect(lines).toEqual([
        '299999 error {"errMsg":"create too much","errCode":-1}',
        '300005 connect 192.168.1.7:9000',
      ]);
    }),
  );

  it(
    '[BG-1] [BG-2] is cut five seconds after the hide, and connects nowhere until the return',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS);
      heardTcp(simulator.wx.createTCPSocket(), note).connect(PEER);
      const later = heardTcp(simulator.wx.createTCPSocket(), (what) => note(`later: ${what}`));
      at(10, simulator.enterBackground);
      at(20, () => later.connect(PEER));
      at(6_000, simulator.enterForeground);
      at(6_001, () => later.connect(PEER));
      flush();

      expect(lines).toEqual([
        '5 connect 192.168.1.7:9000',
        '20 later: error {"errMsg":"fail: interrupted","errCode":-1}',
        '5010 error {"errMsg":"fail: interrupted","errCode":-1}',
        '5010 close',
        '6006 later: connect 192.168.1.7:9000',
      ]);
    }),
  );

  it(
    "[BG-1] stays with rawSocketsInBackground: 'keep', and what comes meanwhile is told on return",
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const says$ = cold('5500ms a 10s b', { a: 'one', b: 'two' });
      const simulator = rawPhone({ tcp: { '192.168.1.7:9000': { says$ } } }, { rawSocketsInBackground: 'keep' });
      heardTcp(simulator.wx.createTCPSocket(), note).connect(PEER);
      at(10, simulator.enterBackground);
      at(7_000, simulator.enterForeground);
      flush();

      expect(lines).toEqual(['0 connect 192.168.1.7:9000', '7000 message one', '15501 message two']);
    }),
  );

  it(
    'breaks when the network is lost, and does not connect without one',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS);
      heardTcp(simulator.wx.createTCPSocket(), note).connect(PEER);
      const later = heardTcp(simulator.wx.createTCPSocket(), (what) => note(`later: ${what}`));
      at(10, () => simulator.setNetwork('none'));
      at(20, () => later.connect(PEER));
      flush();

      const unreachable = (what: string) =>
        `error {"errMsg":"${what} socket fail: errno:101 errmsg:Network is unreachable","errCode":-2,"errNum":101}`;
      expect(lines).toEqual([
        '5 connect 192.168.1.7:9000',
        `10 ${unreachable('write')}`,
        '10 close',
        `20 later: ${unreachable('connect')}`,
      ]);
    }),
  );
});
