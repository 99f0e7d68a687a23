import { classifyFailure } from './classify-failure.js';
import { readvised } from './failure-advice.js';
import type { CallDetails, NetworkError, NetworkErrorCode } from './network-error.js';
import { SOCKET_SIGNS } from './socket-signs.js';
import type { WxRawSocketFailure } from './wx-sockets.js';

/** What the `errCode` of a TCP or UDP socket says; -1 and -2 only that something failed, so the text decides first. */
const CODE_OF_ERR_CODE: { readonly [errCode: number]: NetworkErrorCode } = {
  [-1]: 'connection',
  [-2]: 'connection',
  [-3]: 'connection',
  [-4]: 'connection',
  1: 'invalid-argument',
  2: 'invalid-argument',
};

/** Makes the failure of a TCP or UDP socket into the library's error: by its text where that is known, else by `errCode`. */
export function classifyRawSocketFailure(failure: WxRawSocketFailure, call: CallDetails): NetworkError {
  const error = classifyFailure(failure, call, SOCKET_SIGNS);
  const byCode = CODE_OF_ERR_CODE[failure?.errCode ?? 0];
  if (error.code !== 'unknown' || byCode === undefined) return error;
  return error.as({ code: byCode }, readvised(error.what, 'unknown', byCode));
}
