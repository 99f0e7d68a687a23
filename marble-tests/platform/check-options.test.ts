import { checkOptions, problemOfOptions, type OptionKind } from '../../src/platform/check-options.js';

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
    [1, 'count'],
    [1, 'count or Infinity'],
    [Infinity, 'count or Infinity'],
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
    [0, 'count', 'a whole number from 1; got 0'],
    [1.5, 'count', 'a whole number from 1; got 1.5'],
    ['1', 'count', "a whole number from 1; got '1'"],
    [Infinity, 'count', 'a whole number from 1; got Infinity'],
    [0, 'count or Infinity', 'a whole number from 1, or Infinity; got 0'],
    [NaN, 'count or Infinity', 'a whole number from 1, or Infinity; got NaN'],
    ['hide', ['hold', 'refuse'], "one of hold, refuse; got 'hide'"],
  ])('says of %p what it expected: %j', (value, kind, problem) => {
    expect(problemOf(value, kind)).toBe(`option must be ${problem}`);
  });

  it('names an option that there is not, with a hint where there is one', () => {
    const kinds = { url: 'string', timeoutMs: 'delay' } as const;
    const hints = { timeout: 'it is called timeoutMs' };

    expect(problemOfOptions({ url: 'x', timeout: 1 }, kinds, hints)).toBe(
      "Unknown option 'timeout'; it is called timeoutMs",
    );
    expect(problemOfOptions({ toString: 1 }, kinds, hints)).toBe("Unknown option 'toString'; known: url, timeoutMs");
    expect(problemOfOptions({ uri: undefined }, kinds)).toBe("Unknown option 'uri'; known: url, timeoutMs");
  });

  it('says beside what an option must be what is meant instead', () => {
    expect(problemOfOptions({ size: 0 }, { size: 'count' }, { size: 'to have none leave it out' })).toBe(
      'size must be a whole number from 1; got 0; to have none leave it out',
    );
  });

  it.each<[string, unknown, string]>([
    ['enableHttp2', true, 'write platform: { enableHttp2: true }'],
    ['redirect', 'manual', "write platform: { redirect: 'manual' }"],
    ['useHighPerformanceMode', false, 'write platform: { useHighPerformanceMode: false }'],
    ['forceCellularNetwork', true, 'write platform: { forceCellularNetwork: true }'],
    ['httpDNSServiceId', 'wx1', "write platform: { httpDNSServiceId: 'wx1' }"],
  ])('[K4.12] says where %s of the platform belongs', (name, value, advice) => {
    const kinds = { url: 'string', platform: 'object' } as const;

    expect(problemOfOptions({ [name]: value }, kinds)).toBe(`Unknown option '${name}'; ${advice}`);
    expect(problemOfOptions({ [name]: value }, { url: 'string' })).toBe(`Unknown option '${name}'; known: url`);
  });

  it.each([null, 5, 'high'])('says of %p that it is no options', (options) => {
    expect(problemOfOptions(options as never, {})).toMatch(/^expected an object with options; got /);
  });
});

describe('checkOptions', () => {
  it('throws a TypeError, whatever is wrong', () => {
    const kinds = { size: 'count', word: ['a', 'b'], on: 'boolean' } as const;
    const made = (options: object) => () =>
      checkOptions('make', options as { size?: number; word?: 'a' | 'b'; on?: boolean }, kinds);

    expect(made({ size: 1, word: 'a', on: true })).not.toThrow();
    expect(made({ sise: 1 })).toThrow(new TypeError("make: Unknown option 'sise'; known: size, word, on"));
    expect(made({ on: 1 })).toThrow(new TypeError('make: on must be a boolean; got 1'));
    expect(made({ size: 0 })).toThrow(new TypeError('make: size must be a whole number from 1; got 0'));
    expect(made({ word: 'c' })).toThrow(new TypeError("make: word must be one of a, b; got 'c'"));
  });
});
