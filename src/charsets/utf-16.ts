import type { Charset, CharsetDecoder, StreamingDecoder } from '../platform/charset.js';
import { UTF_16BE, UTF_16LE } from '../platform/charset-labels.js';
import { roomForUnits, textOfUnits, UNITS_A_PIECE } from '../platform/utf16-units.js';

// One for all: a call of `write` leaves nothing in it.
const units = /* @__PURE__ */ roomForUnits();

/**
 * Decodes UTF-16 (ENC-1), little endian where nothing says otherwise: what Windows calls Unicode, and writes into CSV files. Half
 * of a surrogate pair is malformed.
 */
export const utf16: CharsetDecoder = {
  charsets: { 'utf-16le': UTF_16LE, 'utf-16be': UTF_16BE },
  create: createUtf16Decoder,
};

function createUtf16Decoder(charset: Charset, { fatal }: { readonly fatal: boolean }): StreamingDecoder {
  const isBigEndian = charset === 'utf-16be';
  let first: number | undefined;
  /** The first half of a pair, whose second has not come. */
  let lead = 0;
  let offset = 0;

  const malformed = (at: number) => {
    if (fatal) throw new RangeError(`not ${charset} at byte ${at}`);
    return 0xfffd;
  };

  return {
    write(bytes) {
      let text = '';
      let length = 0;
      for (let index = 0; index < bytes.length; index++) {
        if (length >= UNITS_A_PIECE) {
          text += textOfUnits(units, length);
          length = 0;
        }
        const byte = bytes[index] as number;
        if (first === undefined) {
          first = byte;
          continue;
        }
        const unit = isBigEndian ? (first << 8) | byte : (byte << 8) | first;
        first = undefined;
        const half = unit & 0xfc00;
        if (lead !== 0 && half === 0xdc00) {
          units[length++] = lead;
          units[length++] = unit;
          lead = 0;
          continue;
        }
        if (lead !== 0) units[length++] = malformed(offset + index - 3);
        lead = half === 0xd800 ? unit : 0;
        if (half === 0xdc00) units[length++] = malformed(offset + index - 1);
        else if (lead === 0) units[length++] = unit;
      }
      offset += bytes.length;
      return text + textOfUnits(units, length);
    },
    end() {
      const isCut = lead !== 0 || first !== undefined;
      lead = 0;
      first = undefined;
      return isCut ? String.fromCharCode(malformed(offset)) : '';
    },
  };
}
