import type { SocketConnection } from '../../sources/connect-socket.js';

/** Which connection of a socket is open now, and what outlives each: the one owner of what changes. */
export interface CurrentConnection<In> {
  /** How many there have been. */
  readonly generation: number;
  /** When the last attempt began, in milliseconds, by the clock of the network. */
  readonly attemptedAt: number;
  readonly lastMessage: In | undefined;
  /** Whether the caller is closing it, with whatever code. */
  readonly closing: boolean;
  attempt(now: number): void;
  open(connection: SocketConnection): void;
  /** The last message of a connection that is over. */
  received(message: In | undefined): void;
  /** It is over, unless another has taken its place. @returns whether it was the present one. */
  lose(connection?: SocketConnection): boolean;
  /** Asks it to close; what `leave` does counts as the caller's doing. */
  close(code: number, reason: string, leave: () => void): void;
}

/** Makes the record of a socket that has had no connection yet. */
export function createCurrentConnection<In>(): CurrentConnection<In> {
  let present: SocketConnection | undefined;
  let generation = 0;
  let attemptedAt = 0;
  let lastMessage: In | undefined;
  let closing = false;

  return {
    get generation() {
      return generation;
    },
    get attemptedAt() {
      return attemptedAt;
    },
    get lastMessage() {
      return lastMessage;
    },
    get closing() {
      return closing;
    },
    attempt(now) {
      attemptedAt = now;
    },
    open(connection) {
      generation++;
      present = connection;
    },
    received(message) {
      lastMessage = message;
    },
    lose(connection = present) {
      if (present !== connection) return false;
      present = undefined;
      return true;
    },
    close(code, reason, leave) {
      closing = true;
      present?.close(code, reason);
      leave();
      closing = false;
    },
  };
}
