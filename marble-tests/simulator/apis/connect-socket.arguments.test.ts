import { NEVER } from 'rxjs';
import { at, createLog } from '../phone.js';
import { connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.connectSocket', () => {
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
