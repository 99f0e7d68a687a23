/**
 * The port, continued: the members of `wx` that open sockets, as structural types (`wx.ts` holds the rest).
 */
import type { Header, WxFailure } from './wx.js';

/** What a socket takes and gives: text, or bytes. Typed arrays are not taken: pass their buffer. */
export type SocketData = string | ArrayBuffer;

/** The options of `wx.connectSocket` that the library sets itself. */
export interface WxConnectSocketOption {
  url: string;
  header?: Record<string, string>;
  protocols?: string[];
  perMessageDeflate?: boolean;
  tcpNoDelay?: boolean;
  /** Milliseconds. */
  timeout?: number;
  /** Says only that the call was accepted. */
  success?: () => void;
  fail?: (failure: WxFailure) => void;
}

/** What `onOpen` tells. Old clients tell nothing. */
export interface WxSocketOpened {
  readonly header?: Header | undefined;
  readonly profile?: object | undefined;
}

/** What `onClose` tells; the developer tools and old clients leave fields out. */
export interface WxSocketClosed {
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
}

/** What `wx.connectSocket` returns. There is no way to take a listener back. */
export interface WxSocketTask {
  send(option: { data: SocketData; success?: () => void; fail?: (failure: WxFailure) => void }): unknown;
  close(option: { code?: number; reason?: string; fail?: (failure: WxFailure) => void }): unknown;
  onOpen(listener: (result: WxSocketOpened) => void): void;
  onMessage(listener: (result: { data: SocketData }) => void): void;
  onError(listener: (failure: WxFailure) => void): void;
  onClose(listener: (result: WxSocketClosed) => void): void;
}

/** The part of `wx` that opens WebSockets. */
export interface WxConnectSocketPort {
  connectSocket(option: WxConnectSocketOption): WxSocketTask;
}

/** Where a TCP or UDP socket, or its peer, is. */
export interface SocketAddress {
  readonly address: string;
  readonly family?: string | undefined;
  readonly port: number;
}

/** What a TCP or UDP socket reports; `errCode` and `errNum` are there on phones, though the typings do not know them. */
export interface WxRawSocketFailure extends WxFailure {
  readonly errCode?: number | undefined;
  readonly errNum?: number | undefined;
}

/** What a TCP socket tells of both ends, on base library 3.4.1 and later. */
export interface WxTcpConnected {
  readonly localInfo?: SocketAddress | undefined;
  readonly remoteInfo?: SocketAddress | undefined;
}

/** What `wx.createTCPSocket` returns. */
export interface WxTcpSocket {
  /** `timeout` in SECONDS. */
  connect(option: { address: string; port: number; timeout?: number }): void;
  write(data: SocketData): void;
  close(): void;
  bindWifi?(option: { BSSID: string }): void;
  onBindWifi?(listener: () => void): void;
  offBindWifi?(listener: () => void): void;
  onConnect(listener: (result: WxTcpConnected) => void): void;
  offConnect(listener: (result: WxTcpConnected) => void): void;
  onMessage(listener: (result: { message: ArrayBuffer }) => void): void;
  offMessage(listener: (result: { message: ArrayBuffer }) => void): void;
  onError(listener: (failure: WxRawSocketFailure) => void): void;
  offError(listener: (failure: WxRawSocketFailure) => void): void;
  onClose(listener: () => void): void;
  offClose(listener: () => void): void;
}

/** The part of `wx` that makes TCP sockets (TCP-1). */
export interface WxTcpPort {
  createTCPSocket(option?: { type?: 'ipv4' | 'ipv6' }): WxTcpSocket;
}

/** A datagram as `onMessage` of a UDP socket gives it. */
export interface WxDatagram {
  readonly message: ArrayBuffer;
  readonly remoteInfo: SocketAddress;
  readonly localInfo?: SocketAddress | undefined;
}

/** What `send` of a UDP socket takes. */
export interface WxDatagramToSend {
  address: string;
  port: number;
  message: SocketData;
  offset?: number;
  length?: number;
  setBroadcast?: boolean;
}

/** What `wx.createUDPSocket` returns. */
export interface WxUdpSocket {
  /** Returns the port; some iOS clients return nothing. */
  bind(port?: number): number;
  send(option: WxDatagramToSend): void;
  /** As `send`, address and port included; base library 2.15.0. */
  write?(option: WxDatagramToSend): void;
  /** Hears this peer alone from now on; base library 2.15.0. */
  connect?(option: { address: string; port: number }): void;
  setTTL?(ttl: number): void;
  close(): void;
  onMessage(listener: (datagram: WxDatagram) => void): void;
  offMessage(listener: (datagram: WxDatagram) => void): void;
  onError(listener: (failure: WxRawSocketFailure) => void): void;
  offError(listener: (failure: WxRawSocketFailure) => void): void;
  onClose(listener: () => void): void;
  offClose(listener: () => void): void;
}

/** The part of `wx` that makes UDP sockets (UDP-1). */
export interface WxUdpPort {
  createUDPSocket(type?: 'udp4' | 'udp6'): WxUdpSocket;
}

/** The name by which a service on the local network is known. */
export interface LocalServiceName {
  readonly serviceType: string;
  readonly serviceName: string;
}

/** A service on the local network, and where it is. */
export interface LocalServiceAddress extends LocalServiceName {
  readonly ip: string;
  readonly port: number;
}

/** The part of `wx` that finds services on the local network (mDNS). One search at a time, thirty seconds each. */
export interface WxLocalServicePort {
  startLocalServiceDiscovery(option: {
    serviceType: string;
    success?: () => void;
    fail?: (failure: WxFailure) => void;
  }): unknown;
  // With both callbacks given no promise is made, whose rejection nobody would handle.
  stopLocalServiceDiscovery(option: { success?: () => void; fail?: (failure: WxFailure) => void }): unknown;
  onLocalServiceFound(listener: (service: LocalServiceAddress) => void): void;
  offLocalServiceFound(listener: (service: LocalServiceAddress) => void): void;
  onLocalServiceLost(listener: (service: LocalServiceName) => void): void;
  offLocalServiceLost(listener: (service: LocalServiceName) => void): void;
  onLocalServiceResolveFail(listener: (service: LocalServiceName) => void): void;
  offLocalServiceResolveFail(listener: (service: LocalServiceName) => void): void;
  onLocalServiceDiscoveryStop(listener: () => void): void;
  offLocalServiceDiscoveryStop(listener: () => void): void;
}
