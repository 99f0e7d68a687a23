import fc from 'fast-check';
import { utf8 } from '../../src/platform/utf8.js';

/** First and last code points of every length, and every way to break a sequence. */
const SEQUENCES: readonly (readonly number[])[] = [
  ...[0x00, 0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0xffff],
  ...[0x10000, 0x3ffff, 0x40000, 0xfffff, 0x100000, 0x10ffff],
].map((codePoint) => [...new TextEncoder().encode(String.fromCodePoint(codePoint))]);

const BROKEN: readonly (readonly number[])[] = [
  [0x80], [0xbf], [0xc0], [0xc1], [0xf5], [0xf8], [0xfc], [0xfe], [0xff], // never a beginning
  [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x8f, 0xbf, 0xbf], // overlong
  [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], // surrogates
  [0xf4, 0x90, 0x80, 0x80], [0xf7, 0xbf, 0xbf, 0xbf], // above U+10FFFF
  [0xc2], [0xdf], [0xe0], [0xe0, 0xa0], [0xe1, 0x80], [0xed], [0xed, 0x9f], [0xef, 0xbf], // cut short
  [0xf0], [0xf0, 0x90], [0xf0, 0x90, 0x80], [0xf1, 0x80, 0x80], [0xf4], [0xf4, 0x8f], [0xf4, 0x8f, 0xbf],
  [0xe0, 0x7f], [0xe1, 0x41, 0x80], [0xf0, 0x90, 0x41], [0xe1, 0xc0], [0xf1, 0x80, 0xc0, 0x80], // broken inside
]; // prettier-ignore

const ALL = [...SEQUENCES, ...BROKEN];

/** What the standard says: the text, or `undefined` where a fatal decoder throws. */
function expected(bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decoded(pieces: readonly Uint8Array[], fatal: boolean): string | undefined {
  const decoder = utf8.create('utf-8', { fatal });
  try {
    return pieces.map((piece) => decoder.write(piece)).join('') + decoder.end();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** Cuts where the bits of `cuts` say: bit 0 is the border after the first byte. */
function split(bytes: Uint8Array, cuts: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at < bytes.length; at++) {
    if ((cuts >> (at - 1)) & 1) {
      pieces.push(bytes.subarray(start, at));
      start = at;
    }
  }
  return [...pieces, bytes.subarray(start)];
}

describe('utf8', () => {
  it.each([false, true])(
    '[ENC-1] reads every split of every pair of boundary sequences by the standard, fatal: %s',
    (fatal) => {
      const wrong: string[] = [];
      let tried = 0;
      for (const first of ALL) {
        for (const second of [[], ...ALL]) {
          const bytes = Uint8Array.from([...first, ...second]);
          const wanted = expected(bytes, fatal);
          for (let cuts = 0; cuts < 1 << (bytes.length - 1); cuts++) {
            tried++;
            if (decoded(split(bytes, cuts), fatal) !== wanted)
              wrong.push(`${Buffer.from(bytes).toString('hex')} cut ${cuts}`);
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThan(50_000);
    },
  );

  it.each([false, true])('[ENC-1] reads random bytes in random pieces by the standard, fatal: %s', (fatal) => {
    const sequence = fc.constantFrom(...ALL);
    const valid = fc.constantFrom(...SEQUENCES);
    const random = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 });
    const bytes = fc
      .oneof(
        fc.array(valid, { maxLength: 30 }),
        fc.array(fc.oneof(sequence, random), { maxLength: 30 }),
        fc.array(random, { maxLength: 10 }),
      )
      .map((parts) => Uint8Array.from(parts.flat()));
    const cuts = fc.array(fc.nat({ max: 120 }), { maxLength: 12 });

    fc.assert(
      fc.property(bytes, cuts, (all, at) => {
        const borders = [0, ...at.map((border) => Math.min(border, all.length)).sort((a, b) => a - b), all.length];
        const pieces = borders.slice(1).map((end, index) => all.subarray(borders[index], end));
        expect(decoded(pieces, fatal)).toBe(expected(all, fatal));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([4_094, 4_095, 4_096, 4_097, 8_191, 8_192])(
    '[ENC-1] reads text past its inner buffer: %d units, then an astral one',
    (length) => {
      for (const text of ['a', '中', '\u{1f600}']) {
        const whole = 'a'.repeat(length) + text + text;
        expect(decoded([new TextEncoder().encode(whole)], true)).toBe(whole);
      }
    },
  );

  it('[ENC-1] reads a megabyte of broken bytes', () => {
    const bytes = new Uint8Array(1_000_000).fill(0xe4);

    expect(decoded([bytes], false)).toBe('\ufffd'.repeat(1_000_000));
  });

  it('[ENC-1] gives each character out as soon as its last byte is there', () => {
    const decoder = utf8.create('utf-8', { fatal: true });
    const pieces = [[0x61, 0xe4], [0xbd], [0xa0, 0xf0], [0x9f, 0x98], [0x80]].map((bytes) => Uint8Array.from(bytes));

    expect(pieces.map((piece) => decoder.write(piece))).toEqual(['a', '', '你', '', '\u{1f600}']);
    expect(decoder.end()).toBe('');
  });

  it('[ENC-2] keeps the byte order mark: stripping one is decided elsewhere', () => {
    expect(decoded([Uint8Array.from([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x61])], true)).toBe('\ufeff\ufeffa');
  });

  it.each([
    ['a lone continuation', [[0x61, 0x80]], 1],
    [
      'a continuation in a later piece',
      [
        [0x61, 0x62],
        [0x63, 0x80],
      ],
      3,
    ],
    ['the byte that breaks a sequence', [[0xe4, 0xbd], [0x61]], 2],
    ['the end that cuts a sequence', [[0x61, 0xe4], [0xbd]], 3],
  ])('[ENC-1] names the byte of %s, counted over all pieces', (_what, pieces, at) => {
    const decoder = utf8.create('utf-8', { fatal: true });

    expect(() => {
      for (const piece of pieces) decoder.write(Uint8Array.from(piece));
      decoder.end();
    }).toThrow(new RangeError(`not UTF-8 at byte ${at}`));
  });

  it('[ENC-1] keeps nothing in common between two decoders', () => {
    const first = utf8.create('utf-8', { fatal: true });
    const second = utf8.create('utf-8', { fatal: true });
    first.write(Uint8Array.from([0xe4]));

    expect(second.write(Uint8Array.from([0x61]))).toBe('a');
    expect(first.write(Uint8Array.from([0xbd, 0xa0]))).toBe('你');
  });

  it('[ENC-1] speaks for utf-8 alone', () => {
    expect(Object.keys(utf8.charsets)).toEqual(['utf-8']);
  });
});
