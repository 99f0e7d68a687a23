import { map, NEVER, of } from 'rxjs';
import type { SimulatorEvent } from '../../../src/simulator/events.js';
import { WireFailure } from '../../../src/simulator/wires/wire.js';
import { at, createLog } from '../phone.js';
import { heardTcp, rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';
import { PEER, PEERS } from './tcp-peers.js';

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
