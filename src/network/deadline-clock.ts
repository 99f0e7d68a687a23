import { Subscription, type Observable, type SchedulerLike } from 'rxjs';
import { canBe } from '../operators/stopwatch.js';
import type { AppState } from '../platform/app-state.js';

/** Something that is to be done after a time. */
export interface Alarm {
  /** From when it is added, in milliseconds. */
  readonly afterMs: number;
  /** Kept for it by the clock. */
  due: number;
  ring(): void;
}

/** So long do alarms share one timer, in milliseconds. */
const SHARED_MS = 1_000;

/**
 * One timer for all that are young: most calls are over within a second, and a timer for each would be a good part of what
 * they cost. What is older has a timer of its own, because only timers count the time that has passed: the wall clock may be
 * put forward or back while calls run (decisions/0034).
 */
export class DeadlineClock {
  // As many as calls run, which are few. With a `Set`, whose tables V8 makes anew all the time, calls took a third longer.
  private readonly young: Alarm[] = [];
  private readonly timers = new Map<Alarm, Subscription>();
  private shared = Subscription.EMPTY;
  private sharedSince = 0;
  private inFront = true;

  constructor(
    private readonly scheduler: SchedulerLike,
    app$: Observable<AppState>,
  ) {
    app$.subscribe(({ visibility }) => {
      this.inFront = visibility !== 'background';
      // In the background, where the thread may freeze, one that is late would not say why.
      if (!this.inFront) this.part(this.scheduler.now());
    });
  }

  add(alarm: Alarm): void {
    const { afterMs } = alarm;
    if (afterMs <= SHARED_MS || !this.inFront) {
      this.arm(alarm, afterMs);
      return;
    }
    const now = this.scheduler.now();
    alarm.due = now + afterMs;
    if (this.young.push(alarm) > 1) return;
    this.sharedSince = now;
    this.shared = this.scheduler.schedule(() => {
      // What the timer has counted, and not what the clock says, which may have been put forward by a little.
      const counted = now + SHARED_MS;
      this.part(this.scheduler.now() < counted ? undefined : counted);
    }, SHARED_MS);
  }

  remove(alarm: Alarm): void {
    const index = this.young.indexOf(alarm);
    if (index !== -1) {
      this.young.splice(index, 1);
      if (this.young.length === 0) this.shared.unsubscribe();
      return;
    }
    this.timers.get(alarm)?.unsubscribe();
    this.timers.delete(alarm);
  }

  /**
   * Gives each that is young a timer of its own.
   *
   * @param at - The time by which they are as old as they are; `undefined` where a timer rang before it could: the clock was put back.
   */
  private part(at: number | undefined): void {
    this.shared.unsubscribe();
    // Where the clock was set, nobody knows how old each is: a second too late at most, never too early.
    const isKnown = at !== undefined && canBe(this.scheduler.now() - this.sharedSince, SHARED_MS);
    for (const alarm of this.young.splice(0)) this.arm(alarm, isKnown ? Math.max(0, alarm.due - at) : alarm.afterMs);
  }

  private arm(alarm: Alarm, afterMs: number): void {
    const ring = () => {
      this.timers.delete(alarm);
      alarm.ring();
    };
    this.timers.set(alarm, this.scheduler.schedule(ring, afterMs));
  }
}
