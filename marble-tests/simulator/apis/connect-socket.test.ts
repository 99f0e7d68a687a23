import { concat, map, NEVER, of, timer } from 'rxjs';
import type { SimulatorEvent } from '../../../src/simulator/events.js';
import type { SocketRequest, SocketWireEvent } from '../../../src/simulator/wires/socket-wire.js';
import { socketClosed, socketOpened } from '../../../src/simulator/wires/socket-wire.js';
import { WireFailure } from '../../../src/simulator/wires/wire.js';
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

  it.each([
    ['android-cronet', 'error {"errMsg":"Invalid HttpCode"}'],
    ['ios-cronet', 'error {"errCode":1004,"errMsg":"open fail: _code:20,_msg:Invalid HTTP status."}'],
  ] as const)('tells a handshake that the server refuses, as %s does', (dialect, error) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      connected(socketPhone({ '/': { statusCode: 403, afterMs: 5 } }, { dialect }), '/', note);
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', `5 ${error}`, '5 close 1006 abnormal closure']);
    })();
  });

  it.each([
    ['refused', 'Underlying Transport Error'],
    ['dns', 'Underlying Transport Error'],
    ['tls-authority', 'TLS handshake failed'],
  ] as const)('tells that it could not connect (%s)', (kind, errMsg) => {
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      connected(socketPhone({ '/': cold('--#', undefined, new WireFailure(kind)) }), '/', note);
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', `2 error {"errMsg":"${errMsg}"}`, '2 close 1006 abnormal closure']);
    })();
  });

  it(
    "tells an error alone with failedSocketEvents: 'error'",
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      connected(socketPhone({ '/': { statusCode: 500 } }, { failedSocketEvents: 'error' }), '/', note);
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', '0 error {"errMsg":"Invalid HttpCode"}']);
    }),
  );

  it.each([
    ['android-cronet', 'close 1006 abnormal closure'],
    ['ios-cronet', 'close 1001 Stream end encountered'],
  ] as const)('tells a connection that breaks off, as %s does', (dialect, close) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const gone$ = concat(of(socketOpened()), timer(7).pipe(map(() => socketClosed(1006))));
      connected(socketPhone({ '/': gone$ }, { dialect }), '/', note);
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', '0 open', `7 ${close}`]);
    })();
  });

  it(
    'takes a server that dies without a word for alive, until its own close has waited long enough',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const says$ = timer(0, 10).pipe(map(String));
      const task = connected(socketPhone({ '/': { says$, silentAfterMs: 15 } }), '/', note);
      at(5_000, () => task.send({ data: 'there?', success: ({ errMsg }) => note(errMsg) }));
      at(6_000, () => task.close({ code: 4000, reason: 'no answer' }));
      flush();

      expect(lines).toEqual([
        '0 connectSocket:ok',
        '0 open',
        '0 message 0',
        '10 message 1',
        '5000 SocketTask.send:ok',
        '36000 close 1006 abnormal closure',
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
    'says no to what makes no sense',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = socketPhone({ '/': {} });
      const task = connected(simulator, '/', () => {});
      const fail = ({ errMsg }: { errMsg: string }) => note(errMsg);
      task.send({ data: 'too early', fail });
      at(1, () => task.send({ data: new Uint8Array(1) as unknown as ArrayBuffer, fail }));
      at(1, () => task.close({ code: 1001, fail }));
      at(1, () => task.close({ reason: '字'.repeat(42), fail }));
      at(2, () => task.close({}));
      at(3, () => task.send({ data: 'too late', fail }));
      at(3, () => task.close({ fail }));
      flush();

      expect(lines).toEqual([
        '0 SocketTask.send:fail WebSocket is not connected',
        '1 SocketTask.send:fail parameter error: parameter.data should be String, ArrayBuffer instead of Uint8Array;',
        '1 closeSocket:fail parameter error: parameter.code should be 1000, or from 3000 to 4999, instead of 1001;',
        '1 closeSocket:fail parameter error: parameter.reason should have at most 123 bytes in UTF-8 instead of 126;',
        '3 SocketTask.send:fail WebSocket is not connected',
        '3 closeSocket:fail wcwss taskID not exist',
      ]);
    }),
  );

  it.each<[unknown, string]>([
    [undefined, 'parameter should be Object instead of Undefined;'],
    [{}, 'parameter.url should be String instead of Undefined;'],
    [{ url: 5 }, 'parameter.url should be String instead of Number;'],
    [{ url: 'wss://a.b', protocols: 'chat' }, 'parameter.protocols should be Array instead of String;'],
    [
      { url: 'wss://a.b', protocols: ['a b'] },
      'parameter.protocols should have tokens without spaces or commas instead of "a b";',
    ],
    [{ url: 'wss://a.b', protocols: ['a', 'a'] }, 'parameter.protocols should name each one once;'],
  ])('refuses the parameters %p, with a dead task', (option, problem) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const { wx } = socketPhone({});
      const fail = ({ errMsg }: { errMsg: string }) => note(errMsg);
      const task = wx.connectSocket(
        option === undefined ? (option as never) : { ...(option as { url: string }), fail },
      );
      task.send({ data: 'x', fail });
      flush();

      expect(lines).toEqual([
        ...(option === undefined ? [] : [`0 connectSocket:fail parameter error: ${problem}`]),
        '0 SocketTask.send:fail WebSocket is not connected',
      ]);
      expect(task.readyState).toBe(task.CLOSED);
    })();
  });

  it(
    'takes listeners off, one by one and all together',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const says$ = timer(10, 10).pipe(map(String));
      const task = socketPhone({ '/': { says$ } }).wx.connectSocket({ url: 'wss://chat.example.com/' });
      const first = () => note('first');
      task.onMessage(first);
      task.onMessage(() => note('second'));
      task.onMessage(() => note('third'));
      at(15, () => task.offMessage(first));
      at(25, () => task.offMessage());
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
        { type: 'socket-created', id: 1, api: 'connectSocket', at: 0 },
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

  it('is loud about a socket that the script does not know, and about a wire that carries none', () => {
    const open = (simulator: ReturnType<typeof socketPhone>) =>
      marbles(({ flush }) => {
        connected(simulator, '/unknown', () => {});
        flush();
      });

    expect(open(socketPhone({ '/known': {} }))).toThrow(
      'scriptWire: no socket at wss://chat.example.com/unknown; known are\n  wss://chat.example.com/known',
    );
    expect(open(socketPhone({}, { wire: () => NEVER }))).toThrow('connectSocket: this wire carries no WebSockets');
  });
});
