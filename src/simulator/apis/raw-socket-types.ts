import type { GeneralResult } from './callbacks.js';

/** One end, as the app is told of it. */
export interface EndInfo {
  address: string;
  family: string;
  port: number;
}

/** What `TCPSocket.connect` takes. */
export interface TcpConnectOption {
  address: string;
  port: number;
  /** SECONDS. @defaultValue 2 */
  timeout?: number;
  /** Tolerated, without effect. */
  enableHttpDNS?: boolean;
  /** Tolerated, without effect. */
  httpDNSServiceId?: string;
}

/** What `onConnect` tells. */
export interface TcpConnectResult {
  remoteInfo: EndInfo;
  localInfo: EndInfo;
  useHttpDNS: boolean;
  exception: { retryCount: string; reasons: { errMsg: string; errno: string }[] };
}

/** What `onMessage` of a TCP socket tells. */
export interface TcpMessageResult {
  message: ArrayBuffer;
  remoteInfo: EndInfo;
  localInfo: EndInfo;
}

/** What `wx.createTCPSocket` returns. */
export interface TcpSocket {
  connect(option: TcpConnectOption): void;
  write(data: string | ArrayBuffer): void;
  close(): void;
  /** Android only. */
  bindWifi(option: { BSSID: string }): void;
  onConnect(listener: (result: TcpConnectResult) => void): void;
  offConnect(listener?: (result: TcpConnectResult) => void): void;
  onMessage(listener: (result: TcpMessageResult) => void): void;
  offMessage(listener?: (result: TcpMessageResult) => void): void;
  onError(listener: (result: GeneralResult) => void): void;
  offError(listener?: (result: GeneralResult) => void): void;
  onClose(listener: (result: GeneralResult) => void): void;
  offClose(listener?: (result: GeneralResult) => void): void;
  onBindWifi(listener: (result: GeneralResult) => void): void;
  offBindWifi(listener?: (result: GeneralResult) => void): void;
}

/** What `UDPSocket.send` and `write` take. */
export interface UdpSendOption {
  address: string;
  port: number;
  /** Shorter than 4 096 bytes. */
  message: string | ArrayBuffer;
  /** For an ArrayBuffer. @defaultValue 0 */
  offset?: number;
  /** For an ArrayBuffer. @defaultValue to its end */
  length?: number;
  /** Needed for the broadcast address of the subnet; 255.255.255.255 does without. */
  setBroadcast?: boolean;
}

/** What `onMessage` of a UDP socket tells. */
export interface UdpMessageResult {
  message: ArrayBuffer;
  remoteInfo: EndInfo & { size: number };
  localInfo: EndInfo;
}

/** What `wx.createUDPSocket` returns. */
export interface UdpSocket {
  /** Binds, and returns the port, in this very turn. */
  bind(port?: number): number;
  send(option: UdpSendOption): void;
  /** Hears this peer alone from now on. */
  connect(option: { address: string; port: number }): void;
  /** As `send`, address and port included. */
  write(option: UdpSendOption): void;
  setTTL(ttl: number): void;
  close(): void;
  onListening(listener: (result: GeneralResult) => void): void;
  offListening(listener?: (result: GeneralResult) => void): void;
  onMessage(listener: (result: UdpMessageResult) => void): void;
  offMessage(listener?: (result: UdpMessageResult) => void): void;
  onError(listener: (result: GeneralResult) => void): void;
  offError(listener?: (result: GeneralResult) => void): void;
  onClose(listener: (result: GeneralResult) => void): void;
  offClose(listener?: (result: GeneralResult) => void): void;
}
