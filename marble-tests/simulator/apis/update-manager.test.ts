import type { UpdateOutcome } from '../../../src/simulator/api-options.js';
import { marbles } from '../../../src/testing/index.js';
import { createLog, phone } from '../phone.js';

describe('wx.getUpdateManager', () => {
  it.each<[UpdateOutcome, string[]]>([
    ['none', ['0 update: false']],
    ['ready', ['0 update: true', '0 ready', '0 destroyed', '0 restarted']],
    ['failed', ['0 update: true', '0 failed']],
  ])('tells what it has found, and applies what is ready: %s', (update, expected) => {
    marbles(({ flush }) => {
      const simulator = phone({}, { update });
      const { lines, note } = createLog();
      const before = simulator.wx;
      const manager = before.getUpdateManager();
      simulator.events$.subscribe(({ type }) => note(type));
      manager.onCheckForUpdate(({ hasUpdate }) => note(`update: ${String(hasUpdate)}`));
      manager.onUpdateFailed(() => note('failed'));
      manager.onUpdateReady(() => {
        note('ready');
        before.getUpdateManager().applyUpdate();
      });
      flush();

      expect(lines).toEqual(expected);
      expect(simulator.wx === before).toBe(update !== 'ready');
    })();
  });
});
