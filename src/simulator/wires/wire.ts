import type { Observable } from 'rxjs';
import type { TcpWire, UdpWire } from './raw-wire.js';
import type { SocketWire } from './socket-wire.js';

/** One hop, ready to be sent: nothing is added to it or taken from it any more. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly header: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** Whether HTTP/2 may be spoken, where the server can. */
  readonly http2: boolean;
  /** Whether `sent` events are wanted. */
  readonly tellsSent?: boolean | undefined;
}

/** What is known of the connection that an answer came over; part of it becomes `profile`. */
export interface WireConnection {
  readonly protocol: 'http1.1' | 'h2' | 'quic' | 'unknown';
  readonly peerIP: string;
  readonly port: number;
  readonly socketReused: boolean;
  /** How long each step took to make it, in milliseconds, one after the other. @defaultValue no time */
  readonly steps?: { readonly lookupMs: number; readonly tcpMs: number; readonly tlsMs: number } | undefined;
}

/** An answer's first part. */
export interface WireHeaders {
  readonly type: 'headers';
  readonly statusCode: number;
  /** Names as they were sent; fields of the same name joined by a comma. */
  readonly header: Readonly<Record<string, string>>;
  /** The `Set-Cookie` fields, one string each. */
  readonly cookies: readonly string[];
  readonly connection?: WireConnection | undefined;
}

/** A piece of the body, with transfer and content codings undone, cut anywhere. */
export interface WireChunk {
  readonly type: 'chunk';
  readonly bytes: Uint8Array;
}

/** How much of the request's body has gone out so far; only where it was asked for. */
export interface WireSent {
  readonly type: 'sent';
  readonly sentBytes: number;
}

/** What a hop brings: perhaps what was sent; headers once, then chunks, then completion. */
export type WireEvent = WireSent | WireHeaders | WireChunk;

/**
 * What carries bytes, without rules. Any error but a {@link WireFailure} is a mistake in the wire or in its script, and
 * is thrown where a test or a process notices.
 */
export interface Wire {
  /** HTTP: one hop a call. Unsubscribing aborts the hop. */
  (request: WireRequest): Observable<WireEvent>;
  /** WebSockets, where it carries them. */
  readonly socket?: SocketWire | undefined;
  /** TCP, where it carries it. */
  readonly tcp?: TcpWire | undefined;
  /** UDP, where it carries it. */
  readonly udp?: UdpWire | undefined;
}

/**
 * What can go wrong between two machines. `closed`, `empty`, `incomplete`: by how much of the answer had come;
 * `handshake`: a server that answered a WebSocket with another status than 101, or against the protocol; `in-use`: a
 * port that somebody else has.
 */
export type WireFailureKind =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'closed'
  | 'empty'
  | 'incomplete'
  | 'unreachable'
  | 'tls'
  | 'tls-version'
  | 'tls-name'
  | 'tls-date'
  | 'tls-authority'
  | 'content-coding'
  | 'handshake'
  | 'in-use'
  | 'failed';

/** A hop that did not work. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';

  constructor(
    readonly kind: WireFailureKind,
    options?: { readonly cause?: unknown },
  ) {
    super(kind, options);
  }
}

/**
 * Makes a `headers` event of fields as they were sent.
 *
 * Several `Set-Cookie` fields are joined by a comma in `header` and stand apart in `cookies` (discoveries/request.md).
 */
export function wireHeaders(
  statusCode: number,
  fields: readonly (readonly [name: string, value: string])[] = [],
  connection?: WireConnection,
): WireHeaders {
  const names = new Map<string, string>();
  const header: Record<string, string> = {};
  const cookies: string[] = [];

  for (const [name, value] of fields) {
    const lower = name.toLowerCase();
    if (lower === 'set-cookie') cookies.push(value);
    // The first spelling of a name stands for all of them.
    const known = names.get(lower);
    if (known === undefined) {
      names.set(lower, name);
      header[name] = value;
    } else {
      header[known] = `${header[known] ?? ''},${value}`;
    }
  }
  return { type: 'headers', statusCode, header, cookies, connection };
}

/** Makes a `sent` event: so many bytes of the request's body, from its beginning, have gone out. */
export function wireSent(sentBytes: number): WireSent {
  return { type: 'sent', sentBytes };
}

/** Makes a `chunk` event of bytes, or of text in UTF-8. */
export function wireChunk(body: string | Uint8Array): WireChunk {
  return { type: 'chunk', bytes: typeof body === 'string' ? Buffer.from(body, 'utf8') : body };
}
