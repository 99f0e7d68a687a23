import type { SchedulerLike, Subscription } from 'rxjs';
import { each } from './each.js';
import type { QueuedCall } from './queued-call.js';

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
  let pausedAt: number | undefined;
  let pausedMs = 0;
  let timer: Subscription | undefined;
  let timerDue = Infinity;

  const clock = () => (pausedAt ?? scheduler.now()) - pausedMs;

  const disarm = () => {
    timer?.unsubscribe();
    timer = undefined;
    timerDue = Infinity;
  };

  const arm = () => {
    disarm();
    for (const group of groups.values()) timerDue = Math.min(timerDue, group.values().next().value ?? Infinity);
    if (timerDue < Infinity) timer = scheduler.schedule(sweep, Math.max(0, timerDue - clock()));
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
    const now = clock();
    const late: QueuedCall[] = [];
    for (const group of groups.values()) {
      for (const [call, due] of group) {
        if (due > now) break;
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
      const due = clock() + maxWaitMs;
      const group = groups.get(maxWaitMs) ?? new Map<QueuedCall, number>();
      groups.set(maxWaitMs, group.set(call, due));
      if (pausedAt === undefined && due < timerDue) arm();
    },
    remove,
    pause() {
      pausedAt = scheduler.now();
      disarm();
    },
    resume() {
      if (pausedAt !== undefined) pausedMs += scheduler.now() - pausedAt;
      pausedAt = undefined;
      arm();
    },
  };
}
