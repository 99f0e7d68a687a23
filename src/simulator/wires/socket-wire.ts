import type { Observable } from 'rxjs';

/** A WebSocket to be opened, ready to be sent: nothing is added to it or taken from it any more. */
export interface SocketRequest {
  readonly url: string;
  readonly header: Readonly<Record<string, string>>;
  readonly protocols: readonly string[];
  readonly perMessageDeflate: boolean;
  /** `undefined` leaves it to the system. */
  readonly tcpNoDelay: boolean | undefined;
}

/** The server took the handshake. */
export interface SocketOpened {
  readonly type: 'open';
  /** What it answered, names as they were sent. */
  readonly header: Readonly<Record<string, string>>;
}

/** A message, either way: text, or bytes. */
export interface SocketMessage {
  readonly type: 'message';
  readonly data: string | Uint8Array;
}

/** The end, either way. From the server 1006 means that the connection broke off, 1005 that it gave no code. */
export interface SocketClosed {
  readonly type: 'close';
  readonly code: number;
  readonly reason: string;
}

/** What a socket brings: the opening, messages, the end; then completion. */
export type SocketWireEvent = SocketOpened | SocketMessage | SocketClosed;

/** What the app hands to an open socket. */
export type SocketInput = SocketMessage | SocketClosed;

/**
 * What carries WebSockets, without rules. Subscribing connects, unsubscribing breaks the connection off. It errors with
 * a WireFailure where no socket could be opened, or where the server does not keep to the protocol; any other error is
 * a mistake in the wire or in its script. A server that dies without a word emits nothing more.
 *
 * @param input$ - What the app sends. It is subscribed to at once and emits from the opening on.
 */
export type SocketWire = (request: SocketRequest, input$: Observable<SocketInput>) => Observable<SocketWireEvent>;

/** Makes an `open` event. */
export function socketOpened(header: Readonly<Record<string, string>> = {}): SocketOpened {
  return { type: 'open', header };
}

/** Makes a `message` event. */
export function socketMessage(data: string | Uint8Array): SocketMessage {
  return { type: 'message', data };
}

/** Makes a `close` event. */
export function socketClosed(code = 1000, reason = ''): SocketClosed {
  return { type: 'close', code, reason };
}
