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

/** Calls that share a timer. */
interface Young {
  readonly alarms: Alarm[];
  /** By the wall clock. */
  readonly since: number;
  timer: Subscription;
  /** The timers that they were given when the app was hidden, before the shared one rang. */
  own: Map<Alarm, Subscription> | undefined;
  /** Those of them that rang before it, by a wall clock that was put forward: each is due later than the shared timer. */
  readonly early: Alarm[];
  hasRung: boolean;
}

/**
 * One timer for all that are young: most calls are over within a second, and a timer for each would be a good part of what
 * they cost. What is older has a timer of its own, because only timers count the time that has passed: the wall clock may be
 * put forward or back while calls run (decisions/0034).
 */
export class DeadlineClock {
  // As many as calls run, which are few. With a `Set`, whose tables V8 makes anew all the time, calls took a third longer.
  private young: Young = NOBODY;
  private readonly timers = new Map<Alarm, Subscription>();
  private inFront = true;

  constructor(
    private readonly scheduler: SchedulerLike,
    app$: Observable<AppState>,
  ) {
    app$.subscribe(({ visibility }) => {
      this.inFront = visibility !== 'background';
      if (!this.inFront) this.hide();
    });
  }

  add(alarm: Alarm): void {
    const { scheduler, inFront, young } = this;
    const { afterMs } = alarm;
    if (afterMs <= SHARED_MS || !inFront) {
      this.arm(alarm, afterMs);
      return;
    }
    const now = scheduler.now();
    alarm.due = now + afterMs;
    if (young.alarms.length > 0) {
      young.alarms.push(alarm);
      return;
    }
    const begun: Young = {
      alarms: [alarm],
      since: now,
      timer: Subscription.EMPTY,
      own: undefined,
      early: [],
      hasRung: false,
    };
    begun.timer = scheduler.schedule(() => this.ring(begun), SHARED_MS);
    this.young = begun;
  }

  remove(alarm: Alarm): void {
    const { alarms, timer } = this.young;
    const index = alarms.indexOf(alarm);
    if (index !== -1) {
      alarms.splice(index, 1);
      if (alarms.length === 0) timer.unsubscribe();
      return;
    }
    this.timers.get(alarm)?.unsubscribe();
    this.timers.delete(alarm);
  }

  /**
   * Gives each that is young a timer of its own: in the background, where the thread may freeze, a shared one that is late
   * would not say why. How old each is only the wall clock knows, until the shared timer rings and tells whether it was right.
   */
  private hide(): void {
    const { young, scheduler } = this;
    if (young.alarms.length === 0) return;
    this.young = NOBODY;
    const now = scheduler.now();
    const isKnown = canBe(now - young.since, SHARED_MS);
    if (isKnown) young.own = new Map();
    else young.timer.unsubscribe();
    for (const alarm of young.alarms) {
      if (young.own) young.own.set(alarm, this.arm(alarm, Math.max(0, alarm.due - now), young));
      else this.arm(alarm, alarm.afterMs);
    }
  }

  private ring(young: Young): void {
    const { scheduler, timers } = this;
    const { alarms, since, own, early } = young;
    const now = scheduler.now();
    // What the timer has counted, and not what the clock says, which may have been put forward by a little.
    const counted = since + SHARED_MS;
    const isKnown = canBe(now - since, SHARED_MS);
    young.hasRung = true;
    if (own) {
      for (const [alarm, timer] of own) {
        if (timers.get(alarm) !== timer) continue;
        // Where it is late by more, the thread was frozen, and their timers say when they are due.
        if (!isKnown && !early.includes(alarm)) continue;
        timer.unsubscribe();
        this.arm(alarm, alarm.due - counted);
      }
      return;
    }
    this.young = NOBODY;
    // Where the clock was set, nobody knows how old each is: a second too late at most, never too early.
    for (const alarm of alarms) this.arm(alarm, isKnown && now >= counted ? alarm.due - counted : alarm.afterMs);
  }

  private arm(alarm: Alarm, afterMs: number, young?: Young): Subscription {
    const ring = () => {
      if (young && !young.hasRung) {
        young.early.push(alarm);
        return;
      }
      this.timers.delete(alarm);
      alarm.ring();
    };
    const timer = this.scheduler.schedule(ring, afterMs);
    this.timers.set(alarm, timer);
    return timer;
  }
}

const NOBODY: Young = { alarms: [], since: 0, timer: Subscription.EMPTY, own: undefined, early: [], hasRung: false };
