import { isBytes } from './is-bytes.js';
import { utf8Bytes } from './utf8-bytes.js';
import type { SocketData } from './wx-sockets.js';

/** Why no socket of the platform takes it, or `undefined`. */
export function problemOfData(data: unknown): string | undefined {
  if (typeof data === 'string' || isBytes(data)) return undefined;
  return ArrayBuffer.isView(data)
    ? 'the platform takes an ArrayBuffer, not a view of one; send view.buffer, sliced to the bytes you mean'
    : `the platform takes a string or an ArrayBuffer; got ${typeof data}`;
}

/** How many bytes a message has; text counts as UTF-8. */
export function sizeOfData(data: SocketData): number {
  return typeof data === 'string' ? utf8Bytes(data).length : data.byteLength;
}
