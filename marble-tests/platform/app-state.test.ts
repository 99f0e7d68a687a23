import { isCutByBackground, type AppState } from '../../src/platform/app-state.js';

describe('isCutByBackground', () => {
  // Hidden at 10; the grace of 5 is over at 15.
  const hidden: AppState = { visibility: 'background', since: 10, awayMs: 0 };
  const returned = (since: number): AppState => ({ visibility: 'foreground', since, awayMs: since - 10 });

  it.each([
    ['ran when the grace was over', 3, hidden, 15, true],
    ['began in the background, within the grace', 14, hidden, 15, true],
    ['began when the grace was over', 15, hidden, 20, false],
    ['runs within the grace', 3, hidden, 14, false],
    ['ran when the grace was over, told after the return', 3, returned(15), 15, true],
    ['was spared by the return', 3, returned(14), 20, false],
    ['began after the return', 20, returned(18), 21, false],
  ])('[BG-1] a call that %s', (_, startedAt, state, now, isCut) => {
    expect(isCutByBackground(state, startedAt, now, 5)).toBe(isCut);
  });
});
