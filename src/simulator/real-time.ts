import { asyncScheduler, Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs';
import { MAX_TIMER_MS } from '../platform/limits.js';

/** Kept from the start: `scenario()` of the kit and fake timers put their own in its place. */
const wallClock = Date.now.bind(Date);

/**
 * `asyncScheduler`, but for what is due at once: that has a turn of its own without a timer. A timer of Node's takes a
 * millisecond or more, and a whole call on loopback takes less.
 *
 * In virtual time, inside of `TestScheduler.run` too, it is `asyncScheduler` and nothing else.
 */
export const realTime: SchedulerLike = {
  now: () => asyncScheduler.now(),
  schedule: <T>(work: (this: SchedulerAction<T>, state: T) => void, delayMs = 0, state?: T) =>
    delayMs <= 0 && isReal()
      ? new AtOnce<T>(work).schedule(state)
      : asyncScheduler.schedule<T>(work as (this: SchedulerAction<T>, state?: T) => void, delayMs, state),
};

/**
 * Schedules what nobody waits for: in real time its timer does not keep the process alive.
 *
 * @param scheduler - Where it is scheduled in virtual time.
 */
export function scheduleQuietly(scheduler: SchedulerLike, work: () => void, delayMs: number): Subscription {
  if (!(scheduler === realTime || scheduler === asyncScheduler) || !isReal()) return scheduler.schedule(work, delayMs);
  // Node takes what is longer for 1 ms.
  const timer = setTimeout(work, Math.min(delayMs, MAX_TIMER_MS));
  timer.unref();
  return new Subscription(() => clearTimeout(timer));
}

/** RxJS tells nobody that `asyncScheduler` has become virtual; but its `now()` is another then. */
function isReal(): boolean {
  const earliest = wallClock();
  const now = asyncScheduler.now();
  return earliest <= now && now <= wallClock();
}

class AtOnce<T> extends Subscription implements SchedulerAction<T> {
  private turn: NodeJS.Immediate | undefined;
  private later: Subscription | undefined;

  constructor(private readonly work: (this: SchedulerAction<T>, state: T) => void) {
    super();
  }

  schedule(state?: T, delayMs = 0): this {
    this.stop();
    if (this.closed) return this;
    const run = () => {
      this.work(state as T);
    };
    if (delayMs <= 0) this.turn = setImmediate(run);
    else this.later = asyncScheduler.schedule(run, delayMs);
    return this;
  }

  override unsubscribe(): void {
    this.stop();
    super.unsubscribe();
  }

  private stop(): void {
    if (this.turn) clearImmediate(this.turn);
    this.later?.unsubscribe();
  }
}
