import { meaningOfClose, problemOfClose } from '../../src/platform/close-code.js';

describe('meaningOfClose', () => {
  it.each([
    [1000, 'bye', 'clean'],
    [1000, 'interrupted', 'interrupted'],
    [0, 'Interrupted', 'interrupted'],
    [undefined, 'interrupted', 'interrupted'],
    [undefined, '', 'lost'],
    [0, '', 'lost'],
    [1001, '', 'lost'],
    [1005, '', 'lost'],
    [1006, '', 'lost'],
    [1011, '', 'lost'],
    [3000, '', 'lost'],
    [3999, '', 'lost'],
    [5000, '', 'lost'],
    [1002, '', 'refused'],
    [1003, '', 'refused'],
    [1007, '', 'refused'],
    [1008, '', 'refused'],
    [1009, '', 'refused'],
    [1010, '', 'refused'],
    [4000, '', 'refused'],
    // The server's own word, whatever its reason.
    [4001, 'interrupted', 'refused'],
    [3001, 'interrupted', 'lost'],
    [4999, '', 'refused'],
  ])('[BG-1] takes %p %j for %s', (code, reason, meaning) => {
    expect(meaningOfClose({ code, reason })).toBe(meaning);
  });
});

describe('problemOfClose', () => {
  it.each([
    [1000, ''],
    [3000, 'bye'],
    [4999, '再见'.repeat(20)],
    [1000, 'x'.repeat(123)],
  ])('has none with %d %j', (code, reason) => {
    expect(problemOfClose(code, reason)).toBeUndefined();
  });

  it.each([999, 1001, 2999, 5000, 3000.5, NaN, Infinity])('names the code %d', (code) => {
    expect(problemOfClose(code, '')).toBe(`a close code is 1000, or from 3000 to 4999; got ${code}`);
  });

  it.each([
    ['x'.repeat(124), 124],
    ['再'.repeat(42), 126],
  ])('counts the bytes of %j', (reason, bytes) => {
    expect(problemOfClose(1000, reason)).toBe(`a close reason has at most 123 bytes of UTF-8; got ${bytes}`);
  });
});
