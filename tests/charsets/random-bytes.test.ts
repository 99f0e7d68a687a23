import fc from 'fast-check';
import type { Charset } from '../../src/platform/charset.js';
import { allCharsets, utf16, windows1252 } from '../../src/charsets/index.js';
import { whatwgDecoder } from '../support/whatwg-decoder.js';

// Of several bytes a character, and ASCII below; windows-1252 and UTF-16 have tests of their own.
const CHARSETS = allCharsets
  .filter((decoder) => decoder !== windows1252 && decoder !== utf16)
  .flatMap((decoder) => (Object.keys(decoder.charsets) as Charset[]).map((charset) => [charset, decoder] as const));

/** The bytes at which the charsets change their minds come more often than others. */
const byte = fc.oneof(
  fc.constantFrom(0x00, 0x0a, 0x2f, 0x30, 0x39, 0x3a, 0x40, 0x7e, 0x7f, 0x80, 0x81, 0x84, 0x8e, 0x8f, 0x90),
  fc.constantFrom(0xa0, 0xa1, 0xa2, 0xdf, 0xe0, 0xe3, 0xf0, 0xf9, 0xfc, 0xfd, 0xfe, 0xff),
  fc.integer({ min: 0, max: 0xff }),
);

describe.each(CHARSETS)('%s', (charset, decoder) => {
  it('[ENC-1] reads random bytes in random pieces by the standard', () => {
    const oracle = whatwgDecoder(charset);
    const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 12 });

    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), cuts, (values, at) => {
        const bytes = Uint8Array.from(values);
        const borders = [0, ...at.map((border) => Math.min(border, bytes.length)).sort((a, b) => a - b), bytes.length];
        const decoding = decoder.create(charset, { fatal: false });
        const texts = borders.slice(1).map((end, index) => {
          // The platform may use the memory of a chunk again.
          const piece = bytes.slice(borders[index], end);
          const text = decoding.write(piece);
          piece.fill(0x41);
          return text;
        });

        expect(texts.join('') + decoding.end()).toBe(oracle(bytes));
      }),
      { numRuns: 2_000 },
    );
  });

  it('[ENC-1] gives each character out as soon as its last byte is there', () => {
    const oracle = whatwgDecoder(charset);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (values) => {
        const decoding = decoder.create(charset, { fatal: false });
        let text = '';
        values.forEach((value, index) => {
          text += decoding.write(Uint8Array.of(value));
          // What is held back becomes one U+FFFD where the text ends here, whatever its length.
          const ended = oracle(Uint8Array.from(values.slice(0, index + 1)));
          expect([ended, ended.slice(0, -1)]).toContain(text);
        });
      }),
      { numRuns: 500 },
    );
  });

  it.each([4_094, 4_095, 4_096, 4_097, 8_191, 8_192])(
    '[ENC-1] reads text past its inner buffer: %d units, then more',
    (length) => {
      const bytes = Uint8Array.from([
        ...new Array<number>(length).fill(0x61),
        0xb0,
        0xa1,
        0xb0,
        0xa1,
        0x88,
        0x62,
        0x62,
      ]);
      const decoding = decoder.create(charset, { fatal: false });

      expect(decoding.write(bytes) + decoding.end()).toBe(whatwgDecoder(charset)(bytes));
    },
  );

  it('[ENC-1] counts the bytes of all pieces for its error', () => {
    const decoding = decoder.create(charset, { fatal: true });
    decoding.write(Uint8Array.of(0x61, 0x62));
    decoding.write(Uint8Array.of(0x63, 0xb0));
    decoding.write(Uint8Array.of(0xa1, 0x64));

    expect(() => decoding.write(Uint8Array.of(0x65, 0xff))).toThrow(new RangeError(`not ${charset} at byte 7`));
  });

  it('[ENC-1] keeps nothing in common between two decoders', () => {
    const first = decoder.create(charset, { fatal: true });
    const second = decoder.create(charset, { fatal: true });
    const start = first.write(Uint8Array.of(0xb0));

    expect(second.write(Uint8Array.of(0x61))).toBe('a');
    expect(start + first.write(Uint8Array.of(0xa1)) + first.end()).toBe(
      whatwgDecoder(charset)(Uint8Array.of(0xb0, 0xa1)),
    );
  });
});
