import type { Listeners } from '../listeners.js';
import type { SocketErrorWords } from '../rules/socket-words.js';
import type { Callbacks, CallFailed, GeneralResult } from './callbacks.js';

/** What `success` of `wx.connectSocket` tells: only that the call was taken. */
export interface ConnectSocketResult extends GeneralResult {
  /** Seen on phones; the documents do not know it. */
  socketTaskId: number;
}

/** What `wx.connectSocket` takes (discoveries/sockets.md). */
export interface ConnectSocketOption extends Callbacks<ConnectSocketResult, CallFailed | GeneralResult> {
  url: string;
  /** `Referer` cannot be set (LIM-1). */
  // As in the official typings: an interface is not a Record<string, unknown>.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  header?: Record<string, any>;
  /** Sub-protocols. */
  protocols?: string[];
  tcpNoDelay?: boolean;
  perMessageDeflate?: boolean;
  /** Milliseconds, until it is open. */
  timeout?: number;
  /** Tolerated, without effect. */
  forceCellularNetwork?: boolean;
}

/** What `send` of a socket takes. Typed arrays are not accepted. */
export interface SocketSendOption extends Callbacks<GeneralResult> {
  data: string | ArrayBuffer;
}

/** What `close` of a socket takes. */
export interface SocketCloseOption extends Callbacks<GeneralResult> {
  /** 1000, or 3000–4999. @defaultValue 1000 */
  code?: number;
  /** At most 123 bytes in UTF-8. @defaultValue empty */
  reason?: string;
}

/** When what happened, in milliseconds. */
export interface SocketProfile {
  fetchStart: number;
  domainLookUpStart: number;
  domainLookUpEnd: number;
  connectStart: number;
  connectEnd: number;
  rtt: number;
  handshakeCost: number;
  cost: number;
}

/** What `onOpen` tells. */
export interface SocketOpenResult {
  header: Record<string, string>;
  profile: SocketProfile;
}

/** What `onMessage` tells. */
export interface SocketMessageResult {
  data: string | ArrayBuffer;
}

/** What `onClose` tells. */
export interface SocketCloseResult {
  code: number;
  reason: string;
}

/** The four events of a socket. */
export interface SocketListeners {
  readonly open: Listeners<SocketOpenResult>;
  readonly message: Listeners<SocketMessageResult>;
  readonly error: Listeners<SocketErrorWords>;
  readonly close: Listeners<SocketCloseResult>;
}

/**
 * What `wx.connectSocket` returns. The states are not in the official typings, and objects on phones have them (discoveries/sockets.md); `off…` is neither in the typings nor in the documents: `socketTaskOff` adds it.
 */
export interface SocketTask {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  readonly readyState: 0 | 1 | 2 | 3;
  send(option: SocketSendOption): void;
  close(option?: SocketCloseOption): void;
  onOpen(listener: (result: SocketOpenResult) => void): void;
  offOpen?(listener?: (result: SocketOpenResult) => void): void;
  onMessage(listener: (result: SocketMessageResult) => void): void;
  offMessage?(listener?: (result: SocketMessageResult) => void): void;
  onError(listener: (result: GeneralResult) => void): void;
  offError?(listener?: (result: GeneralResult) => void): void;
  onClose(listener: (result: SocketCloseResult) => void): void;
  offClose?(listener?: (result: SocketCloseResult) => void): void;
}
