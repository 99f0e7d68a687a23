import { MAX_TIMEOUT_MS } from './limits.js';

/** The APIs that `networkTimeout` of `app.json` or `game.json` speaks of. */
export type TimedApi = 'request' | 'connectSocket' | 'uploadFile' | 'downloadFile';

/** All of them, for checks; what each may be is checked where it is used. */
export const TIMED_APIS: { readonly [Api in TimedApi]: 'anything' } = {
  request: 'anything',
  connectSocket: 'anything',
  uploadFile: 'anything',
  downloadFile: 'anything',
};

/** The object of that name in `app.json` or `game.json` (TIME-2): milliseconds per API. */
export type NetworkTimeout = { readonly [Api in TimedApi]?: number | undefined };

/** What a call will be given, and whether that is less than was asked for. */
export interface EffectiveTimeout {
  readonly timeoutMs: number;
  /** What was asked for, when TIME-1 cut it. */
  readonly clampedFromMs?: number;
}

/**
 * The timeout of one call: its own, else `networkTimeout`, else 60 s, and never more than `maxTimeoutMs`
 * (TIME-1, TIME-2).
 *
 * @param maxTimeoutMs - May be `Infinity`, for platforms that set no bound.
 * @throws TypeError for anything but a positive finite number.
 */
export function effectiveTimeout(
  api: TimedApi,
  callMs: number | undefined,
  networkTimeout: NetworkTimeout = {},
  maxTimeoutMs: number = MAX_TIMEOUT_MS,
): EffectiveTimeout {
  if (!(typeof maxTimeoutMs === 'number' && maxTimeoutMs > 0)) {
    throw new TypeError(`${api}: maxTimeoutMs must be a positive number of milliseconds; got ${maxTimeoutMs}`);
  }
  const wantedMs = callMs ?? networkTimeout[api] ?? Math.min(MAX_TIMEOUT_MS, maxTimeoutMs);
  if (!(typeof wantedMs === 'number' && wantedMs > 0 && wantedMs < Infinity)) {
    throw new TypeError(`${api}: a timeout must be a positive number of milliseconds; got ${wantedMs}`);
  }
  return wantedMs > maxTimeoutMs ? { timeoutMs: maxTimeoutMs, clampedFromMs: wantedMs } : { timeoutMs: wantedMs };
}
