import { tap } from 'rxjs';
import type { UdpSocket } from '../../src/simulator/apis/raw-socket-types.js';
import { createSimulator, scriptWire } from '../../src/simulator/index.js';
import { marbles } from '../../src/testing/index.js';
import { at, call$, createLog, phone } from './phone.js';
import { heardUdp, rawPhone } from './raw-phone.js';
import { connected, socketPhone } from './socket-phone.js';

const KILOBYTE = 'x'.repeat(1_000);
const shown = (what: unknown) => JSON.stringify(what);

describe('the network', () => {
  it(
    'takes a round trip for an answer',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      call$(phone({ '/': { body: 'ok' } }, { network: { rttMs: 300 } }), '/').subscribe(note);
      flush();

      expect(lines).toEqual(['300 200 ok']);
    }),
  );

  it(
    'takes the time that bytes need, one call after the other, each way',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = phone({ '/': { body: KILOBYTE } }, { network: { kbps: 8 } });
      for (const name of ['a', 'b']) call$(simulator, '/').subscribe(() => note(name));
      flush();

      expect(lines).toEqual(['1000 a', '2000 b']);
    }),
  );

  it(
    'takes a way for each datagram, of which one that is lost stays lost; what was sent before a close arrives',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const heard = (message: string) => note(`heard ${message}`);
      const simulator = rawPhone(
        {
          udp: {
            '192.168.1.7:9000': {
              says$: (heard$) => heard$.pipe(tap((bytes) => heard(Buffer.from(bytes).toString().slice(0, 4)))),
            },
          },
        },
        { network: { rttMs: 100, seed: 3 } },
      );
      const open = () => {
        const socket = heardUdp(simulator.wx.createUDPSocket(), note);
        socket.bind();
        return socket;
      };
      const send = (socket: UdpSocket, message: string) => socket.send({ address: '192.168.1.7', port: 9000, message });
      const socket = open();
      send(socket, 'one');
      at(1_000, () => {
        simulator.setNetwork({ rttMs: 0, lossRate: 0.4 });
        for (let sent = 0; sent < 10; sent++) send(socket, `m${sent}`);
      });
      at(2_000, () => {
        simulator.setNetwork({ rttMs: 100, lossRate: 0, kbps: 8 });
        for (const text of ['last', 'late']) send(socket, text.padEnd(100, '.'));
        socket.close();
        send(open(), 'next');
      });
      at(3_000, () => simulator.destroy());
      flush();

      const [first, second] = [lines.slice(0, 3), lines.filter((line) => line.startsWith('1000'))];
      expect(first).toEqual(['0 listening', '50 heard one', '100 message one from 192.168.1.7:9000']);
      const arrived = second.filter((line) => line.includes('heard')).length;
      const answered = second.filter((line) => line.includes('message')).length;
      expect([arrived, answered].map((count) => count > 0 && count < 10)).toEqual([true, true]);
      expect(answered).toBeLessThan(arrived);
      expect(lines.filter((line) => line.startsWith('2'))).toEqual([
        '2000 close',
        '2000 listening',
        '2150 heard last',
        '2250 heard late',
        '2254 heard next',
        // Behind the answers to the other socket, which nobody hears any more.
        '2404 message next from 192.168.1.7:9000',
      ]);
    }),
  );

  it(
    'takes a way for each message of a WebSocket, in order',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = socketPhone({ '/': { says$: (heard$) => heard$ } }, { network: { rttMs: 100 } });
      const task = connected(simulator, '/', note);
      task.onOpen(() => ['1', '2', '3'].forEach((data) => task.send({ data })));
      at(1_000, () => simulator.destroy());
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', '100 open', '200 message 1', '200 message 2', '200 message 3']);
    }),
  );

  it(
    'changes for an open WebSocket, too, and keeps the order',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = socketPhone({ '/': { says$: (heard$) => heard$ } });
      const task = connected(simulator, '/', note);
      at(10, () => task.send({ data: '1' }));
      at(20, () => {
        simulator.setNetwork({ rttMs: 100 });
        task.send({ data: '2' });
        simulator.setNetwork({ rttMs: 0 });
        task.send({ data: '3' });
      });
      at(1_000, () => simulator.destroy());
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', '0 open', '10 message 1', '70 message 2', '70 message 3']);
    }),
  );

  it(
    'sends a lost packet again, later; the same are lost for the same seed',
    marbles(({ flush }) => {
      const times = (seed: number) => {
        const { lines, note } = createLog();
        const simulator = phone({ '/': { body: 'ok' } }, { network: { lossRate: 0.3, rttMs: 20, seed } });
        for (let count = 0; count < 10; count++) call$(simulator, '/').subscribe(note);
        return lines;
      };
      const [one, same, other] = [times(1), times(1), times(2)];
      flush();

      expect(one).toEqual(same);
      expect(one).not.toEqual(other);
      const lateMs = one.map((line) => Number(line.split(' ')[0]) - 20);
      expect(Math.max(...lateMs)).toBeGreaterThan(0);
      expect(lateMs.every((ms) => ms % 200 === 0)).toBe(true);
    }),
  );

  it(
    'ends what loses the same packet six times',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      call$(phone({ '/': {} }, { network: { lossRate: 0.999_999 } }), '/').subscribe({
        error: ({ errMsg }: { readonly errMsg: string }) => note(errMsg),
      });
      flush();

      expect(lines).toEqual(['12600 request:fail -109:net::ERR_ADDRESS_UNREACHABLE']);
    }),
  );

  it(
    'changes while the app runs, and says so only where it is weak',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = phone({ '/': { body: 'ok' } });
      const { wx } = simulator;
      const weakChange = (change: object) => note(`weak ${shown(change)}`);
      wx.onNetworkWeakChange(weakChange);
      wx.onNetworkStatusChange((status) => note(`status ${shown(status)}`));
      const ask = () => wx.getNetworkType({ success: ({ weakNet }) => note(`weakNet ${weakNet}`) });

      at(10, () => simulator.setNetwork({ rttMs: 50 }));
      at(20, () => call$(simulator, '/').subscribe(note));
      at(100, () => simulator.setNetwork({ networkType: '2g', weak: true }));
      at(110, ask);
      at(120, () => simulator.setNetwork('2g'));
      at(130, () => simulator.setNetwork({ weak: false }));
      at(140, ask);
      at(150, () => wx.offNetworkWeakChange(weakChange));
      at(160, () => simulator.setNetwork({ weak: true }));
      flush();

      expect(lines).toEqual([
        '70 200 ok',
        '100 status {"isConnected":true,"networkType":"2g"}',
        '100 weak {"weakNet":true,"networkType":"2g"}',
        '110 weakNet true',
        '130 weak {"weakNet":false,"networkType":"2g"}',
        '140 weakNet false',
      ]);
    }),
  );

  it('has no event of weakness on HarmonyOS', () => {
    const { wx } = createSimulator({ phone: 'harmony', wire: scriptWire({}) });

    expect('onNetworkWeakChange' in wx || 'offNetworkWeakChange' in wx).toBe(false);
  });

  it.each([
    ['a round trip before now', { rttMs: -1 }],
    ['nothing that arrives', { lossRate: 1 }],
    ['no bandwidth', { kbps: 0 }],
    ['a number as text', { rttMs: '300' }],
    ['a name that there is not', { latency: 300 }],
    ['a word for weakness', { weak: 'yes' }],
    ['a round trip that no timer can wait', { rttMs: 2 ** 31 }],
    ['a list', []],
    ['nothing', null],
  ])('refuses %s, as an option and as a change', (_title, network) => {
    const wrong = network as object;

    expect(() => createSimulator({ network: wrong })).toThrow('network: expected an object such as { rttMs: 300');
    const simulator = phone({});
    expect(() => simulator.setNetwork(wrong)).toThrow('setNetwork: expected a type of network, or an object');
  });

  it.each<[unknown, string]>([
    [{ rttMs: Infinity }, 'got {"rttMs":"Infinity"}'],
    [{ kbps: Number.NaN }, 'got {"kbps":"NaN"}'],
    [{ seed: 3 }, 'setNetwork: seed: expected only as an option of createSimulator, before the first packet; got 3'],
  ])('says what came: %j', (network, words) => {
    expect(() => phone({}).setNetwork(network as object)).toThrow(words);
  });

  it(
    'takes a very long time over a very thin line, and not none at all',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = phone({ '/': { body: 'x'.repeat(1_000) } }, { network: { kbps: 1e-9 } });
      call$(simulator, '/').subscribe({ error: ({ errMsg }) => note(errMsg as string) });
      flush();

      expect(lines).toEqual(['60000 request:fail timeout']);
    }),
  );

  it.each([[{ networkType: 'lte' }], ['lte']])('refuses a type that there is not: %j', (network) => {
    expect(() => phone({}).setNetwork(network as 'wifi')).toThrow("setNetwork: networkType: expected one of 'wifi'");
  });
});
