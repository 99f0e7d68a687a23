import { MAX_TIMER_MS } from '../../platform/limits.js';
import { effectiveTimeout, type TimedApi } from '../../platform/network-timeout.js';
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
  givenMs: number | undefined,
  longMs?: number,
): number {
  const { networkTimeout } = settings;
  const maxTimeoutMs = longMs ? settings.maxStreamMs : settings.maxTimeoutMs;
  const attemptMs = givenMs ?? (longMs && (networkTimeout[api] ?? Math.min(longMs, maxTimeoutMs)));
  const { timeoutMs, clampedFromMs } = effectiveTimeout(api, attemptMs, networkTimeout, maxTimeoutMs);
  if (clampedFromMs !== undefined) {
    warn(
      'timeout',
      `[TIME-1] a timeout of ${clampedFromMs} ms is cut to ${timeoutMs}; where the platform allows more, raise maxTimeoutMs`,
    );
  }
  return timeoutMs;
}

/** When our own timer ends an attempt, which the platform was to have ended after `attemptMs`. */
export function backstopMs(attemptMs: number): number {
  return Math.min(attemptMs + BACKSTOP_MS, MAX_TIMER_MS);
}
