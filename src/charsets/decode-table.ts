/** A run of a table file: where it begins, in hexadecimal, then texts and lengths of ascending runs. */
export type TableChunk = readonly (string | number)[];

/** iconv-lite's mark of a code that stands for more than one character: U+0FFF before two, U+0FFE before three … */
const TWO_CHARACTERS = 0x0fff;

/**
 * The characters of all two-byte codes, at `(first & 0x7f) << 8 | second`; 0 where there is none. A character is its
 * UTF-16 unit; where there are two units, surrogates or a letter and its accent, the second stands in the upper half.
 *
 * @param prefix - The byte that stands before the two, for codes of three bytes.
 */
export function decodeTableOf(chunks: readonly TableChunk[], prefix = 0): Int32Array {
  const table = new Int32Array(0x8000);
  for (const [start, ...parts] of chunks) {
    const code = parseInt(start as string, 16);
    if (code < 0x8000 || code >>> 16 !== prefix) continue;
    let at = code & 0x7fff;
    for (const part of parts) {
      if (typeof part === 'number') {
        for (let left = part; left > 0; left--) table[at] = (table[at++ - 1] as number) + 1;
      } else {
        for (let index = 0; index < part.length; index++) {
          const unit = part.charCodeAt(index);
          if (unit === TWO_CHARACTERS || unit >>> 10 === 0xd800 >>> 10) {
            const first = unit === TWO_CHARACTERS ? part.charCodeAt(++index) : unit;
            table[at++] = first | (part.charCodeAt(++index) << 16);
          } else table[at++] = unit;
        }
      }
    }
  }
  return table;
}
