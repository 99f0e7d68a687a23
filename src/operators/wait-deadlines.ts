import type { SchedulerLike } from 'rxjs';
import { each } from './each.js';
import type { QueuedCall } from './queued-call.js';
import { createStopwatch } from './stopwatch.js';

/** The deadlines of waiting calls, on a clock that stands still while the queue is paused. */
export interface WaitDeadlines {
  /** A call without `maxWaitMs` has none. */
  add(call: QueuedCall): void;
  remove(call: QueuedCall): void;
  pause(): void;
  resume(): void;
}

/**
 * One timer for all who wait. Calls with the same `maxWaitMs` fall due in the order in which they came, so the first
 * of each such group is all that has to be looked at.
 *
 * @param expire - Gets each call whose time is up, after it was taken out of the deadlines.
 */
export function createWaitDeadlines(scheduler: SchedulerLike, expire: (call: QueuedCall) => void): WaitDeadlines {
  const groups = new Map<number, Map<QueuedCall, number>>();
  // It runs only while somebody waits who has a deadline.
  const watch = createStopwatch(scheduler);
  let paused = false;
  let due = Infinity;

  const disarm = () => {
    watch.stop();
    due = Infinity;
  };

  const arm = () => {
    disarm();
    for (const group of groups.values()) due = Math.min(due, group.values().next().value ?? Infinity);
    if (due < Infinity) watch.runUntil(due, sweep);
  };

  const remove = (call: QueuedCall) => {
    const { maxWaitMs } = call.terms;
    if (maxWaitMs === undefined) return;
    const group = groups.get(maxWaitMs);
    group?.delete(call);
    if (group?.size === 0) groups.delete(maxWaitMs);
    if (groups.size === 0) disarm();
  };

  const sweep = () => {
    const now = watch.now();
    const late: QueuedCall[] = [];
    for (const group of groups.values()) {
      for (const [call, callDue] of group) {
        if (callDue > now) break;
        late.push(call);
      }
    }
    late.forEach(remove);
    arm();
    each(late, expire);
  };

  return {
    add(call) {
      const { maxWaitMs } = call.terms;
      if (maxWaitMs === undefined) return;
      const callDue = watch.now() + maxWaitMs;
      const group = groups.get(maxWaitMs) ?? new Map<QueuedCall, number>();
      groups.set(maxWaitMs, group.set(call, callDue));
      if (!paused && callDue < due) arm();
    },
    remove,
    pause() {
      paused = true;
      disarm();
    },
    resume() {
      paused = false;
      arm();
    },
  };
}
