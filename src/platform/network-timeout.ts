import { MAX_TIMEOUT_MS } from './limits.js';

/** The APIs that `networkTimeout` of `app.json` or `game.json` speaks of. */
export type TimedApi = 'request' | 'connectSocket' | 'uploadFile' | 'downloadFile';

/** All of them, for checks. */
export const TIMED_APIS: { readonly [Api in TimedApi]: 'delay' } = {
  request: 'delay',
  connectSocket: 'delay',
  uploadFile: 'delay',
  downloadFile: 'delay',
};

/** The object of that name in `app.json` or `game.json` (TIME-2): milliseconds per API. */
export type NetworkTimeout = { readonly [Api in TimedApi]?: number | undefined };

/**
 * The timeout that one call asks for, in milliseconds: its own, else `networkTimeout`, else 60 s or what it is said to have
 * (TIME-1, TIME-2). More than `longestMs` it gets only by asking, and is cut to it.
 *
 * @param longestMs - May be `Infinity`, for platforms that set no bound.
 */
export function wantedTimeout(
  api: TimedApi,
  callMs: number | undefined,
  networkTimeout: NetworkTimeout,
  longestMs: number,
  defaultMs = MAX_TIMEOUT_MS,
): number {
  return callMs ?? networkTimeout[api] ?? Math.min(defaultMs, longestMs);
}
