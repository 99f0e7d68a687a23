import type { SchedulerLike } from 'rxjs';
import type { CloseReason } from '../../platform/close-code.js';
import { fullJitterMs } from '../../platform/full-jitter.js';
import type { AfterClose } from './loss.js';

/** When to connect again. */
export interface ReconnectOptions {
  /** The longest wait before the first attempt, in milliseconds; it doubles with each. @defaultValue `1000` */
  readonly initialMs?: number | undefined;
  /** The longest wait before any attempt, in milliseconds. @defaultValue `30000` */
  readonly maxMs?: number | undefined;
  /** How often in a row to try again in vain; then the socket ends with the error of the last attempt. @defaultValue `Infinity` */
  readonly maxAttempts?: number | undefined;
  /** How long a connection must have been open for the count to begin anew, in milliseconds. @defaultValue `5000` */
  readonly stableMs?: number | undefined;
  /** Connect again also when the server closes with 1000, as some do before they restart. @defaultValue `false` */
  readonly afterCleanClose?: boolean | undefined;
  /**
   * Says what to do after the server has closed, by code and reason. Not asked about what the background has cut.
   *
   * @defaultValue the table: 1000 completes; 4000–4999, 1002, 1003 and 1007–1010 error; again after all others
   */
  readonly afterClose?: ((close: CloseReason) => AfterClose | undefined) | undefined;
  /** From 0 to 1; tests hand in their own. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/** Counts the failures in a row. */
export interface Backoff {
  /** How many failed since the last connection that was stable. */
  readonly failures: number;
  opened(): void;
  /** Notes a failure, and tells how long to wait, in milliseconds; `undefined` when there were enough. */
  next(): number | undefined;
  reset(): void;
  /** The longest wait before any attempt, in milliseconds. */
  readonly longestMs: number;
}

/**
 * Exponential, capped, with full jitter: a random part of `initialMs`, of twice that, of four times … of `maxMs`. A server
 * that restarts is not met by all its clients in the same second. A connection that breaks soon after it was opened counts
 * as a failure, so that a server which accepts and hangs up is not asked without a pause.
 */
export function createBackoff(
  {
    initialMs = 1_000,
    maxMs = 30_000,
    maxAttempts = Infinity,
    stableMs = 5_000,
    random = Math.random,
  }: ReconnectOptions,
  scheduler: SchedulerLike,
): Backoff {
  let failures = 0;
  let openedAt: number | undefined;
  // No time is negative: then the clock was put back, and a long connection must not count as one attempt more in vain.
  const isStable = (openMs: number) => openMs >= stableMs || openMs < 0;

  return {
    longestMs: maxMs,
    get failures() {
      return failures;
    },
    opened() {
      openedAt = scheduler.now();
    },
    next() {
      if (openedAt !== undefined && isStable(scheduler.now() - openedAt)) failures = 0;
      openedAt = undefined;
      failures++;
      if (failures > maxAttempts) return undefined;
      return Math.floor(fullJitterMs(failures, initialMs, maxMs, random));
    },
    reset() {
      failures = 0;
      openedAt = undefined;
    },
  };
}
