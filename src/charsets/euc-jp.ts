import eucJpChunks from 'iconv-lite/encodings/tables/eucjp.json';
import type { CharsetDecoder } from '../platform/charset.js';
import { EUC_JP } from '../platform/charset-labels.js';
import { decodeTableOf } from './decode-table.js';
import {
  afterLeadOfTwo,
  createTableDecoder,
  singlesWithLeads,
  UNFINISHED,
  LEAD,
  type MultiByteTables,
} from './table-decoder.js';

/** The lead of the three-byte codes: JIS X 0212. */
const THREE_BYTES = 0x8f;

/** Decodes EUC-JP, as browsers do (ENC-1). */
export const eucJp: CharsetDecoder = {
  charsets: { 'euc-jp': EUC_JP },
  create: (charset, { fatal }) => createTableDecoder(charset, fatal, (tables ??= makeTables())),
};

let tables: MultiByteTables | undefined;

function makeTables(): MultiByteTables {
  const singles = singlesWithLeads(0xa1, 0xfe);
  singles[0x8e & 0x7f] = LEAD;
  singles[THREE_BYTES & 0x7f] = LEAD;
  const triples = decodeTableOf(eucJpChunks, THREE_BYTES);

  return {
    singles,
    doubles: decodeTableOf(eucJpChunks),
    afterLead(bytes, lead, end) {
      const second = bytes[lead + 1] as number;
      if (lead + 1 >= end || bytes[lead] !== THREE_BYTES || second < 0xa1 || second > 0xfe) {
        return afterLeadOfTwo(bytes, lead, end);
      }
      if (lead + 2 >= end) return UNFINISHED;
      const third = bytes[lead + 2] as number;
      if (third < 0x80) return -2;
      const character = triples[((second & 0x7f) << 8) | third] as number;
      return character === 0 ? -3 : character;
    },
    longest: 3,
  };
}
