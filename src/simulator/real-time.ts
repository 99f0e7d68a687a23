import { asyncScheduler, Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs';

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
