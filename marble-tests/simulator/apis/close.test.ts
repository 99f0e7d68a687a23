import { NEVER } from 'rxjs';
import { API, createLog, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('after close()', () => {
  it(
    'every call fails at once, and no timer is left',
    marbles(({ flush }) => {
      const simulator = phone({ '/never': NEVER });
      const { lines, note } = createLog();
      void simulator.close();
      simulator.enterBackground();
      for (let index = 0; index < 12; index++) {
        simulator.wx.request({ url: `${API}/never`, fail: ({ errMsg }) => note(errMsg) });
      }
      flush();
      note('nothing more is due');

      expect(lines).toEqual([...Array.from({ length: 12 }, () => '0 request:fail abort'), '0 nothing more is due']);
    }),
  );

  it(
    'what is set of the phone changes nothing, and a second close() does no harm',
    marbles(({ flush }) => {
      const simulator = phone({ '/never': NEVER });
      const { lines, note } = createLog();
      simulator.wx.onAppHide(() => note('hidden'));
      simulator.wx.onNetworkStatusChange(({ networkType }) => note(networkType));
      void simulator.close();
      void simulator.close();
      simulator.enterBackground();
      simulator.enterForeground();
      simulator.setNetwork('none');
      flush();
      note('nothing more is due');

      expect(lines).toEqual(['0 nothing more is due']);
    }),
  );
});
