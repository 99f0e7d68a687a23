import { checkedHeader } from '../../src/platform/check-header.js';
import type { Header } from '../../src/platform/wx.js';

const checked = (header: unknown) =>
  checkedHeader(header as Header, (what) => {
    throw new Error(what);
  });

describe('checkedHeader', () => {
  it('hands on what needs no change', () => {
    const header = { 'x-name': 'a b\té', accept: '*/*' };

    expect(checked(header)).toBe(header);
    expect(checked(undefined)).toBeUndefined();
  });

  it('[K3.6] leaves out what is undefined, and makes text of numbers', () => {
    const header = { token: undefined, version: 3, accept: '*/*' };

    expect(checked(header)).toEqual({ version: '3', accept: '*/*' });
    expect(header).toEqual({ token: undefined, version: 3, accept: '*/*' });
  });

  it.each([
    ['true', true, 'boolean'],
    ['null', null, 'null'],
    ['an object', {}, 'Object'],
    ['a list', ['a'], 'Array'],
    ['NaN', NaN, 'NaN'],
    ['a function', () => 1, 'function'],
  ])('[K3.6] refuses %s, and names the field', (_what, value, kind) => {
    expect(() => checked({ flag: value })).toThrow(
      `the header field 'flag' must be a text; got ${kind}; write a text, or leave it out`,
    );
  });

  it.each([
    ['Array', [['a', 'b']]],
    ['Map', new Map([['a', 'b']])],
    ['Headers', new Headers()],
    ['string', 'a: b'],
  ])('[K3.6] refuses a header that is a %s', (kind, header) => {
    expect(() => checked(header)).toThrow(
      `header must be an object of names and values; got ${kind}; of pairs or a Map, write Object.fromEntries(…)`,
    );
  });

  it.each(['张三', 'a\r\nb: c', 'a\nb', '\0', '\x7f', '\u0100'])(
    '[K3.7] refuses the value %j, and says what to write',
    (value) => {
      expect(() => checked({ 'x-name': value })).toThrow(
        "the header field 'x-name' has a character that HTTP cannot carry; write encodeURIComponent(…)",
      );
    },
  );

  it.each(['', 'a b', 'a:', '名', 'a\n'])('[K3.6] refuses the name %j', (name) => {
    expect(() => checked({ [name]: 'x' })).toThrow(`'${name}' is not a name of a header field`);
  });
});
