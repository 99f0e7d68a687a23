import { isBytes } from './is-bytes.js';

/** Bytes as people have them: a buffer, or a view of a part of one, such as the `Uint8Array` of an encoder. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/**
 * The bytes that a value means, as the platform takes them: a view's own, and not the whole buffer behind it, which is
 * 8 192 bytes for 3 of protobufjs. The platform itself would make JSON of a view (discoveries/request.md#the-javascript-layer).
 *
 * @returns `undefined` for what is no bytes.
 */
export function exactBytes(value: unknown): ArrayBuffer | undefined {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength)).buffer;
  }
  return isBytes(value) ? value : undefined;
}
