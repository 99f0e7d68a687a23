import { map, NEVER, timer } from 'rxjs';
import type { SimulatorEvent } from '../../../src/simulator/events.js';
import type { SocketRequest, SocketWireEvent } from '../../../src/simulator/wires/socket-wire.js';
import { socketClosed } from '../../../src/simulator/wires/socket-wire.js';
import { at, createLog } from '../phone.js';
import { connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.connectSocket', () => {
  it(
    'opens, speaks, listens and closes',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = socketPhone({ '/echo': { afterMs: 20, says$: (heard$) => heard$ } });
      const task = connected(simulator, '/echo', note);
      note(`state ${task.readyState}`);
      at(21, () => note(`state ${task.readyState}`));
      at(30, () => task.send({ data: 'hi', success: ({ errMsg }) => note(errMsg) }));
      at(40, () => task.send({ data: new ArrayBuffer(3) }));
      at(50, () => task.close({ complete: ({ errMsg }) => note(errMsg) }));
      at(60, () => note(`state ${task.readyState}`));
      flush();

      expect(lines).toEqual([
        '0 state 0',
        '0 connectSocket:ok',
        '20 open',
        '21 state 1',
        '30 message hi',
        '30 SocketTask.send:ok',
        '40 message 3 bytes',
        '50 close 1000 normal closure',
        '50 closeSocket:ok',
        '60 state 3',
      ]);
    }),
  );

  it(
    'tells what the server says from the opening on, and how it ends',
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const says$ = cold('-a-b-c', { a: 'one', b: new Uint8Array(2), c: socketClosed(4001, 'kicked') });
      connected(socketPhone({ '/': { afterMs: 10, says$ } }), '/', note);
      flush();

      expect(lines).toEqual([
        '0 connectSocket:ok',
        '10 open',
        '11 message one',
        '13 message 2 bytes',
        '15 close 4001 kicked',
      ]);
    }),
  );

  it(
    'tells what the server answered the handshake',
    marbles(({ flush }) => {
      const opened: unknown[] = [];
      const simulator = socketPhone({ '/': { afterMs: 30, header: { 'X-Server': 'a' } } }, { headerCase: 'lower' });
      simulator.wx.connectSocket({ url: 'wss://chat.example.com/' }).onOpen((result) => opened.push(result));
      flush();

      expect(opened).toEqual([
        {
          header: { 'x-server': 'a' },
          profile: {
            fetchStart: 0,
            domainLookUpStart: 0,
            domainLookUpEnd: 0,
            connectStart: 0,
            connectEnd: 30,
            rtt: 30,
            handshakeCost: 30,
            cost: 30,
          },
        },
      ]);
    }),
  );

  it(
    'does not tell one who listens too late',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const task = socketPhone({ '/': {} }).wx.connectSocket({ url: 'wss://chat.example.com/' });
      at(1, () => task.onOpen(() => note('open')));
      flush();

      expect(lines).toEqual([]);
    }),
  );

  it(
    '[LIM-1] hands protocols, header and Referer to the server, and keeps the fields of the handshake to itself',
    marbles(({ flush }) => {
      const seen: SocketRequest[] = [];
      const simulator = socketPhone({ '/': (request) => (seen.push(request), NEVER) }, { appId: 'wx1', version: '3' });
      connected(simulator, '/?token=1', () => {}, {
        protocols: ['chat.v2', 'chat'],
        header: { 'X-Token': 5, referer: 'https://mine.example.com', 'Sec-WebSocket-Key': 'mine', Host: 'mine' },
        perMessageDeflate: true,
        tcpNoDelay: true,
      });
      flush();

      expect(seen).toEqual([
        {
          url: 'wss://chat.example.com/?token=1',
          header: {
            'X-Token': '5',
            'User-Agent': expect.any(String),
            Referer: 'https://servicewechat.com/wx1/0/page-frame.html',
          },
          protocols: ['chat.v2', 'chat'],
          perMessageDeflate: true,
          tcpNoDelay: true,
        },
      ]);
    }),
  );

  it(
    'ends at once when it is closed while it connects',
    marbles(({ cold, flush, expectSubscriptions }) => {
      const { lines, note } = createLog();
      const never = cold<SocketWireEvent>('-');
      const task = connected(socketPhone({ '/': never }), '/', note);
      at(3, () => task.close({ code: 3001, reason: 'changed my mind' }));
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', '3 close 3001 changed my mind']);
      expectSubscriptions(never.subscriptions).toBe('^--!');
    }),
  );

  it(
    'takes listeners off, one by one and all together',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const says$ = timer(10, 10).pipe(map(String));
      const task = socketPhone({ '/': { says$ } }, { socketTaskOff: true }).wx.connectSocket({
        url: 'wss://chat.example.com/',
      });
      const first = () => note('first');
      task.onMessage(first);
      task.onMessage(() => note('second'));
      task.onMessage(() => note('third'));
      at(15, () => task.offMessage?.(first));
      at(25, () => task.offMessage?.());
      at(35, () => task.close());
      flush();

      expect(lines).toEqual(['10 first', '10 second', '10 third', '20 second', '20 third']);
    }),
  );

  it(
    'goes through its events in order',
    marbles(({ flush }) => {
      const simulator = socketPhone({ '/': { afterMs: 5, says$: (heard$) => heard$ } });
      const events: SimulatorEvent[] = [];
      simulator.events$.subscribe((event) => events.push(event));
      const task = connected(simulator, '/', () => {}, { timeout: 1_000 });
      at(6, () => task.send({ data: '中文' }));
      at(7, () => task.close({ code: 3000, reason: 'done' }));
      flush();

      expect(events).toEqual([
        { type: 'socket-created', id: 1, api: 'connectSocket', url: 'wss://chat.example.com/', at: 0 },
        { type: 'socket-connecting', id: 1, url: 'wss://chat.example.com/', timeoutMs: 1_000, at: 0 },
        { type: 'socket-opened', id: 1, places: 1, at: 5 },
        { type: 'socket-sent', id: 1, bytes: 6, at: 6 },
        { type: 'socket-received', id: 1, bytes: 6, at: 6 },
        { type: 'socket-closed', id: 1, code: 3000, reason: 'done', rule: undefined, at: 7 },
      ]);
    }),
  );

  it(
    'closes every socket with the simulator, and then takes none',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = socketPhone({ '/': {}, '/slow': { afterMs: 1_000 } });
      connected(simulator, '/', note);
      connected(simulator, '/slow', note);
      at(10, () => void simulator.close());
      at(11, () => connected(simulator, '/', note));
      flush();
      note('nothing more is due');

      expect(lines).toEqual([
        '0 connectSocket:ok',
        '0 connectSocket:ok',
        '0 open',
        '10 close 1006 abnormal closure',
        '10 close 1006 abnormal closure',
        '11 fail {"errMsg":"connectSocket:fail abort"}',
        '11 nothing more is due',
      ]);
    }),
  );
});
