import { at, createLog } from '../phone.js';
import { CHAT, connected, socketPhone } from '../socket-phone.js';
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

  describe('the background', () => {
    it.each([
      [undefined, 'close 1000 interrupted'],
      [1000, 'close 1000 interrupted'],
      [0, 'close 0 interrupted'],
      [1006, 'close 1006 interrupted'],
    ] as const)(
      '[BG-1] cuts five seconds after the hide, as interruptedSocket: %p says',
      (interruptedSocket, close) => {
        marbles(({ flush }) => {
          const { lines, note } = createLog();
          const simulator = socketPhone(SLOW, { interruptedSocket });
          const rules: unknown[] = [];
          simulator.events$.subscribe((event) => event.type === 'socket-closed' && rules.push(event.rule));
          const task = connected(simulator, '/', note);
          connected(simulator, '/slow', note);
          at(10, simulator.enterBackground);
          // What is open may be used until then.
          at(4_000, () => task.send({ data: 'bye', success: ({ errMsg }) => note(errMsg) }));
          flush();

          expect(lines).toEqual([
            '0 connectSocket:ok',
            '0 connectSocket:ok',
            '0 open',
            '4000 SocketTask.send:ok',
            `5010 ${close}`,
            `5010 ${close}`,
          ]);
          expect(rules).toEqual(['BG-1', 'BG-1']);
        })();
      },
    );

    it(
      "[BG-1] tells the end on return with interruptedCallback: 'on-return'",
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW, { interruptedCallback: 'on-return', interruptedSocket: 1006 });
        connected(simulator, '/', note);
        at(10, simulator.enterBackground);
        at(60_000, simulator.enterForeground);
        flush();

        expect(lines.slice(2)).toEqual(['60000 close 1006 interrupted']);
      }),
    );

    it.each([
      ['global-only', ['5010 global close 1000 interrupted']],
      ['silent', []],
    ] as const)('[BG-1] tells the task nothing with interruptedSocket: %p', (interruptedSocket, told) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW, { interruptedSocket });
        simulator.wx.onSocketClose(({ code, reason }) => note(`global close ${code} ${reason}`));
        const task = connected(simulator, '/', note);
        at(10, simulator.enterBackground);
        at(6_000, simulator.enterForeground);
        at(6_001, () => task.send({ data: 'x', fail: ({ errMsg }) => note(errMsg) }));
        flush();

        expect(lines.slice(2)).toEqual([...told, '6001 SocketTask.send:fail WebSocket is not connected']);
      })();
    });

    it(
      '[BG-1] cuts nothing when the app is back in time',
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW);
        connected(simulator, '/', note);
        at(10, simulator.enterBackground);
        at(5_009, simulator.enterForeground);
        flush();

        expect(lines).toEqual(['0 connectSocket:ok', '0 open']);
      }),
    );

    it(
      '[BG-2] refuses a socket from the hide on, and in other words once suspended',
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone(SLOW, { freeze: false });
        at(10, simulator.enterBackground);
        at(11, () => connected(simulator, '/', note));
        at(5_011, () => connected(simulator, '/', note));
        at(6_000, simulator.enterForeground);
        at(6_000, () => connected(simulator, '/', note));
        flush();

        expect(lines).toEqual([
          '11 fail {"errMsg":"connectSocket:fail interrupted","errno":600003}',
          '5011 fail {"errMsg":"connectSocket:fail createSocketTask:fail: jsapi has no permission, event=createSocketTask, ' +
            'runningState=suspend, permissionMsg=permission ok, detail=network api interrupted in suspend state","errno":600003}',
          '6000 connectSocket:ok',
          '6000 open',
        ]);
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
  });

  describe('domains', () => {
    const NOT_LISTED = '{"errMsg":"createSocketTask:fail url not in domain list","errno":600002}';

    it.each([
      ['DOM-1', 'a domain that is not listed', 'wss://elsewhere.example.org/', NOT_LISTED],
      ['DOM-2', 'ws to a listed domain', 'ws://chat.example.com/', NOT_LISTED],
      [
        'DOM-2',
        'https',
        'https://chat.example.com/',
        '{"errMsg":"connectSocket:fail invalid url \\"https://chat.example.com/\\"","errno":600009}',
      ],
      ['DOM-3', 'localhost', 'wss://localhost/', NOT_LISTED],
      ['DOM-4', 'another port than the listed one', 'wss://live.example.com:9443/', NOT_LISTED],
      ['DOM-5', 'an explicit :443', 'wss://chat.example.com:443/', NOT_LISTED],
      ['DOM-7', 'api.weixin.qq.com', 'wss://api.weixin.qq.com/', NOT_LISTED],
      ['DOM-8', 'a subdomain', 'wss://a.chat.example.com/', NOT_LISTED],
      ['LAN-1', "the device's own address", 'ws://192.168.1.100:8080/', NOT_LISTED],
    ])('[%s] refuses %s', (rule, _what, url, failure) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({}, { domains: { socket: [CHAT, 'wss://live.example.com:8443'] } });
        const rules: unknown[] = [];
        simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
        connected(simulator, '/', note, { url });
        flush();

        expect(lines).toEqual([`0 fail ${failure}`]);
        expect(rules).toEqual([rule]);
      })();
    });

    it(
      "[DOM-4] [DOM-5] takes any port of a listed host with wssPorts: 'any'",
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({ ':9000/': {} }, { wssPorts: 'any' });
        connected(simulator, ':9000/', note);
        connected(simulator, '/', note, { url: 'wss://a.chat.example.com/' });
        flush();

        expect(lines).toEqual(['0 connectSocket:ok', `0 fail ${NOT_LISTED}`, '0 open']);
      }),
    );

    it(
      "[DOM-1] tells a refusal in onError, after success, with refusedSocket: 'error-event'",
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({}, { refusedSocket: 'error-event' });
        simulator.wx.onSocketError(({ errMsg }) => note(`global ${errMsg}`));
        connected(simulator, '/', note, { url: 'wss://elsewhere.example.org/' });
        flush();

        expect(lines).toEqual([
          '0 connectSocket:ok',
          `0 error ${NOT_LISTED}`,
          '0 global createSocketTask:fail url not in domain list',
        ]);
      }),
    );
  });
});
