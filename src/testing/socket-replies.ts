import { socketClosed, socketMessage, socketOpened, type SocketWireEvent } from '../simulator/wires/socket-wire.js';

/** The server takes the handshake. */
export function opens(headers: Readonly<Record<string, string>> = {}): SocketWireEvent {
  return socketOpened(headers);
}

/** The server ends the socket. */
export function closes(code = 1000, reason = ''): SocketWireEvent {
  return socketClosed(code, reason);
}

/** The connection breaks off: code 1006. */
export function breaks(): SocketWireEvent {
  return socketClosed(1006, 'abnormal closure');
}

/** From here on the server neither speaks nor hears, and nobody is told. */
export function dies(): SocketDeath {
  return { type: 'dead' };
}

/** What {@link dies} makes. */
export interface SocketDeath {
  readonly type: 'dead';
}

/** What a letter of a socket's diagram stands for; text and bytes are messages. */
export type SocketMark = SocketWireEvent | SocketDeath | string | Uint8Array;

/** What goes over the wire for a mark. */
export function socketEventOf(mark: SocketMark): SocketWireEvent | SocketDeath {
  return typeof mark === 'string' || mark instanceof Uint8Array ? socketMessage(mark) : mark;
}
