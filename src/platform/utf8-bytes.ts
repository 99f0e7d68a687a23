/** A text as UTF-8, without `TextEncoder`, which phones lack. A surrogate without its other half reads U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  // No character takes more than three bytes a code unit.
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    if (code < 0x800) bytes[length++] = 0xc0 | (code >> 6);
    else {
      if (code >= 0xd800 && code <= 0xdfff) {
        const astral = text.codePointAt(index) as number;
        code = astral > 0xffff ? astral : 0xfffd;
      }
      if (code > 0xffff) {
        index++;
        bytes[length++] = 0xf0 | (code >> 18);
        bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
      } else bytes[length++] = 0xe0 | (code >> 12);
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[length++] = 0x80 | (code & 0x3f);
  }
  return bytes.subarray(0, length);
}
