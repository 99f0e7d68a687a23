import { createSimulator } from '../../../src/simulator/create-simulator.js';
import { marbles } from '../../../src/testing/index.js';
import { at, createLog, phone } from '../phone.js';

describe('wx.login and wx.checkSession', () => {
  it(
    'give a new code each time, over a restart too; there is a session from the first login on',
    marbles(({ flush }) => {
      const simulator = phone({});
      const { lines, note } = createLog();
      const told = {
        success: (result: object) => note('code' in result ? String(result.code) : 'session'),
        fail: ({ errMsg }: { errMsg: string }) => note(errMsg),
      };
      simulator.wx.checkSession(told);
      simulator.wx.login(told);
      simulator.wx.checkSession(told);
      at(1, () => simulator.restart().login(told));
      flush();

      expect(lines).toEqual([
        '0 checkSession:fail 系统错误，错误码：-13001,session time out, need relogin',
        '0 code-1',
        '0 session',
        '1 code-2',
      ]);
    }),
  );

  it(
    'take their time, and fail as the option says, and without a network',
    marbles(({ flush }) => {
      const simulator = phone(
        {},
        {
          session: {
            latencyMs: 200,
            code: (login) => `secret ${login}`,
            fails: (login) => (login === 2 ? 'system error' : undefined),
            expired: () => false,
          },
        },
      );
      const { lines, note } = createLog();
      const login = () => {
        simulator.wx.login({ success: ({ code }) => note(code), fail: ({ errMsg }) => note(errMsg) });
      };
      simulator.wx.checkSession({ success: ({ errMsg }) => note(errMsg) });
      login();
      at(300, login);
      at(600, () => {
        simulator.setNetwork('none');
        login();
      });
      flush();

      expect(lines).toEqual([
        '200 checkSession:ok',
        '200 secret 1',
        '500 login:fail system error',
        '800 login:fail net::ERR_INTERNET_DISCONNECTED',
      ]);
    }),
  );

  it('return a promise where no callback was given', async () => {
    expect(await createSimulator().wx.login()).toEqual({ code: 'code-1', errMsg: 'login:ok' });
  });
});
