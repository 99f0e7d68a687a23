import { bodyLines } from '../../../src/cli/request/body-lines.js';

describe('bodyLines', () => {
  it('indents JSON', () => {
    expect(bodyLines('{"a":[1]}')).toEqual(['body    JSON, 9 characters', '', '{', '  "a": [', '    1', '  ]', '}']);
  });

  it('cuts a long text after so many lines, and says how much is left', () => {
    const lines = bodyLines(Array.from({ length: 50 }, () => 'ab').join('\n'));

    expect(lines).toHaveLength(2 + 40 + 1);
    expect(lines.at(-1)).toBe('... 30 more characters');
  });

  it('cuts a long line between characters', () => {
    const lines = bodyLines('\u{20000}'.repeat(4_001));

    expect(lines.at(-2)).toBe('\u{20000}'.repeat(4_000));
    expect(lines.at(-1)).toBe('... 1 more character');
  });

  it('says when there is nothing', () => {
    expect(bodyLines('')).toEqual(['body    empty']);
    expect(bodyLines(new ArrayBuffer(0))).toEqual(['body    empty']);
  });
});
