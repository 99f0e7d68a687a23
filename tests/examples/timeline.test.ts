import { timelineLines } from '../../examples/forty-requests/timeline.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { callNamed, smallRun } from './support/small-run.js';

describe('timelineLines', () => {
  it('tells what was queued, cut, held, replayed and refused', () => {
    expect(timelineLines(smallRun, 4_000)).toEqual([
      'The run as marbles: a mark is 250 ms',
      'seconds       0   1   2   3   4',
      'app           |---|---|---front',
      'how many run  32322222    2111',
      'how many wait 221111112222',
      '/replayed     ========X~~~===o',
      '/pay          ========X  BG-1: not safe to send again',
      '/queued       ..=o  overtook',
      '/held         ....~~~~~~~~=o',
      '/\u4f60\u597d\u4e16\u754c\u4f60.. !  DOM-8',
      '/failed       =#  ENC-1: no decoder for the body',
      expect.stringContaining('. waits for a place'),
      expect.stringContaining('! refused by a rule'),
    ]);
  });

  it('has at most 20 lines of 79 columns, however many fates there are', () => {
    const calls = Array.from({ length: 40 }, (_, index) =>
      callNamed(index + 1, `/\u5546\u54c1\u5217\u8868\u5546\u54c1\u5217\u8868/${index}`, {
        group: { title: `group ${index % 9}`, requests: [] },
        held: index % 2 === 0,
        end: { at: 14_000 * (index / 40), kind: index % 3 === 0 ? 'refused' : 'answered', word: '200' },
      }),
    );
    for (const endedAt of [1, 14_600, 15_999, 16_000, 31_000, 600_000]) {
      const lines = timelineLines({ ...smallRun, calls }, endedAt);
      expect(lines.length).toBeLessThanOrEqual(20);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(79);
    }
  });
});
