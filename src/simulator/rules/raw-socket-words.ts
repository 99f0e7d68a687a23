import type { WireFailureKind } from '../wires/wire.js';

/** What `onError` of a TCP or UDP socket is told. The typings know `errMsg` only (discoveries/failures.md#words). */
export interface RawSocketFailed {
  errMsg: string;
  /** -1 system, -2 socket API, -3 no permission, -4 connect failed; 1 bad address, 2 bad port, 3 bad BSSID, 5 Android only. */
  errCode: number;
  /** The number of Linux. */
  errNum?: number;
}

/** What the system says, by its number on Linux. */
const SYSTEM_ERRORS = {
  refused: [111, 'Connection refused'],
  reset: [104, 'Connection reset by peer'],
  unreachable: [113, 'No route to host'],
  timeout: [110, 'Connection timed out'],
  offline: [101, 'Network is unreachable'],
  'in-use': [98, 'Address already in use'],
  'not-connected': [107, 'Transport endpoint is not connected'],
  'already-connected': [106, 'Transport endpoint is already connected'],
  closed: [9, 'Bad file descriptor'],
  'too-long': [90, 'Message too long'],
  'no-broadcast': [13, 'Permission denied'],
  invalid: [22, 'Invalid argument'],
} as const satisfies { readonly [name: string]: readonly [errNum: number, text: string] };

/** What can be said in the words of the system. */
export type SystemError = keyof typeof SYSTEM_ERRORS;

/** Words a failure of the socket API, in the one form that has been seen (discoveries/failures.md#words). */
export function systemError(what: 'connect' | 'write' | 'send' | 'bind', error: SystemError): RawSocketFailed {
  const [errNum, text] = SYSTEM_ERRORS[error];
  return { errMsg: `${what} socket fail: errno:${errNum} errmsg:${text}`, errCode: -2, errNum };
}

/** Words what went wrong on the wire. */
export function wireError(what: 'connect' | 'write' | 'send' | 'bind', kind: WireFailureKind): RawSocketFailed {
  if (kind === 'dns') return { errMsg: `${what} fail: name not resolved`, errCode: -4 };
  return systemError(what, kind in SYSTEM_ERRORS ? (kind as SystemError) : 'unreachable');
}

/** Words what the platform itself refuses. */
export const RAW_REFUSALS = {
  'too-many': { errMsg: 'create too much', errCode: -1 },
  address: { errMsg: 'connect fail: invalid address', errCode: -4 },
  'udp-address': { errMsg: 'send fail: invalid address', errCode: 1 },
  port: { errMsg: 'connect fail: invalid port', errCode: 2 },
  // The words of the other calls: none have been seen (discoveries/background.md).
  'in-background': { errMsg: 'fail: interrupted', errCode: -1 },
  suspended: { errMsg: 'fail: network api interrupted in suspend state', errCode: -3 },
  interrupted: { errMsg: 'fail: interrupted', errCode: -1 },
} as const satisfies { readonly [name: string]: RawSocketFailed };

/** Words a parameter of the wrong type, in the form of the other calls. */
export function parameterError(detail: string, errCode = -1): RawSocketFailed {
  return { errMsg: `parameter error: ${detail}`, errCode };
}
