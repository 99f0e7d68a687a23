import type { Observable } from 'rxjs';
import { at, createLog } from '../phone.js';
import { connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

const SLOW = { '/': {}, '/slow': { afterMs: 100_000 } };

describe('WebSockets', () => {
  describe('places', () => {
    it.each([
      ['android-cronet', { errMsg: 'createSocketTask:fail wcwss taskID=6 exceed max concurrent count', errno: 600007 }],
      ['devtools', { errMsg: 'connectSocket:fail exceed max task count' }],
      ['doubled-fail', { errMsg: 'connectSocket:fail fail reach max websocket connect count 5', errno: 600007 }],
    ] as const)('[LIM-3] fails the sixth at once, in the words of %s', (dialect, failure) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW, { dialect });
        const rules: unknown[] = [];
        simulator.events$.subscribe((event) => event.type === 'refused' && rules.push([event.rule, event.detail]));
        // Connecting ones count like open ones.
        for (let index = 0; index < 5; index++) connected(simulator, index < 2 ? '/slow' : '/', () => {});
        const sixth = connected(simulator, '/', note);
        at(1, () => note(`state ${sixth.readyState}`));
        at(2, () => void simulator.close());
        flush();

        expect(lines).toEqual([`0 fail ${JSON.stringify(failure)}`, '1 state 3']);
        expect(rules).toEqual([
          ['LIM-3', 'five sockets connect, are open or are closing already; close one and wait for its onClose'],
        ]);
      })();
    });

    it(
      '[LIM-3] counts a socket until it has closed, closing ones too',
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({ ...SLOW, '/deaf': { silentAfterMs: 0 } });
        for (let index = 0; index < 4; index++) connected(simulator, '/', () => {});
        const deaf = connected(simulator, '/deaf', note);
        at(10, () => deaf.close());
        at(30_009, () => connected(simulator, '/', note));
        at(30_011, () => connected(simulator, '/', note));
        flush();

        expect(lines.filter((line) => !line.startsWith('0 '))).toEqual([
          '30009 fail {"errMsg":"createSocketTask:fail wcwss taskID=6 exceed max concurrent count","errno":600007}',
          '30010 close 1006 abnormal closure',
          '30011 connectSocket:ok',
          '30011 open',
        ]);
      }),
    );

    it.each([
      ['counts it still inside onClose', true, 'fail'],
      ['does not count it any more inside onClose', false, 'connectSocket:ok'],
    ])('[LIM-3] %s', (_what, slotFreedAfterCallback, outcome) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW, { slotFreedAfterCallback });
        const tasks = Array.from({ length: 5 }, () => connected(simulator, '/', () => {}));
        tasks[0]!.onClose(() => void connected(simulator, '/slow', (what) => note(what.replace(/ .*/, ''))));
        at(1, () => tasks[0]!.close());
        at(2, () => void simulator.close());
        flush();

        expect(lines[0]).toBe(`1 ${outcome}`);
      })();
    });

    it(
      '[LIM-3] gives the place of a refused, failed or interrupted socket back',
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({ ...SLOW, '/no': { statusCode: 500 } }, { interruptedSocket: 'silent' });
        for (let index = 0; index < 9; index++) {
          at(index, () => connected(simulator, '/no', () => {}));
          at(index, () => simulator.wx.connectSocket({ url: 'wss://elsewhere.example.com/' }));
        }
        for (let index = 0; index < 5; index++) at(10, () => connected(simulator, '/slow', () => {}));
        at(20, simulator.enterBackground);
        at(6_000, simulator.enterForeground);
        for (let index = 0; index < 6; index++) at(6_001, () => connected(simulator, '/', note));
        flush();

        expect(lines.filter((line) => line.includes('connectSocket:ok'))).toHaveLength(5);
        expect(lines.filter((line) => line.includes('exceed max'))).toHaveLength(1);
      }),
    );
  });

  describe('time', () => {
    const opensAfter = (afterMs: number) => ({ '/': { afterMs } });
    const GIVEN_UP = ['error {"errMsg":"Timer Expired"}', 'close 1006 abnormal closure'];

    it.each<[string, string, number | undefined, number | undefined, number]>([
      ['TIME-1', 'sixty seconds by default', undefined, undefined, 60_000],
      ['TIME-1', 'sixty seconds at the most', 90_000, undefined, 60_000],
      ['TIME-2', 'networkTimeout.connectSocket', undefined, 7_000, 7_000],
      ['TIME-2', "the call's own timeout before networkTimeout", 3_000, 7_000, 3_000],
    ])('[%s] gives up connecting after %s', (_rule, _what, timeout, connectSocket, ms) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const options = { networkTimeout: { connectSocket } };
        const option = timeout === undefined ? {} : { timeout };
        connected(socketPhone(opensAfter(ms + 1), options), '/', note, option);
        const inTime = createLog();
        connected(socketPhone(opensAfter(ms - 1), options), '/', inTime.note, option);
        flush();

        expect(lines).toEqual(['0 connectSocket:ok', ...GIVEN_UP.map((what) => `${ms} ${what}`)]);
        expect(inTime.lines).toEqual(['0 connectSocket:ok', `${ms - 1} open`]);
      })();
    });
  });

  describe('the network', () => {
    it(
      'closes what is open and fails what connects when it is lost, and what is made without it',
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW);
        connected(simulator, '/', (what) => note(`open one: ${what}`));
        connected(simulator, '/slow', (what) => note(`slow one: ${what}`));
        at(10, () => simulator.setNetwork('none'));
        at(20, () => connected(simulator, '/', (what) => note(`late one: ${what}`)));
        flush();

        expect(lines.filter((line) => !line.startsWith('0 '))).toEqual([
          '10 open one: close 1006 abnormal closure',
          '10 slow one: error {"errMsg":"Underlying Transport Error"}',
          '10 slow one: close 1006 abnormal closure',
          '20 late one: connectSocket:ok',
          '20 late one: error {"errMsg":"Underlying Transport Error"}',
          '20 late one: close 1006 abnormal closure',
        ]);
      }),
    );

    it(
      "leaves what is open half-open with socketOffline: 'silent'",
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(
          { '/': { says$: (heard$) => heard$ } },
          { socketOffline: 'silent', socketCloseWaitMs: 500 },
        );
        const task = connected(simulator, '/', note);
        at(10, () => simulator.setNetwork('none'));
        at(20, () => task.send({ data: 'lost', success: ({ errMsg }) => note(errMsg) }));
        at(30, () => task.close());
        flush();

        expect(lines.slice(2)).toEqual(['20 SocketTask.send:ok', '530 close 1006 abnormal closure']);
      }),
    );

    it.each([
      ['close', ['10 close 1006 abnormal closure']],
      ['silent', ['20 SocketTask.send:ok', '530 close 1006 abnormal closure']],
      ['keep', ['20 message lost', '20 SocketTask.send:ok', '30 close 1000 normal closure']],
    ] as const)('[K9.14] does on another network what socketMoved says: %s', (socketMoved, expected) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const says$ = (heard$: Observable<string | Uint8Array>) => heard$;
        const simulator = socketPhone({ '/': { says$ } }, { socketMoved, socketCloseWaitMs: 500 });
        const task = connected(simulator, '/', note);
        at(5, () => simulator.setNetwork('unknown'));
        at(6, () => simulator.setNetwork('wifi'));
        at(10, () => simulator.setNetwork('4g'));
        at(15, () => simulator.setNetwork('5g'));
        at(20, () => task.send({ data: 'lost', success: ({ errMsg }) => note(errMsg) }));
        at(30, () => task.close());
        flush();

        expect(lines.slice(2)).toEqual(expected);
      })();
    });
  });

  it.each([403, 302, 200])('[K9.14] tells in events$ why a handshake failed: %d', (statusCode) => {
    marbles(({ flush }) => {
      const simulator = socketPhone({ '/': { statusCode } });
      const reasons: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'socket-failed' && reasons.push(event.reason));
      connected(simulator, '/', () => {});
      flush();

      expect(reasons).toEqual([`status ${statusCode}`]);
    })();
  });

  it('has no off… on a task, as the documents say, and tells the id of the socket', () => {
    marbles(({ flush }) => {
      const ids: number[] = [];
      const success = ({ socketTaskId }: { socketTaskId: number }) => ids.push(socketTaskId);
      const task = connected(socketPhone({ '/': {} }), '/', () => {}, { success });
      flush();

      expect(Object.keys(task).filter((name) => name.startsWith('off'))).toEqual([]);
      expect(ids).toEqual([1]);
    })();
  });

  it('[K6.5] drops the fragment of an address, which never goes out', () => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const simulator = socketPhone({ '/chat': {} });
      connected(simulator, '/chat#room', note);
      flush();

      expect(lines).toEqual(['0 connectSocket:ok', '0 open']);
    })();
  });
});
