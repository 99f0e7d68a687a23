import cp949 from 'iconv-lite/encodings/tables/cp949.json';
import type { CharsetDecoder } from '../platform/charset.js';
import { EUC_KR } from '../platform/charset-labels.js';
import { decodeTableOf } from './decode-table.js';
import { afterLeadOfTwo, createTableDecoder, singlesWithLeads, type MultiByteTables } from './table-decoder.js';

/** Decodes EUC-KR with the extensions of Windows 949, as browsers do (ENC-1). */
export const eucKr: CharsetDecoder = {
  charsets: { 'euc-kr': EUC_KR },
  create: (charset, { fatal }) => createTableDecoder(charset, fatal, (tables ??= makeTables())),
};

let tables: MultiByteTables | undefined;

function makeTables(): MultiByteTables {
  return {
    singles: singlesWithLeads(0x81, 0xfe),
    doubles: decodeTableOf(cp949),
    afterLead: afterLeadOfTwo,
    longest: 2,
  };
}
