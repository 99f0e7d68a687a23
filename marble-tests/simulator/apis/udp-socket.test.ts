import { NEVER } from 'rxjs';
import type { SimulatorEvent } from '../../../src/simulator/events.js';
import { at, createLog } from '../phone.js';
import { heardUdp, rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';
import { PEERS } from './udp-peers.js';

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

  it.each(['socket-connecting', 'socket-opened'])('is bound to nothing where the app is killed at its %s', (type) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = rawPhone(PEERS);
      simulator.events$.subscribe((event) => event.type === type && simulator.destroy());
      const socket = heardUdp(simulator.wx.createUDPSocket(), note);
      expect(() => socket.bind()).not.toThrow();
      flush();

      expect(lines).toEqual([]);
    })();
  });
});
