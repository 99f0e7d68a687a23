import { NetworkError } from '../platform/network-error.js';

/** How many bytes a text takes in the storage: the simulator counts the same. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // One more from U+0080, and another from U+0800; but half a pair, of the four bytes of its two halves, takes two.
    if (unit >= 0x80) length += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return length;
}

/** @throws NetworkError `invalid-argument` for a value that has no JSON. */
export function textOf(key: string, value: unknown): string {
  let cause: unknown;
  try {
    // `undefined` and functions have none, whatever the types say.
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined && key !== '') return text;
  } catch (error) {
    cause = error;
  }
  const what = key === '' ? 'a key cannot be empty' : `the value of '${key}' has no JSON; to take it away, remove it`;
  throw new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'setStorage', cause });
}
