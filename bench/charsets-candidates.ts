/** Who decodes what, in plain JavaScript: for Node.js with and without a JIT, and for QuickJS. */
import dbcs from 'iconv-lite/encodings/dbcs-codec.js';
import encodings from 'iconv-lite/encodings/dbcs-data.js';
import polyfill from 'text-encoding-gbk';
import { allCharsets } from '../src/charsets/index.js';
import type { Charset, CharsetDecoder } from '../src/platform/charset.js';

export const OURS = 'rx-miniprogram';
export const ICONV = 'iconv-lite';
export const POLYFILL = 'text-encoding-gbk';

/** Decodes a text that came in pieces, and says how many UTF-16 units it has. */
export type Decode = (pieces: readonly Uint8Array[]) => number;

interface Shape {
  /** Its name in iconv-lite. */
  readonly encoding: string;
  /** The two-byte codes of the common letters: first and last lead, first and last second byte. */
  readonly common: readonly [number, number, number, number];
}

export const SHAPES: { readonly [name in string]?: Shape } = {
  gbk: { encoding: 'gbk', common: [0xb0, 0xf7, 0xa1, 0xf9] },
  gb18030: { encoding: 'gb18030', common: [0xb0, 0xf7, 0xa1, 0xf9] },
  big5: { encoding: 'big5hkscs', common: [0xa4, 0xc5, 0xa1, 0xfe] },
  shift_jis: { encoding: 'shiftjis', common: [0x89, 0x97, 0x80, 0xfc] },
  'euc-jp': { encoding: 'eucjp', common: [0xb0, 0xce, 0xa1, 0xfe] },
  'euc-kr': { encoding: 'cp949', common: [0xb0, 0xc8, 0xa1, 0xfe] },
};

/** Common letters, three in ten ASCII; for GB18030 one in twenty of four bytes. The same on every engine. */
export function sampleOf(charset: string, bytes: number): Uint8Array {
  const { common } = SHAPES[charset] as Shape;
  const [firstLead, lastLead, firstSecond, lastSecond] = common;
  let seed = 42;
  const below = (limit: number) => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % limit;
  };
  const sample: number[] = [];
  while (sample.length < bytes) {
    const draw = below(100);
    if (draw < 30) sample.push(0x61 + below(26));
    else if (draw < 35 && charset === 'gb18030')
      sample.push(0x95, 0x32 + below(6), 0x81 + below(126), 0x30 + below(10));
    else sample.push(firstLead + below(lastLead - firstLead + 1), firstSecond + below(lastSecond - firstSecond + 1));
  }
  return Uint8Array.from(sample);
}

export function piecesOf(bytes: Uint8Array, length: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length));
  return pieces;
}

export function candidatesFor(charset: string): { readonly [who: string]: Decode } {
  const ours = allCharsets.find(({ charsets }) => charset in charsets) as CharsetDecoder;
  const codec = new dbcs._dbcs(
    { encodingName: charset, ...encodings[(SHAPES[charset] as Shape).encoding] },
    { defaultCharUnicode: '\ufffd', defaultCharSingleByte: '?' },
  );
  return {
    [OURS]: (pieces) => {
      const decoder = ours.create(charset as Charset, { fatal: false });
      let units = 0;
      for (const piece of pieces) units += decoder.write(piece).length;
      return units + decoder.end().length;
    },
    [ICONV]: (pieces) => {
      const decoder = new codec.decoder({}, codec);
      let units = 0;
      for (const piece of pieces) units += decoder.write(piece).length;
      return units + (decoder.end()?.length ?? 0);
    },
    ...(charset.startsWith('gb') && {
      [POLYFILL]: (pieces: readonly Uint8Array[]) => {
        const decoder = new polyfill.TextDecoder(charset);
        let units = 0;
        for (const piece of pieces) units += decoder.decode(piece, { stream: true }).length;
        return units + decoder.decode().length;
      },
    }),
  };
}

/** Bytes, and the time they took, in megabytes a second. */
export function megabytesASecond(
  decode: Decode,
  pieces: readonly Uint8Array[],
  bytes: number,
  now: () => number,
): number {
  // Long enough for a clock of whole milliseconds.
  let passes = 0;
  const startedAt = now();
  while (now() - startedAt < 60) {
    decode(pieces);
    passes++;
  }
  return (bytes * passes) / 1_000 / (now() - startedAt);
}
