import { concat, map, of, timer } from 'rxjs';
import { socketClosed, socketOpened } from '../../../src/simulator/wires/socket-wire.js';
import { WireFailure } from '../../../src/simulator/wires/wire.js';
import { at, createLog } from '../phone.js';
import { connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.connectSocket', () => {
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
});
