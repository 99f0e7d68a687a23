import { meaningOfClose, type CloseReason } from '../platform/close-code.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';

/** A close as an error, for the one to whom it is one. */
export interface ClosedError extends NetworkError {
  readonly cause: CloseReason;
}

/** Makes it. */
export function closeError(why: CloseReason, call: CallDetails, when = ''): ClosedError {
  const interrupted = meaningOfClose(why) === 'interrupted';
  const { code = 'no code', reason } = why;
  return new NetworkError(`the socket was closed${when} with ${code}${reason && ` "${reason}"`}`, {
    ...call,
    code: interrupted ? 'interrupted' : 'connection',
    rule: interrupted ? 'BG-1' : undefined,
    phase: 'attempt',
    cause: why,
  }) as ClosedError;
}

export function closedBeforeOpen(why: CloseReason, call: CallDetails): ClosedError {
  return closeError(why, call, ' before it was open');
}

/** For a message that nobody took. */
export function notOpen(call: CallDetails): NetworkError {
  return new NetworkError('the socket is not open; not sent', { ...call, code: 'connection', phase: 'check' });
}

/** For a message that the platform took, or did not: it had not said when the socket ended, or never does. */
export function lostMessage(
  call: CallDetails,
  what = 'the socket ended before the platform had told whether it took the message',
): NetworkError {
  return new NetworkError(what, { ...call, code: 'interrupted', phase: 'attempt' });
}
