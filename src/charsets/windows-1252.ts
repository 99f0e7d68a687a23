import type { CharsetDecoder } from '../platform/charset.js';
import { WINDOWS_1252 } from '../platform/charset-labels.js';

/** The 32 codes from 0x80 that are not those of Latin-1. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * Decodes windows-1252, which is what the WHATWG Encoding Standard reads for `ISO-8859-1`, `latin1` and `us-ascii` (ENC-1). No byte
 * is malformed.
 */
export const windows1252: CharsetDecoder = {
  charsets: { 'windows-1252': WINDOWS_1252 },
  create: () => ({ write: textOf, end: () => '' }),
};

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes)
    text += byte >= 0x80 && byte < 0xa0 ? FROM_80.charAt(byte - 0x80) : String.fromCharCode(byte);
  return text;
}
