import fc from 'fast-check';
import { allCharsets, utf16 } from '../../src/charsets/index.js';
import { charsetLabelOf, decoderOf, type Charset } from '../../src/platform/charset.js';

const TEXT = 'A中😀\ufeffé';
const bytesOf = (text: string, isBigEndian: boolean) =>
  Uint8Array.from(
    [...Array(text.length).keys()].flatMap((index) => {
      const unit = text.charCodeAt(index);
      return isBigEndian ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8];
    }),
  );

describe('utf16', () => {
  it.each<[Charset, boolean]>([
    ['utf-16le', false],
    ['utf-16be', true],
  ])('[ENC-1] [K4.10] reads %s, whole and torn', (charset, isBigEndian) => {
    const bytes = bytesOf(TEXT.repeat(500), isBigEndian);
    const whole = utf16.create(charset, { fatal: true });
    const torn = utf16.create(charset, { fatal: true });

    expect(whole.write(bytes) + whole.end()).toBe(TEXT.repeat(500));
    expect([...bytes].map((byte) => torn.write(Uint8Array.of(byte))).join('') + torn.end()).toBe(TEXT.repeat(500));
  });

  it.each<Charset>(['utf-16le', 'utf-16be'])(
    '[ENC-1] reads random units in random pieces as an engine does: %s',
    (charset) => {
      const engine = new TextDecoder(charset, { ignoreBOM: true });
      // Halves of pairs, of either end, come more often than others.
      const byte = fc.oneof(
        fc.constantFrom(0xd8, 0xdb, 0xdc, 0xdf, 0x00, 0xfe, 0xff),
        fc.integer({ min: 0, max: 0xff }),
      );

      fc.assert(
        fc.property(fc.array(byte, { maxLength: 24 }), fc.nat({ max: 24 }), (values, cut) => {
          const bytes = Uint8Array.from(values);
          const decoder = utf16.create(charset, { fatal: false });
          const text = decoder.write(bytes.slice(0, cut)) + decoder.write(bytes.slice(cut)) + decoder.end();

          expect(text).toBe(engine.decode(bytes));
        }),
        { numRuns: 500 },
      );
    },
  );

  it.each<[string, readonly number[], string, number]>([
    ['a first half without its second', [0x3d, 0xd8, 0x41, 0x00], '\ufffdA', 0],
    ['a second half alone', [0x41, 0x00, 0x00, 0xde], 'A\ufffd', 2],
    ['two first halves', [0x3d, 0xd8, 0x3d, 0xd8, 0x00, 0xde], '\ufffd😀', 0],
    ['half a pair at the end', [0x41, 0x00, 0x3d, 0xd8], 'A\ufffd', 4],
    ['an odd byte at the end', [0x41, 0x00, 0x41], 'A\ufffd', 3],
  ])('[ENC-1] tells of %s', (_what, values, text, at) => {
    const bytes = Uint8Array.from(values);
    const lenient = utf16.create('utf-16le', { fatal: false });
    const fatal = utf16.create('utf-16le', { fatal: true });

    expect(lenient.write(bytes) + lenient.end()).toBe(text);
    expect(() => fatal.write(bytes) + fatal.end()).toThrow(new RangeError(`not utf-16le at byte ${at}`));
  });

  it.each(['UTF-16', 'utf-16le', 'unicode', 'UTF-16BE'])('[K4.10] is found for %s', (label) => {
    expect(decoderOf(label, allCharsets)?.decoder).toBe(utf16);
  });

  it.each([
    ["text/html; charset='gbk'", 'gbk'],
    ['text/html; charset=utf-8, text/html', 'utf-8'],
    ['text/html; charset="gbk', 'gbk'],
  ])('[K4.10] a label is read as servers write it: %s', (contentType, label) => {
    expect(charsetLabelOf(contentType)).toBe(label);
  });
});
