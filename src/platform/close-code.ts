import { utf8Bytes } from './utf8-bytes.js';

/** What is known of the end of a WebSocket. The platform may leave the code out, or give none at all. */
export interface CloseReason {
  readonly code: number | undefined;
  readonly reason: string;
}

/** The longest reason that a close frame has room for, in bytes of UTF-8. */
export const MAX_CLOSE_REASON_BYTES = 123;

/** Codes after which the same request would meet the same refusal: the server said what it does not like. */
const REFUSALS: readonly number[] = [1002, 1003, 1007, 1008, 1009, 1010];

/**
 * What the end of a socket means for the one who wants to keep it.
 *
 * - `clean`: the peer, or we, had no more to say: 1000, whatever the reason except `interrupted`.
 * - `interrupted`: the background cut it (BG-1); phones report 1000, 0 or 1006 with that reason. With a code of a server's own it is the server's word.
 * - `refused`: the server does not want this client (4000–4999, and the codes about what was sent). Again would not help.
 * - `lost`: everything else: 0, 1001, 1005, 1006, 1011 and later, a code of 3000–3999, and none at all.
 */
export function meaningOfClose({ code, reason }: CloseReason): 'clean' | 'interrupted' | 'refused' | 'lost' {
  if (/interrupted/i.test(reason) && !(code !== undefined && code >= 3000)) return 'interrupted';
  if (code === 1000) return 'clean';
  if (code === undefined) return 'lost';
  return REFUSALS.includes(code) || (code >= 4000 && code <= 4999) ? 'refused' : 'lost';
}

/** Why a socket cannot be closed with these words, or `undefined`. */
export function problemOfClose(code: number, reason: string): string | undefined {
  if (!(code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999))) {
    return `a close code is 1000, or from 3000 to 4999; got ${shown(code)}`;
  }
  if (typeof (reason as unknown) !== 'string') return `a close reason is text; got ${shown(reason)}`;
  const bytes = utf8Bytes(reason).length;
  return bytes > MAX_CLOSE_REASON_BYTES
    ? `a close reason has at most ${MAX_CLOSE_REASON_BYTES} bytes of UTF-8; got ${bytes}`
    : undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
