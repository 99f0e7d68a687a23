import shiftJisChunks from 'iconv-lite/encodings/tables/shiftjis.json';
import type { CharsetDecoder } from '../platform/charset.js';
import { SHIFT_JIS } from '../platform/charset-labels.js';
import { decodeTableOf, type TableChunk } from './decode-table.js';
import { afterLeadOfTwo, createTableDecoder, singlesWithLeads, type MultiByteTables } from './table-decoder.js';

/** The last 187 of the codes for private use, which end too soon in iconv-lite. */
const MENDED: readonly TableChunk[] = [
  ['f941', '\ue69d', 61],
  ['f980', '\ue6db', 124],
];

/** Decodes Shift_JIS with the extensions of Windows 932, as browsers do (ENC-1). */
export const shiftJis: CharsetDecoder = {
  charsets: { shift_jis: SHIFT_JIS },
  create: (charset, { fatal }) => createTableDecoder(charset, fatal, (tables ??= makeTables())),
};

let tables: MultiByteTables | undefined;

function makeTables(): MultiByteTables {
  const singles = singlesWithLeads(0x81, 0xfc);
  singles[0] = 0x80;
  singles[0x20] = 0;
  for (let byte = 0xa1; byte <= 0xdf; byte++) singles[byte & 0x7f] = 0xff61 + byte - 0xa1;

  return { singles, doubles: decodeTableOf([...shiftJisChunks, ...MENDED]), afterLead: afterLeadOfTwo, longest: 2 };
}
