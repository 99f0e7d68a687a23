import { MAX_TIMER_MS } from '../../platform/limits.js';
import { wantedTimeout, type TimedApi } from '../../platform/network-timeout.js';
import type { NetworkInternals } from '../internals.js';

/** Our own timer fires so long after the platform's, for calls that it never calls back. Milliseconds. */
const BACKSTOP_MS = 1_000;

/**
 * The timeout of one attempt: found, and where it must be, cut, with a warning (TIME-1, TIME-2).
 *
 * @param longMs - Of a call that may take its time, as its silence is bounded: what it has where nobody says.
 */
export function attemptLimit(
  { settings, warn }: NetworkInternals,
  api: TimedApi,
  givenMs?: number,
  longMs?: number,
): number {
  const longestMs = longMs ? settings.maxStreamMs : settings.maxTimeoutMs;
  const wantedMs = wantedTimeout(api, givenMs, settings.networkTimeout, longestMs, longMs);
  if (wantedMs <= longestMs) return wantedMs;
  warn(
    'timeout',
    `[TIME-1] a timeout of ${wantedMs} ms is cut to ${longestMs}; where the platform allows more, raise maxTimeoutMs`,
  );
  return longestMs;
}

/** When our own timer ends an attempt, which the platform was to have ended after `attemptMs`. */
export function backstopMs(attemptMs: number): number {
  return Math.min(attemptMs + BACKSTOP_MS, MAX_TIMER_MS);
}
