import type { Charset, CharsetDecoder } from '../../src/platform/charset.js';
import { allCharsets, utf16, windows1252 } from '../../src/charsets/index.js';
import { whatwgDecoder } from '../support/whatwg-decoder.js';

// Of several bytes a character, and ASCII below; windows-1252 and UTF-16 have tests of their own.
const CHARSETS = allCharsets
  .filter((decoder) => decoder !== windows1252 && decoder !== utf16)
  .flatMap((decoder) => (Object.keys(decoder.charsets) as Charset[]).map((charset) => [charset, decoder] as const));

/** No charset has a longer code that it ends, or that begins with it. */
const SEPARATOR = 0x0a;

/** Sequences of one length, each with the separator behind it. */
function batchOf(length: number, sequences: Iterable<readonly number[]>): Batch {
  const bytes: number[] = [];
  for (const sequence of sequences) bytes.push(...sequence, SEPARATOR);
  return { length, bytes: Uint8Array.from(bytes) };
}

interface Batch {
  readonly length: number;
  readonly bytes: Uint8Array;
}

function* everyByte(): Iterable<readonly number[]> {
  for (let byte = 0; byte < 0x100; byte++) yield [byte];
}

function* everyTwo(): Iterable<readonly number[]> {
  for (let code = 0; code < 0x10000; code++) yield [code >> 8, code & 0xff];
}

/** Each sequence in a text of its own, as its end would be the end of the text. */
function textsOf(decode: (bytes: Uint8Array) => string, { length, bytes }: Batch): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += length + 1) texts.push(decode(bytes.subarray(at, at + length)));
  return texts;
}

/** Torn after `cut` bytes of each sequence, as by a network that always cuts there. */
function torn(decoder: CharsetDecoder, charset: Charset, { length, bytes }: Batch, cut: number): string {
  const decoding = decoder.create(charset, { fatal: false });
  let text = decoding.write(bytes.subarray(0, cut));
  for (let at = cut; at < bytes.length; at += length + 1) text += decoding.write(bytes.subarray(at, at + length + 1));
  return text + decoding.end();
}

function whole(decoder: CharsetDecoder, charset: Charset, bytes: Uint8Array): string {
  const decoding = decoder.create(charset, { fatal: false });
  return decoding.write(bytes) + decoding.end();
}

/** The sequences that read differently: a text of megabytes is no message. */
function differences(actual: string, expected: string, { length, bytes }: Batch): string[] {
  if (actual === expected) return [];
  const [ours, theirs] = [actual.split('\n'), expected.split('\n')];
  const found: string[] = [];
  for (let index = 0; index < Math.max(ours.length, theirs.length) && found.length < 20; index++) {
    if (ours[index] === theirs[index]) continue;
    const at = index * (length + 1);
    found.push(`${Buffer.from(bytes.subarray(at, at + length)).toString('hex')}: ${ours[index]}, not ${theirs[index]}`);
  }
  return found;
}

// Nobody reads the stacks of so many errors, and they take longer than all the rest.
const { stackTraceLimit } = Error;
beforeAll(() => (Error.stackTraceLimit = 0));
afterAll(() => (Error.stackTraceLimit = stackTraceLimit));

describe.each(CHARSETS)('%s', (charset, decoder) => {
  const batches = [batchOf(1, everyByte()), batchOf(2, everyTwo())];

  it('[ENC-1] reads every one- and two-byte sequence by the standard, whole and torn', () => {
    for (const batch of batches) {
      const expected = whatwgDecoder(charset)(batch.bytes);
      expect(differences(whole(decoder, charset, batch.bytes), expected, batch)).toEqual([]);
      for (let cut = 1; cut <= batch.length; cut++) {
        expect(differences(torn(decoder, charset, batch, cut), expected, batch)).toEqual([]);
      }
    }
  });

  it('[ENC-1] reads every one- and two-byte sequence at the end of a text by the standard', () => {
    for (const batch of batches) {
      expect(textsOf((bytes) => whole(decoder, charset, bytes), batch)).toEqual(textsOf(whatwgDecoder(charset), batch));
    }
  });

  it('[ENC-1] takes with fatal what has no U+FFFD without, and names the first byte that cannot stand there', () => {
    const wrong: string[] = [];
    for (const batch of batches) {
      textsOf((bytes) => {
        const at = brokenAt(decoder, charset, bytes);
        const valid = !whole(decoder, charset, bytes).includes('\ufffd');
        const fineBefore = at === undefined || brokenAt(decoder, charset, bytes.subarray(0, at), true) === undefined;
        const brokenWithIt = at === undefined || brokenAt(decoder, charset, bytes.subarray(0, at + 1)) === at;
        if (valid !== (at === undefined) || !fineBefore || !brokenWithIt)
          wrong.push(Buffer.from(bytes).toString('hex'));
        return '';
      }, batch);
    }
    expect(wrong).toEqual([]);
  });
});

/** Where a fatal decoder stops. */
function brokenAt(decoder: CharsetDecoder, charset: Charset, bytes: Uint8Array, more = false): number | undefined {
  const decoding = decoder.create(charset, { fatal: true });
  try {
    decoding.write(bytes);
    if (!more) decoding.end();
    return undefined;
  } catch (error) {
    return Number(/ at byte (\d+)$/.exec((error as RangeError).message)![1]);
  }
}

describe('gb18030', () => {
  const decoder = allCharsets.find(({ charsets }) => charsets.gb18030)!;

  // One first byte at a time: 12 600 codes, or a few more where the last does not end with a code.
  const batches = Array.from({ length: 126 }, (_, index) => fourByteCodes(0x81 + index));

  it('[ENC-1] reads every four-byte sequence by the standard, whole and torn, those beyond Unicode too', () => {
    const oracle = whatwgDecoder('gb18030');
    let valid = 0;
    for (const [index, batch] of batches.entries()) {
      const text = whole(decoder, 'gb18030', batch.bytes);
      expect(differences(text, oracle(batch.bytes), batch)).toEqual([]);
      // After each of its bytes in turn: a decoder of what is torn knows of bytes, not of codes.
      const cut = 1 + (index % 3);
      expect(differences(torn(decoder, 'gb18030', batch, cut), text, batch)).toEqual([]);
      for (const character of text.split('\n')) if (character && character !== '\ufffd') valid++;
    }
    // U+FFFD has a code of its own, which is not told apart from a broken one.
    expect(valid + 1).toBe(1_087_996);
  });
});

function fourByteCodes(first: number): Batch {
  const bytes = new Uint8Array(12_600 * 5);
  let at = 0;
  for (let second = 0x30; second <= 0x39; second++) {
    for (let third = 0x81; third <= 0xfe; third++) {
      for (let fourth = 0x30; fourth <= 0x39; fourth++) {
        bytes[at++] = first;
        bytes[at++] = second;
        bytes[at++] = third;
        bytes[at++] = fourth;
        bytes[at++] = SEPARATOR;
      }
    }
  }
  return { length: 4, bytes };
}

describe('euc-jp', () => {
  const decoder = allCharsets.find(({ charsets }) => charsets['euc-jp'])!;

  function* everyThree(): Iterable<readonly number[]> {
    for (const code of everyTwo()) yield [0x8f, ...code];
  }

  it('[ENC-1] reads every three-byte sequence by the standard, whole and torn', () => {
    const batch = batchOf(3, everyThree());
    const expected = whatwgDecoder('euc-jp')(batch.bytes);

    expect(differences(whole(decoder, 'euc-jp', batch.bytes), expected, batch)).toEqual([]);
    for (const cut of [1, 2, 3]) {
      expect(differences(torn(decoder, 'euc-jp', batch, cut), expected, batch)).toEqual([]);
    }
  });
});
