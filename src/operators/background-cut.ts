import { NEVER, Observable, Subscription, takeUntil, type SchedulerLike, type Subscriber } from 'rxjs';
import { FROZEN_AFTER_MS, isCutByBackground, RETURN_SETTLE_MS, type AppState } from '../platform/app-state.js';
import { readvised } from '../platform/failure-advice.js';
import { BACKGROUND_GRACE_MS } from '../platform/limits.js';
import { isNetworkError, NetworkError, type CallDetails } from '../platform/network-error.js';
import { each } from './each.js';

/** What the background may cut. */
interface Cuttable {
  error(reason: unknown): void;
}

/** Calls that the background would cut together: those that began before the same moment. */
export class Generation {
  /** Errors when the background cuts. `takeUntil(cut$)` ends a call by it; on a value it would only complete. */
  readonly cut$ = new Observable<never>((cut) => {
    this.cuts.push(cut);
    return () => take(this.cuts, cut);
  });
  /** When the present background cuts it; `Infinity` while the app is in front. */
  due = Infinity;
  /** The timer of the grace has rung, be it late. */
  graceIsOver = false;
  /** It is known that it was cut, though the platform's own verdict may be waited for. */
  wasCut = false;
  private readonly cuts: Subscriber<never>[] = [];
  /** As many as calls run, which are few. With a `Set`, whose tables V8 makes anew all the time, calls took a third longer. */
  private readonly calls: Cuttable[] = [];
  private life: Subscription | undefined;

  get isEmpty(): boolean {
    return this.calls.length === 0 && this.cuts.length === (this.life ? 1 : 0);
  }

  /**
   * Cuts the call along with the others, until it is removed. They live under one `takeUntil(cut$)`: one for each was a
   * third of what a call costs (decisions/0020).
   */
  add(call: Cuttable): void {
    const { calls } = this;
    this.life ??= NEVER.pipe(takeUntil(this.cut$)).subscribe({
      error: (reason: unknown) => each(calls.slice(), (call) => call.error(reason)),
    });
    calls.push(call);
  }

  remove(call: Cuttable): void {
    take(this.calls, call);
  }

  cut(reason: unknown): void {
    this.wasCut = true;
    this.life = undefined;
    each(this.cuts.slice(), (cut) => cut.error(reason));
  }
}

function take<Item>(list: Item[], item: Item): void {
  const index = list.indexOf(item);
  if (index !== -1) list.splice(index, 1);
}

/** How one call began. */
export interface Beginning {
  readonly startedAt: number;
  /** The state that the app was in then. */
  readonly first: AppState | undefined;
  readonly generation: Generation;
}

/**
 * How long after the return each timer has rung that was due while the thread was frozen, in milliseconds: they ring in the
 * order in which they were due.
 */
const THAW_MS = 50;

/** The reason of a cut, before the call is named that it ended. */
const CUT = /* @__PURE__ */ Symbol('cut by the background');

/** BG-1 for all calls that share it: one generation that runs, one timer, one subscription of `app$`. */
export class BackgroundCut {
  latest: AppState | undefined;
  private current = new Generation();
  private hidden: Generation | undefined;
  private timer = Subscription.EMPTY;
  private verdictTimer = Subscription.EMPTY;

  constructor(
    private readonly scheduler: SchedulerLike,
    private readonly graceMs = BACKGROUND_GRACE_MS,
  ) {}

  /** The generation of a call that begins now. One made after the cut is refused by the platform, or answered: not cut. */
  join(now: number): Generation {
    const { current } = this;
    // Not by the clock alone, which may have been put back since.
    return now < current.due && !current.wasCut ? current : (this.current = new Generation());
  }

  /** To be told each state of the app. */
  next(state: AppState): void {
    this.latest = state;
    if (state.visibility === 'background') this.hide(state);
    else this.show(state);
  }

  /** What can no longer be known ends every call. */
  error(reason: unknown): void {
    this.stop();
    this.current.cut(reason);
  }

  stop(): void {
    this.timer.unsubscribe();
    this.verdictTimer.unsubscribe();
  }

  /**
   * What an error of a call says in truth. A timeout of one that the background has cut is an interruption; an interruption
   * of one that was made in the background means that it was never sent.
   */
  verdict(error: unknown, { startedAt, first, generation }: Beginning, call: CallDetails | undefined): unknown {
    if (error === CUT) {
      const what = `the app was in the background for ${this.graceMs} ms, and the platform cuts every call then`;
      return new NetworkError(what, { ...call, code: 'interrupted', rule: 'BG-1', phase: 'attempt' });
    }
    const { latest, graceMs } = this;
    if (!latest || !isNetworkError(error)) return error;
    const now = this.scheduler.now();

    if (error.code === 'interrupted' && error.rule === 'BG-1') {
      // Judged by the background that the call was made in, as long as we are in it or have just come back from it; also
      // by one that began in the turn of the call, of which we heard after it.
      const madeIn = first && latest.since - latest.awayMs === first.since ? first : latest;
      const hidden = madeIn.visibility === 'background' && startedAt >= madeIn.since;
      const cutAt = madeIn.since + graceMs;
      if (hidden && !(startedAt < cutAt && cutAt <= now)) return asInterruption(error, 'background', 'BG-2');
    }
    // After the return it is known: by the clock, which may have been put back, a background that was before it may seem to be.
    const isHidden = latest.visibility === 'background';
    const wasCut = generation.wasCut || (isHidden && isCutByBackground(latest, startedAt, now, graceMs));
    if (error.code === 'timeout' && wasCut) {
      return asInterruption(error, 'interrupted', 'BG-1');
    }
    return error;
  }

  private hide({ since }: AppState): void {
    const generation = (this.hidden = this.join(since));
    const due = (generation.due = since + this.graceMs);
    generation.graceIsOver = false;
    // Never longer than the grace: the clock may have been put back.
    const leftMs = Math.min(due - this.scheduler.now(), this.graceMs);
    this.timer = this.scheduler.schedule(() => {
      generation.graceIsOver = true;
      // Late: the thread was frozen, or the clock put forward, and the return, of which we shall hear, judges anew.
      if (this.hidden === generation && this.scheduler.now() - due <= FROZEN_AFTER_MS) generation.cut(CUT);
    }, leftMs);
  }

  private show({ since, awayMs }: AppState): void {
    const { hidden, timer } = this;
    const generation = hidden ?? this.current;
    // Who comes late has not heard of the hiding.
    const due = hidden ? generation.due : since - awayMs + this.graceMs;
    this.hidden = undefined;
    if (generation.wasCut) return;
    // By the clock, which may have been put back meanwhile, so that it is no long time and no short one.
    const wasShort = since < due && since >= due - this.graceMs;
    generation.due = wasShort ? Infinity : due;
    if (wasShort || generation.isEmpty) timer.unsubscribe();
    if (wasShort) return;
    // The thread was frozen at the cut: the platform's own verdict comes first, because a call that was answered must not
    // be reported as interrupted. Another short background changes nothing.
    generation.wasCut = true;
    if (generation.isEmpty) return;
    this.verdictTimer = this.scheduler.schedule(() => {
      timer.unsubscribe();
      if (hidden && !generation.graceIsOver) this.spare(generation);
      else this.verdictTimer = this.scheduler.schedule(() => generation.cut(CUT), RETURN_SETTLE_MS - THAW_MS);
    }, THAW_MS);
  }

  /** The clock was put forward while the app was away for a moment: what ran goes on, with all that began since. */
  private spare(generation: Generation): void {
    generation.wasCut = false;
    if (this.latest) this.latest = { ...this.latest, awayMs: 0 };
    if (this.current === generation) generation.due = Infinity;
    else this.current.cut$.subscribe({ error: (reason: unknown) => generation.cut(reason) });
  }
}

function asInterruption(error: NetworkError, code: 'background' | 'interrupted', rule: 'BG-1' | 'BG-2'): NetworkError {
  return error.as({ code, rule, phase: 'attempt' }, readvised(error.what, error.code, code));
}
