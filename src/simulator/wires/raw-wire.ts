import type { Observable } from 'rxjs';
import type { WireFailure } from './wire.js';

/** One end of a TCP connection, or of a datagram's way. */
export interface WireAddress {
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly port: number;
}

/** A TCP connection to be made. */
export interface TcpRequest {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  /** The device's own address. */
  readonly localAddress: string;
}

/** The peer has taken the connection. */
export interface TcpConnected {
  readonly type: 'connected';
  readonly remote: WireAddress;
  readonly localPort: number;
}

/** Bytes from the peer, cut anywhere. */
export interface TcpData {
  readonly type: 'data';
  readonly bytes: Uint8Array;
}

/** What a connection brings; then completion, when it has closed. */
export type TcpWireEvent = TcpConnected | TcpData;

/**
 * What carries TCP, without rules. Subscribing connects, unsubscribing breaks the connection off. It errors with a
 * WireFailure.
 *
 * @param input$ - What the app writes, from the connection on. Its completion closes, once everything is written.
 */
export type TcpWire = (request: TcpRequest, input$: Observable<Uint8Array>) => Observable<TcpWireEvent>;

/** A UDP socket to be bound. */
export interface UdpRequest {
  /** 0 for any that is free. */
  readonly port: number;
  readonly family: 4 | 6;
  /** The device's own address. */
  readonly localAddress: string;
}

/** A datagram on its way out. */
export interface DatagramOut {
  readonly address: string;
  readonly port: number;
  readonly bytes: Uint8Array;
  /** To all neighbours that the wire knows. */
  readonly broadcast: boolean;
}

/** What comes of a UDP socket: datagrams, or that one could not be sent. */
export type UdpWireEvent =
  | { readonly type: 'datagram'; readonly from: WireAddress; readonly bytes: Uint8Array }
  | { readonly type: 'failed'; readonly failure: WireFailure };

/** A bound UDP socket. */
export interface UdpEndpoint {
  readonly port: number;
  /** To be subscribed to in the turn of the binding. */
  readonly events$: Observable<UdpWireEvent>;
  send(datagram: DatagramOut): void;
  setTtl(ttl: number): void;
  close(): void;
}

/**
 * What carries UDP, without rules. Not an Observable, because binding has its answer in the same turn.
 *
 * @throws WireFailure when the port cannot be had.
 */
export type UdpWire = (request: UdpRequest) => UdpEndpoint;

/** Text in UTF-8, or bytes. */
export function rawBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
}
