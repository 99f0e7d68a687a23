import { NetworkError, type CallDetails } from '../../platform/network-error.js';

/** For an attempt to connect that our own timer ended (TIME-1). */
export function tooSlow(what: string, call: CallDetails): NetworkError {
  return new NetworkError(`it took longer than ${what}`, {
    ...call,
    code: 'timeout',
    rule: 'TIME-1',
    phase: 'attempt',
  });
}
