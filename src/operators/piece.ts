import { kindOf } from '../platform/field-text.js';
import { NetworkError } from '../platform/network-error.js';

/**
 * A piece of what is read as text.
 *
 * @throws NetworkError `invalid-argument` for anything else, such as bytes that nobody has decoded.
 */
export function textOf(piece: unknown, reader: string): string {
  if (typeof piece === 'string') return piece;
  throw odd(`${reader} takes text; got ${kindOf(piece)}; put decodeText() in front of it`);
}

/**
 * A piece of what is read as bytes.
 *
 * @throws NetworkError `invalid-argument` for anything else, such as an event or a datagram, which would be read as no bytes at all.
 */
export function bytesOf(piece: unknown, reader: string): Uint8Array {
  const kind = kindOf(piece);
  // Not instanceof: the platform's may come from another realm.
  if (kind === 'Uint8Array') return piece as Uint8Array;
  if (kind === 'ArrayBuffer') return new Uint8Array(piece as ArrayBuffer);
  throw odd(`${reader} takes ArrayBuffer or Uint8Array; got ${kind}; of an event or a datagram hand on its bytes`);
}

function odd(what: string): NetworkError {
  return new NetworkError(what, { code: 'invalid-argument', phase: 'check' });
}
