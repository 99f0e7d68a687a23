import { NetworkError, type NetworkErrorDetails } from '../../../src/index.js';

/** The address that the tests of `http$` call. */
export const url = 'https://api.example.com/me';

/** An error as `http$` makes it of a call of that address. */
export function described(what: string, details: NetworkErrorDetails): NetworkError {
  return new NetworkError(what, { api: 'request', method: 'GET', url, ...details });
}

/** By the background. */
export function interrupted(method: string): NetworkError {
  return described('the app was in the background for 5000 ms, and the platform cuts every call then', {
    code: 'interrupted',
    rule: 'BG-1',
    phase: 'attempt',
    method,
  });
}

/** For a call that does not want to wait for the return. */
export function refusal(): NetworkError {
  return described('the app is in the background, where the call does not want to wait; not sent', {
    code: 'background',
    rule: 'BG-2',
    phase: 'wait',
  });
}

/** Ours, not the platform's. */
export function timeout(name: string, ms: number, phase: 'attempt' | 'total'): NetworkError {
  return described(`it took longer than ${name} allows, ${ms} ms`, { code: 'timeout', rule: 'TIME-1', phase });
}
