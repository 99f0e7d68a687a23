import { problemOfOptions, type OptionKind } from '../../src/platform/check-options.js';

describe('problemOfOptions', () => {
  const problemOf = (value: unknown, kind: OptionKind) => problemOfOptions({ option: value }, { option: kind });

  it.each<[unknown, OptionKind]>([
    [undefined, 'string'],
    ['text', 'string'],
    [1, 'number'],
    [false, 'boolean'],
    [() => 1, 'function'],
    [{}, 'object'],
    [[], 'array'],
    [100, 'delay'],
    [2 ** 31 - 1, 'delay'],
    [null, 'anything'],
    ['hold', ['hold', 'refuse']],
  ])('takes %p for %j', (value, kind) => {
    expect(problemOf(value, kind)).toBeUndefined();
  });

  it.each<[unknown, OptionKind, string]>([
    [1, 'string', 'a string; got 1'],
    ['1', 'number', "a number; got '1'"],
    ['', 'boolean', "a boolean; got ''"],
    [{}, 'function', 'a function; got an object'],
    [null, 'object', 'an object; got null'],
    ['text', 'object', "an object; got 'text'"],
    [{}, 'array', 'an array; got an object'],
    ['100', 'delay', "a positive number of milliseconds below 2^31; got '100'"],
    [0, 'delay', 'a positive number of milliseconds below 2^31; got 0'],
    [2 ** 31, 'delay', 'a positive number of milliseconds below 2^31; got 2147483648'],
    ['hide', ['hold', 'refuse'], "one of hold, refuse; got 'hide'"],
  ])('says of %p what it expected: %j', (value, kind, problem) => {
    expect(problemOf(value, kind)).toBe(`option must be ${problem}`);
  });

  it('names an option that there is not, with a hint where there is one', () => {
    const kinds = { url: 'string', timeoutMs: 'delay' } as const;
    const hints = { timeout: 'it is called timeoutMs' };

    expect(problemOfOptions({ url: 'x', timeout: 1 }, kinds, hints)).toBe(
      "there is no option 'timeout'; it is called timeoutMs",
    );
    expect(problemOfOptions({ toString: 1 }, kinds, hints)).toBe(
      "there is no option 'toString'; there are url, timeoutMs",
    );
    expect(problemOfOptions({ uri: undefined }, kinds)).toBe("there is no option 'uri'; there are url, timeoutMs");
  });
});
