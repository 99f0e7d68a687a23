import { errandsFrameLines } from '../../examples/errands/frame.js';
import type { ErrandsRecord } from '../../examples/errands/step.js';
import { errandsSummaryLines, outboxSummary } from '../../examples/errands/summary.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { inColour, withoutColour } from '../../src/cli/terminal/paint.js';

describe('outboxSummary', () => {
  it.each([
    ['nothing', ['a', 'b'], ['a', 'b'], { put: 2, sent: 3, lost: 0, doubled: 0 }],
    ['what was told of and not done', ['a', 'b'], ['b'], { put: 2, sent: 3, lost: 1, doubled: 0 }],
    ['what was done twice', ['a'], ['a', 'a'], { put: 1, sent: 3, lost: 0, doubled: 1 }],
  ])('counts %s', (_what, told, done, summary) => {
    expect(outboxSummary(told, done, 3)).toEqual(summary);
  });

  it('is told to people, with the order only where it was kept', () => {
    const finished = { outbox: outboxSummary(['a'], ['a'], 1), logins: 1, retries: 0, seconds: 1 };
    expect(errandsSummaryLines({ ...finished, inOrder: true })[1]).toMatch(/0 doubled, in order$/);
    expect(errandsSummaryLines({ ...finished, inOrder: false })[1]).toMatch(/0 doubled$/);
  });
});

describe('errandsFrameLines', () => {
  it.each([
    ['without colour', withoutColour],
    ['in colour', inColour],
  ])('fits into 80 by 24, with CJK, and does not jump, %s', (_name, paint) => {
    for (const condition of ['online', 'tunnel', 'killed'] as const) {
      for (const count of [0, 1, 300]) {
        const record: ErrandsRecord = {
          steps: Array.from({ length: count }, (_, at) => ({ at, condition, what: '\u4f60\u597d a'.repeat(30) })),
          condition,
          kept: () => count,
          done: () => 3,
        };
        const lines = errandsFrameLines(record, 99_999, paint);
        expect(lines).toHaveLength(19);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(79);
      }
    }
    const empty: ErrandsRecord = { steps: [], condition: 'online', kept: () => 0, done: () => 0 };
    expect(errandsFrameLines(empty, 0, withoutColour)[2]).toContain('0 done');
  });
});
