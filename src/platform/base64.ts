const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes as text that JSON keeps. Phones have no `btoa`, and the platform's own function is deprecated. */
export function base64Of(buffer: ArrayBuffer): string {
  let text = '';
  let [bits, held] = [0, 0];
  for (const byte of new Uint8Array(buffer)) {
    bits = ((bits << 8) | byte) & 0xffff;
    for (held += 8; held >= 6;) text += LETTERS.charAt((bits >> (held -= 6)) & 63);
  }
  if (held > 0) text += LETTERS.charAt((bits << (6 - held)) & 63);
  return text + '='.repeat(-text.length & 3);
}

/** What {@link base64Of} was given. */
export function bytesOfBase64(text: string): ArrayBuffer {
  const length = text.replace(/=[^]*/, '').length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (let index = 0; index < length; index++) {
    bits = ((bits << 6) | LETTERS.indexOf(text.charAt(index))) & 0xffff;
    held += 6;
    if (held >= 8) bytes[at++] = (bits >> (held -= 8)) & 255;
  }
  return bytes.buffer;
}
