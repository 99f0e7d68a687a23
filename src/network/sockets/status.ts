/** How a socket stands. */
export interface SocketStatus {
  /**
   * - `closed`: nobody listens, or it has ended; `error` tells with what
   * - `waiting`: for one of the five places, or for the app to return to the foreground
   * - `connecting`: until it is open and `onOpen` is done
   * - `open`
   * - `down`: lost, for `error`; the next attempt begins in `retryInMs`, or, where that is missing, on the return to the foreground
   */
  readonly state: 'closed' | 'waiting' | 'connecting' | 'open' | 'down';
  /** How many connections there have been; a dead one never delivers into the next. */
  readonly generation: number;
  /** What ended the last connection, or the attempt at one. */
  readonly error?: unknown;
  readonly retryInMs?: number | undefined;
}
