import type { BytesRecord } from '../../examples/bytes/bytes-record.js';
import { bytesFrameLines } from '../../examples/bytes/frame.js';
import { bar } from '../../examples/stage/bar.js';
import { wrap } from '../../examples/stage/wrap.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { inColour, withoutColour } from '../../src/cli/terminal/paint.js';

const half: BytesRecord = {
  upload: { file: 'photo.jpg', percent: 50, bytes: 6_000_000, totalBytes: 12_000_000 },
  download: { file: 'report.pdf', percent: 100, bytes: 8_000_000, totalBytes: 8_000_000 },
  answer: { text: '\u4f60\u597d', events: 3, breaks: [2] },
};

describe('bytesFrameLines', () => {
  it('shows both files, and the answer as far as it has come', () => {
    expect(bytesFrameLines(half, 1_540, withoutColour)).toEqual([
      'bytes in and out, all at once                                             1.5 s',
      '',
      'upload   photo.jpg  [================                ]  50 %  6.0 of 12.0 MB',
      'download report.pdf [================================] 100 %  8.0 of 8.0 MB',
      'answer              3 events; the connection broke after event 2',
      '',
      '                    \u4f60\u597d',
      ...['', '', '', '', ''],
    ]);
  });

  it.each([
    ['without colour', withoutColour],
    ['in colour', inColour],
  ])('fits into 80 by 24, with CJK, %s', (_name, paint) => {
    const transfer = { file: '\u4ea7\u54c1\u4ecb\u7ecd\u4e66.pdf', percent: 33, bytes: 123e6, totalBytes: 199.9e6 };
    for (const length of [0, 1, 500, 5_000]) {
      const answer = { text: 'a\u8bf4'.repeat(length), events: length, breaks: [1, 22, 333] };
      const lines = bytesFrameLines({ upload: transfer, download: transfer, answer }, 99_999, paint);
      expect(lines).toHaveLength(12);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(79);
    }
  });

  it('is ASCII but for the answer, so that no terminal thinks otherwise of its width', () => {
    expect(bytesFrameLines(half, 0, withoutColour).slice(0, 6).join('')).toMatch(/^[ -~]*$/);
  });
});

describe('bar', () => {
  it.each([
    [-1, '[    ]'],
    [0, '[    ]'],
    [49, '[=   ]'],
    [99, '[=== ]'],
    [100, '[====]'],
    [101, '[====]'],
  ])('is as full as %d %%', (percent, row) => {
    expect(bar(percent, 4)).toBe(row);
  });
});

describe('wrap', () => {
  it('breaks between characters, the wide ones taking two columns', () => {
    expect(wrap('a\u4e16\u754cb', 4)).toEqual(['a\u4e16', '\u754cb']);
    expect(wrap('', 4)).toEqual([]);
  });
});
