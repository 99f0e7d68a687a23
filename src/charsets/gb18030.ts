import cp936 from 'iconv-lite/encodings/tables/cp936.json';
import ranges from 'iconv-lite/encodings/tables/gb18030-ranges.json';
import gbkAdded from 'iconv-lite/encodings/tables/gbk-added.json';
import type { CharsetDecoder } from '../platform/charset.js';
import { GB18030, GBK } from '../platform/charset-labels.js';
import { decodeTableOf, type TableChunk } from './decode-table.js';
import {
  afterLeadOfTwo,
  createTableDecoder,
  singlesWithLeads,
  UNFINISHED,
  type MultiByteTables,
} from './table-decoder.js';

/** Eighteen codes have got characters of their own since, which iconv-lite still reads as private use. */
const MENDED: readonly TableChunk[] = [
  ['a6d9', '\ufe10\ufe12\ufe11\ufe13', 3],
  ['a6ec', '\ufe17', 1],
  ['a6f3', '\ufe19'],
  ['fe59', '\u9fb4'],
  ['fe61', '\u9fb5'],
  ['fe66', '\u9fb6', 1],
  ['fe6d', '\u9fb8'],
  ['fe7e', '\u9fb9'],
  ['fe90', '\u9fba'],
  ['fea0', '\u9fbb'],
];

/** The linear numbers of four-byte codes: below this the rest of the basic plane, from the other the planes above it. */
const BASIC_PLANE_END = 39_420;
const ASTRAL_START = 189_000;
const ASTRAL_END = ASTRAL_START + 0x100000;

/**
 * Decodes GBK and GB18030 for `decodeBody`, `decodeText` and the `decoders` of a network (ENC-1). `gb2312` and the
 * other labels of the WHATWG Encoding Standard are GBK; both are read by the same rules, as browsers do.
 *
 * @example
 * ```ts
 * const network = createNetwork({ decoders: [gb18030] });
 * ```
 */
export const gb18030: CharsetDecoder = {
  charsets: { gbk: GBK, gb18030: GB18030 },
  create: (charset, { fatal }) => createTableDecoder(charset, fatal, (tables ??= makeTables())),
};

let tables: MultiByteTables | undefined;
let basicPlane: Uint16Array | undefined;

function makeTables(): MultiByteTables {
  const singles = singlesWithLeads(0x81, 0xfe);
  singles[0] = 0x20ac;
  return { singles, doubles: decodeTableOf([...cp936, ...gbkAdded, ...MENDED]), afterLead, longest: 4 };
}

function afterLead(bytes: Uint8Array, lead: number, end: number): number {
  if (lead + 1 >= end) return UNFINISHED;
  const second = (bytes[lead + 1] as number) - 0x30;
  if (second < 0 || second > 9) return afterLeadOfTwo(bytes, lead, end);
  if (lead + 2 >= end) return UNFINISHED;
  const third = (bytes[lead + 2] as number) - 0x81;
  if (third < 0 || third > 125) return -1;
  if (lead + 3 >= end) return UNFINISHED;
  const fourth = (bytes[lead + 3] as number) - 0x30;
  if (fourth < 0 || fourth > 9) return -1;

  const code = ((((bytes[lead] as number) - 0x81) * 10 + second) * 126 + third) * 10 + fourth;
  if (code < BASIC_PLANE_END) return (basicPlane ??= makeBasicPlane())[code] as number;
  return code >= ASTRAL_START && code < ASTRAL_END ? 0x10000 + code - ASTRAL_START : -4;
}

function makeBasicPlane(): Uint16Array {
  const { gbChars, uChars } = ranges;
  const codePoints = new Uint16Array(BASIC_PLANE_END);
  for (let range = 0, shift = 0, code = 0; code < BASIC_PLANE_END; code++) {
    if (code === gbChars[range]) shift = (uChars[range++] as number) - code;
    codePoints[code] = code + shift;
  }
  // The one code that is out of line.
  codePoints[7457] = 0xe7c7;
  return codePoints;
}
