import { at, createLog } from '../phone.js';
import { connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

const SLOW = { '/': {}, '/slow': { afterMs: 100_000 } };

describe('WebSockets', () => {
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
});
