import type { ShownError, SocketEnd } from '../network/network-event.js';

/** How a socket stood at each moment. */
export type SocketState = 'waiting' | 'connecting' | 'open' | 'down' | 'closed';

/** One stretch of a socket's life. The spans of a record lie one behind the other, without a gap. */
export interface SocketSpan {
  readonly state: SocketState;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What went one way. */
export interface MessageCount {
  readonly messages: number;
  /** Text counts as UTF-8. */
  readonly bytes: number;
  readonly lastAtMs: number | undefined;
}

/** One socket, over all its connections. Plain data that survives JSON. */
export interface SocketRecord {
  readonly kind: 'socket';
  readonly id: number;
  readonly url: string;
  readonly beganAtMs: number;
  /** The last that was heard of it. */
  readonly lastAtMs: number;
  readonly state: SocketState;
  /** How many connections there have been. */
  readonly generation: number;
  readonly spans: readonly SocketSpan[];
  /** How many were left out of `spans`, at the beginning. */
  readonly droppedSpans: number;
  readonly incoming: MessageCount;
  readonly outgoing: MessageCount;
  /** What ended the last connection, or the attempt at one. */
  readonly error: ShownError | undefined;
  readonly meaning: SocketEnd['meaning'] | undefined;
  /** When the next attempt is due, of one that is `down`; `undefined` where nobody knows. */
  readonly retryAtMs: number | undefined;
}
