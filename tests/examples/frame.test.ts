import { frameLines } from '../../examples/forty-requests/frame.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { inColour, withoutColour } from '../../src/cli/terminal/paint.js';
import { callNamed, smallRun } from './support/small-run.js';

const latest = { at: 1_500, lane: 'hidden', number: 6, what: 'ENC-1  /failed' } as const;
const frameAt = (at: number) => frameLines({ run: smallRun, at, latest }, withoutColour);

describe('frameLines', () => {
  it('shows lane, queue, places, requests and the latest event', () => {
    expect(frameAt(1_500)).toEqual([
      'app      |---|--                                                          1.5 s',
      '         hidden: what waits is held; in 4.5 s what runs is cut',
      '',
      'waiting   1:  high  0    normal  1 #   low  0 ',
      'places   2 of 10 taken',
      ' 1  #01 /replayed       1.5 s ==        6  -',
      ' 2  #02 /pay            1.5 s ==        7  -',
      ' 3  -                                   8  -',
      ' 4  -                                   9  -',
      ' 5  -                                  10  -',
      '',
      '01 /replayed  runs',
      '02 /pay       runs',
      '03 /queued    200',
      '04 /held      held',
      '05 ..\u4e16\u754c.png DOM-8',
      '06 /failed    ENC-1',
      ...['', '', '', '', ''],
      '1.50 s  #06 ENC-1  /failed',
    ]);
  });

  it('tells the cut one from the held one, and the second attempt from the first', () => {
    expect(frameAt(2_500)).toEqual(expect.arrayContaining(['01 /replayed  cut', '02 /pay       BG-1']));
    expect(frameAt(3_100)).toContain('01 /replayed  again');
  });

  it.each([
    ['without colour', withoutColour],
    ['in colour', inColour],
  ])('fits into 80 by 24, with CJK, %s', (_name, paint) => {
    const long = '/\u5546\u54c1\u5217\u8868\u5546\u54c1\u5217\u8868\u5546\u54c1/'.repeat(3);
    const calls = Array.from({ length: 40 }, (_, index) =>
      callNamed(index + 1, `${long}${index}`, index < 10 ? { attempts: [{ from: 0, place: index + 1 }] } : {}),
    );
    for (const at of [0, 900, 4_000, 14_600, 99_999]) {
      const step = { at, lane: 'front', what: long.repeat(4) } as const;
      const lines = frameLines({ run: { ...smallRun, calls }, at, latest: step }, paint);
      expect(lines.length).toBeLessThanOrEqual(23);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(79);
    }
  });

  it('is ASCII but for names, so that no terminal thinks otherwise of its width', () => {
    const text = frameLines(
      { run: { ...smallRun, calls: smallRun.calls.slice(0, 4) }, at: 1_500, latest },
      withoutColour,
    );
    expect(text.join('')).toMatch(/^[ -~]*$/);
  });
});
