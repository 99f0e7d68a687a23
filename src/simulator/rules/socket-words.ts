import type { WxFailure } from '../../platform/wx.js';
import type { WireFailureKind } from '../wires/wire.js';
import { worded, type Dialect } from './dialect.js';
import type { Failure } from './failure.js';

/** Why a socket that the platform took did not open, or broke the protocol. */
export type SocketFailure = WireFailureKind | 'timeout' | 'offline';

/** What `onError` is told. The typings know `errMsg` only. */
export interface SocketErrorWords {
  errMsg: string;
  errCode?: number;
}

/** What `onClose` is told. */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
}

const WITHOUT_CLOSE_FRAME: SocketEnd = { code: 1006, reason: 'abnormal closure' };

/**
 * Words an `onError` (discoveries/failures.md#words, "WebSocket errors"). No errno: 605103 stands in the table, but nobody has
 * shown an event with it.
 */
export function socketErrorWords(failure: SocketFailure, dialect: Dialect): SocketErrorWords {
  const onIos = dialect === 'ios-cronet' || dialect === 'ios-old';
  if (failure === 'handshake' && onIos)
    return { errCode: 1004, errMsg: 'open fail: _code:20,_msg:Invalid HTTP status.' };
  if (failure === 'handshake') return { errMsg: 'Invalid HttpCode' };
  if (failure === 'timeout') return { errMsg: 'Timer Expired' };
  return { errMsg: failure.startsWith('tls') ? 'TLS handshake failed' : 'Underlying Transport Error' };
}

/** Words a refusal, as `fail` gets it (discoveries/failures.md#words, discoveries/concurrency.md). */
export function socketRefusalWords(failure: Failure, id: number, dialect: Dialect): WxFailure {
  if (failure.kind === 'too-many-tasks') {
    if (dialect === 'devtools') return { errMsg: 'connectSocket:fail exceed max task count' };
    if (dialect === 'doubled-fail')
      return { errMsg: 'connectSocket:fail fail reach max websocket connect count 5', errno: 600007 };
    return { errMsg: `createSocketTask:fail wcwss taskID=${id} exceed max concurrent count`, errno: 600007 };
  }
  // Seen with the name of the client's own call.
  const native = failure.kind === 'not-in-domain-list' && dialect !== 'devtools';
  return { ...worded('connectSocket', failure, dialect), ...(native && nativeWords(failure, dialect)) };
}

function nativeWords(failure: Failure, dialect: Dialect): Pick<WxFailure, 'errMsg'> {
  return { errMsg: worded('createSocketTask', failure, dialect).errMsg };
}

/** Words the end of a socket whose server has gone without a close frame (discoveries/sockets.md). */
export function brokenOff(dialect: Dialect): SocketEnd {
  const onIos = dialect === 'ios-cronet' || dialect === 'ios-old';
  return onIos ? { code: 1001, reason: 'Stream end encountered' } : WITHOUT_CLOSE_FRAME;
}

/** Words the end of a socket that never opened, or whose close nobody answered. */
export const abnormalClosure = WITHOUT_CLOSE_FRAME;
