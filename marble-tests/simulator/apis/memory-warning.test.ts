import { marbles } from '../../../src/testing/index.js';
import { at, createLog, phone } from '../phone.js';

describe('wx.onMemoryWarning', () => {
  it.each([
    ['android-cronet', ['1 {"level":10}', '2 {"level":15}']],
    ['ios-cronet', ['1 {}', '2 {}']],
  ] as const)('hears of a lack of memory: %s', (dialect, expected) => {
    marbles(({ flush }) => {
      const simulator = phone({}, { dialect });
      const { lines, note } = createLog();
      const listener = (warning: object) => note(JSON.stringify(warning));
      simulator.wx.onMemoryWarning(listener);
      at(1, () => simulator.warnOfMemory());
      at(2, () => simulator.warnOfMemory(15));
      at(3, () => {
        simulator.wx.offMemoryWarning(listener);
        simulator.warnOfMemory();
      });
      flush();

      expect(lines).toEqual(expected);
    })();
  });

  it(
    'is told to a suspended app when it is back, and to a dead one never',
    marbles(({ flush }) => {
      const simulator = phone({});
      const { lines, note } = createLog();
      simulator.wx.onMemoryWarning(({ level }) => note(`level ${level}`));
      simulator.enterBackground();
      at(6_000, () => simulator.warnOfMemory(5));
      at(7_000, () => simulator.enterForeground());
      at(8_000, () => {
        simulator.warnOfMemory(15);
        simulator.destroy();
        simulator.warnOfMemory(15);
      });
      flush();

      expect(lines).toEqual(['7000 level 5']);
    }),
  );
});
