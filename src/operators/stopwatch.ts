import type { SchedulerLike, Subscription } from 'rxjs';
import { FROZEN_AFTER_MS } from '../platform/app-state.js';

/** Counts the time that passes while it runs. */
export interface Stopwatch {
  /** How long it has run, in milliseconds. */
  now(): number;
  /** Lets it run until it has run so long, then does the work. */
  runUntil(dueMs: number, work: () => void): void;
  stop(): void;
}

/** So much is read from the wall clock at most, in milliseconds; the rest is what timers have counted. */
const STEP_MS = 1_000;

/**
 * Only timers count the time that passes: the wall clock may be put forward or back at any moment, and there is no other on
 * every phone (decisions/0034). So a long time is counted in steps, and of the step that is interrupted the wall clock tells
 * how far it had come, if what it tells can be.
 */
export function createStopwatch(scheduler: SchedulerLike): Stopwatch {
  let passedMs = 0;
  let stepMs = 0;
  let startedAt = 0;
  let timer: Subscription | undefined;

  const now = () => {
    const ms = timer ? scheduler.now() - startedAt : 0;
    // Rather late than early.
    return passedMs + (canBe(ms, stepMs) ? Math.min(ms, stepMs) : 0);
  };
  const stop = () => {
    passedMs = now();
    timer?.unsubscribe();
    timer = undefined;
  };
  const runUntil = (dueMs: number, work: () => void) => {
    stop();
    startedAt = scheduler.now();
    stepMs = Math.max(0, Math.min(dueMs - passedMs, STEP_MS));
    timer = scheduler.schedule(() => {
      timer = undefined;
      passedMs += stepMs;
      if (passedMs < dueMs) runUntil(dueMs, work);
      else work();
    }, stepMs);
  };
  return { now, runUntil, stop };
}

/** Whether so much can have passed before a timer of `timerMs` has rung, or as it rings: no time is negative. */
export function canBe(ms: number, timerMs: number): boolean {
  return ms >= 0 && ms <= timerMs + FROZEN_AFTER_MS;
}
