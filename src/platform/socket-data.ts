import { isBytes } from './is-bytes.js';

/** Why no socket of the platform takes it, or `undefined`. */
export function problemOfData(data: unknown): string | undefined {
  if (typeof data === 'string' || isBytes(data)) return undefined;
  return ArrayBuffer.isView(data)
    ? 'the platform takes an ArrayBuffer, not a view of one; send view.buffer, sliced to the bytes you mean'
    : `the platform takes a string or an ArrayBuffer; got ${typeof data}`;
}
