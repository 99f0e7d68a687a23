import type { CharsetDecoder, StreamingDecoder } from './charset.js';
import { roomForUnits, textOfUnits, UNITS_A_PIECE } from './utf16-units.js';

// One for all: a call of `write` leaves nothing in it.
const units = /* @__PURE__ */ roomForUnits();

/**
 * UTF-8 as in the WHATWG Encoding Standard, without `TextDecoder`, which phones lack. A sequence may be cut anywhere
 * between two pieces. It does not strip the byte order mark: that is one decision for the whole body (ENC-2).
 */
export const utf8: CharsetDecoder = {
  charsets: { 'utf-8': 'utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8' },
  create: (_charset, { fatal }) => createUtf8Decoder(fatal),
};

function createUtf8Decoder(fatal: boolean): StreamingDecoder {
  let codePoint = 0;
  let needed = 0;
  let lower = 0x80;
  let upper = 0xbf;
  let offset = 0;

  const malformed = (at: number) => {
    if (fatal) throw new RangeError(`not UTF-8 at byte ${at}`);
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
        if (needed === 0 && byte < 0x80) units[length++] = byte;
        else if (needed === 0) {
          needed = followersOf(byte);
          if (needed === 0) units[length++] = malformed(offset + index);
          codePoint = byte & (0x3f >> needed);
          // No overlong forms, no surrogates, nothing above U+10FFFF.
          lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
          upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
        } else if (byte < lower || byte > upper) {
          needed = 0;
          units[length++] = malformed(offset + index);
          // The byte that broke the sequence may begin the next one.
          index--;
        } else {
          lower = 0x80;
          upper = 0xbf;
          codePoint = (codePoint << 6) | (byte & 0x3f);
          needed--;
          if (needed === 0) {
            if (codePoint > 0xffff) {
              units[length++] = 0xd7c0 + (codePoint >> 10);
              codePoint = 0xdc00 + (codePoint & 0x3ff);
            }
            units[length++] = codePoint;
          }
        }
      }
      offset += bytes.length;
      return text + textOfUnits(units, length);
    },
    end() {
      if (needed === 0) return '';
      needed = 0;
      return String.fromCharCode(malformed(offset));
    },
  };
}

/** How many bytes follow a first one; none also where it is no first byte. */
function followersOf(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}
