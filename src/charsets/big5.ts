import big5Added from 'iconv-lite/encodings/tables/big5-added.json';
import cp950 from 'iconv-lite/encodings/tables/cp950.json';
import type { CharsetDecoder } from '../platform/charset.js';
import { BIG5 } from '../platform/charset-labels.js';
import { decodeTableOf } from './decode-table.js';
import { afterLeadOfTwo, createTableDecoder, singlesWithLeads, type MultiByteTables } from './table-decoder.js';

/** Decodes Big5 with the Hong Kong supplement, as browsers do (ENC-1). */
export const big5: CharsetDecoder = {
  charsets: { big5: BIG5 },
  create: (charset, { fatal }) => createTableDecoder(charset, fatal, (tables ??= makeTables())),
};

let tables: MultiByteTables | undefined;

function makeTables(): MultiByteTables {
  return {
    singles: singlesWithLeads(0x81, 0xfe),
    doubles: decodeTableOf([...cp950, ...big5Added]),
    afterLead: afterLeadOfTwo,
    longest: 2,
  };
}
