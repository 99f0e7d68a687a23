import fc from 'fast-check';
import { utf8Bytes } from '../../src/platform/utf8-bytes.js';

const reference = new TextEncoder();

describe('utf8Bytes', () => {
  it('writes every code unit as TextEncoder does, halves of pairs included', () => {
    const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));

    const wrong = units.filter((unit) => !Buffer.from(utf8Bytes(unit)).equals(reference.encode(unit)));

    expect(wrong).toEqual([]);
  });

  it('writes any text as TextEncoder does', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.integer({ min: 0xd7f0, max: 0xe010 }).map((code) => String.fromCharCode(code)) }),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect([...utf8Bytes(given)]).toEqual([...reference.encode(given)]);
      }),
    );
  });
});
