import { asyncScheduler, type SchedulerLike } from 'rxjs';

/** A clock that somebody may put forward and back, as the user of a phone may, or its network. Timers do not care. */
export interface SettableClock extends SchedulerLike {
  /** Puts it forward by so many milliseconds, or back. */
  readonly put: (byMs: number) => void;
}

/** Made in a test of virtual time. While the thread is frozen no timer fires; on its thaw all do that were due, in their order. */
export function settableClock(
  freeze = { fromMs: Infinity, toMs: Infinity },
  timers: SchedulerLike = asyncScheduler,
): SettableClock {
  let aheadMs = 0;
  return {
    now: () => timers.now() + aheadMs,
    schedule(work, delayMs = 0, state) {
      const dueMs = timers.now() + delayMs;
      const isHeld = freeze.fromMs <= dueMs && dueMs < freeze.toMs;
      const thawMs = freeze.toMs + (dueMs - freeze.fromMs) * 1e-10;
      return timers.schedule(work as never, isHeld ? thawMs - timers.now() : delayMs, state);
    },
    put: (byMs) => (aheadMs += byMs),
  };
}
