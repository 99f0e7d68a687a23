import { map, NEVER, of } from 'rxjs';
import type { SimulatorEvent } from '../../../src/simulator/events.js';
import type { ScriptWireOptions } from '../../../src/simulator/wires/script.js';
import { WireFailure } from '../../../src/simulator/wires/wire.js';
import { at, createLog } from '../phone.js';
import { heardTcp, rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';

const PEER = { address: '192.168.1.7', port: 9000 };
const PEERS: ScriptWireOptions = {
  tcp: {
    '192.168.1.7:9000': { afterMs: 5, says$: (heard$) => heard$ },
    '192.168.1.8:9000': { afterMs: 5 },
    '192.168.1.9:9000': { fails: 'refused', afterMs: 3 },
    'iot.example.com:9000': { says$: NEVER },
    'any.example.com:9000': { says$: NEVER },
  },
};
const INVALID_ADDRESS = 'error {"errMsg":"connect fail: invalid address","errCode":-4}';

describe('wx.createTCPSocket', () => {
  it(
    'connects, writes, hears and closes',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS);
      const events: SimulatorEvent[] = [];
      simulator.events$.subscribe((event) => events.push(event));
      const socket = heardTcp(simulator.wx.createTCPSocket(), note);
      socket.connect(PEER);
      at(10, () => socket.write('中'));
      at(20, () => socket.write(new TextEncoder().encode('bytes').buffer));
      at(30, () => socket.close());
      at(40, () => socket.write('too late'));
      flush();

      expect(lines).toEqual([
        '5 connect 192.168.1.7:9000',
        '10 message 中',
        '20 message bytes',
        '30 close',
        '40 error {"errMsg":"write socket fail: errno:9 errmsg:Bad file descriptor","errCode":-2,"errNum":9}',
      ]);
      expect(events.slice(0, 5)).toEqual([
        { type: 'socket-created', id: 1, api: 'createTCPSocket', at: 0 },
        { type: 'socket-connecting', id: 1, url: 'tcp://192.168.1.7:9000', timeoutMs: 2_000, at: 0 },
        { type: 'socket-opened', id: 1, at: 5 },
        { type: 'socket-sent', id: 1, bytes: 3, at: 10 },
        { type: 'socket-received', id: 1, bytes: 3, at: 10 },
      ]);
      expect(events.filter(({ type }) => type === 'socket-closed')).toHaveLength(1);
    }),
  );

  it(
    'tells both ends',
    marbles(({ flush }) => {
      const told: unknown[] = [];
      const socket = rawPhone(PEERS, {
        device: { localip: '192.168.1.2', netmask: '255.255.255.0' },
      }).wx.createTCPSocket();
      socket.onConnect((result) => told.push(result));
      socket.onMessage(({ remoteInfo, localInfo }) => told.push({ remoteInfo, localInfo }));
      socket.connect(PEER);
      at(10, () => socket.write('x'));
      flush();

      const ends = {
        remoteInfo: { address: '192.168.1.7', family: 'IPv4', port: 9000 },
        localInfo: { address: '192.168.1.2', family: 'IPv4', port: 49_152 },
      };
      expect(told).toEqual([{ ...ends, useHttpDNS: false, exception: { retryCount: '0', reasons: [] } }, ends]);
    }),
  );

  it.each([
    ['its peer closes', of('bye'), ['message bye', 'close']],
    [
      'the connection breaks',
      new WireFailure('reset'),
      [
        'error {"errMsg":"write socket fail: errno:104 errmsg:Connection reset by peer","errCode":-2,"errNum":104}',
        'close',
      ],
    ],
  ] as const)('ends when %s', (_what, end, expected) => {
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const says$ = end instanceof WireFailure ? cold('--#', undefined, end) : end.pipe(map(String));
      const socket = heardTcp(rawPhone({ tcp: { '192.168.1.7:9000': { says$ } } }).wx.createTCPSocket(), note);
      socket.connect(PEER);
      flush();

      expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual(['connect 192.168.1.7:9000', ...expected]);
    })();
  });

  it(
    'tells a peer that refuses, and closes when it is told to',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const socket = heardTcp(rawPhone(PEERS).wx.createTCPSocket(), note);
      socket.connect({ address: '192.168.1.9', port: 9000 });
      at(10, () => socket.close());
      flush();

      expect(lines).toEqual([
        '3 error {"errMsg":"connect socket fail: errno:111 errmsg:Connection refused","errCode":-2,"errNum":111}',
        '10 close',
      ]);
    }),
  );

  it.each([
    [undefined, 2_000],
    [1, 1_000],
    [0.5, 500],
    [0, 2_000],
  ])('gives up connecting after two seconds, or its own timeout in seconds (%p)', (timeout, ms) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const slow = { tcp: { '192.168.1.7:9000': { afterMs: ms + 1 } } };
      heardTcp(rawPhone(slow).wx.createTCPSocket(), note).connect({
        ...PEER,
        ...(timeout !== undefined && { timeout }),
      });
      flush();

      expect(lines).toEqual([
        `${ms} error {"errMsg":"connect socket fail: errno:110 errmsg:Connection timed out","errCode":-2,"errNum":110}`,
      ]);
    })();
  });

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

  it.each([
    ['connect without an address', { port: 9000 }, 'parameter error: parameter.address should be String;'],
    [
      'connect without a port',
      { address: '192.168.1.7' },
      'parameter error: parameter.port should be Number from 1 to 65535;',
    ],
    ['connect with nothing', undefined, 'parameter error: parameter.address should be String;'],
  ])('says no to %s', (_what, option, errMsg) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      heardTcp(rawPhone(PEERS).wx.createTCPSocket(), note).connect(option as never);
      flush();

      expect(lines).toEqual([expect.stringContaining(errMsg)]);
    })();
  });

  it(
    'says no to a write before the connection, to a typed array, and to a second connect',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const socket = heardTcp(rawPhone(PEERS).wx.createTCPSocket(), note);
      socket.write('too early');
      socket.connect(PEER);
      socket.connect(PEER);
      at(10, () => socket.write(new Uint8Array(1) as unknown as ArrayBuffer));
      flush();

      expect(lines.map((line) => line.replace(/","errCode.*/, ''))).toEqual([
        '0 error {"errMsg":"write socket fail: errno:107 errmsg:Transport endpoint is not connected',
        '0 error {"errMsg":"connect socket fail: errno:106 errmsg:Transport endpoint is already connected',
        '5 connect 192.168.1.7:9000',
        '10 error {"errMsg":"parameter error: data should be String, ArrayBuffer;',
      ]);
    }),
  );

  it.each([
    ['android-cronet', '02:00:00:00:00:00', 'wifi'],
    ['android-cronet', 'elsewhere', 'error {"errMsg":"bindWifi fail: invalid BSSID","errCode":3}'],
    ['ios-cronet', '02:00:00:00:00:00', 'error {"errMsg":"bindWifi fail: android only","errCode":5}'],
  ] as const)('binds to a wifi on Android (%s, %s)', (dialect, BSSID, expected) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const socket = heardTcp(rawPhone(PEERS, { dialect }).wx.createTCPSocket(), note);
      socket.onBindWifi(() => note('wifi'));
      socket.bindWifi({ BSSID });
      flush();

      expect(lines).toEqual([`0 ${expected}`]);
    })();
  });

  it('is loud about a peer that the script does not know, and about a wire without TCP', () => {
    const connect = (simulator: ReturnType<typeof rawPhone>) =>
      marbles(({ flush }) => {
        simulator.wx.createTCPSocket().connect({ address: '192.168.1.77', port: 9000 });
        flush();
      });

    expect(connect(rawPhone({ tcp: { '192.168.1.7:9000': {} } }))).toThrow(
      'scriptWire: no TCP peer at 192.168.1.77:9000; known are\n  192.168.1.7:9000',
    );
    expect(connect(rawPhone({}, { wire: () => NEVER }))).toThrow('createTCPSocket: this wire carries no TCP');
  });
});
