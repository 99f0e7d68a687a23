import type { Observable } from 'rxjs';
import { at, createLog } from '../phone.js';
import { CHAT, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

const ECHO = { '/': { afterMs: 5, says$: (heard$: Observable<string | Uint8Array>) => heard$ } };

describe('the global calls of WebSockets', () => {
  it(
    'speak of the one socket, each event to its last listener',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const { wx } = socketPhone(ECHO);
      wx.onSocketOpen(() => note('an earlier listener'));
      wx.onSocketOpen(({ header }) => note(`open ${JSON.stringify(header)}`));
      wx.onSocketMessage(({ data }) => note(`message ${data as string}`));
      wx.onSocketClose(({ code, reason }) => note(`close ${code} ${reason}`));
      wx.connectSocket({ url: `${CHAT}/` });
      at(10, () => wx.sendSocketMessage({ data: 'hi', success: ({ errMsg }) => note(errMsg) }));
      at(20, () => wx.closeSocket({ code: 3000, reason: 'done', complete: ({ errMsg }) => note(errMsg) }));
      at(30, () => wx.sendSocketMessage({ data: 'hi', fail: ({ errMsg }) => note(errMsg) }));
      at(30, () => wx.closeSocket({ fail: ({ errMsg }) => note(errMsg) }));
      flush();

      expect(lines).toEqual([
        '5 open {}',
        '10 message hi',
        '10 sendSocketMessage:ok',
        '20 close 3000 done',
        '20 closeSocket:ok',
        '30 sendSocketMessage:fail WebSocket is not connected',
        '30 closeSocket:fail wcwss taskID not exist',
      ]);
    }),
  );

  it(
    'do nothing to a socket that is not open yet, as the platform says of closeSocket',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const { wx } = socketPhone(ECHO);
      wx.onSocketError(({ errMsg }) => note(errMsg));
      wx.onSocketOpen(() => note('open'));
      wx.sendSocketMessage({ data: 'no socket', fail: ({ errMsg }) => note(errMsg) });
      wx.connectSocket({ url: `${CHAT}/` });
      at(1, () => wx.closeSocket({ fail: ({ errMsg }) => note(errMsg) }));
      flush();

      expect(lines).toEqual([
        '0 sendSocketMessage:fail WebSocket is not connected',
        '1 closeSocket:fail WebSocket is not connected',
        '5 open',
      ]);
    }),
  );
});
