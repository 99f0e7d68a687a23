import { asyncScheduler, Observable, type SchedulerLike, type Subscriber, type Subscription } from 'rxjs';
import { FROZEN_AFTER_MS, isCutByBackground, VERDICT_MS, type AppState } from '../platform/app-state.js';
import { BACKGROUND_GRACE_MS, isDelay } from '../platform/limits.js';
import { isNetworkError, NetworkError, type CallDetails } from '../platform/network-error.js';
import { Relay } from './relay.js';

/** When the background cuts. */
export interface InterruptInBackgroundOptions {
  /** How long a call may go on after the app was hidden, in milliseconds. @defaultValue `5000` (BG-1) */
  readonly graceMs?: number | undefined;
  /** The clock of `app$`. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
  /** What the error is to name. @defaultValue nothing */
  readonly call?: CallDetails | undefined;
}

/**
 * Ends the source with `interrupted` when the app has been in the background for five seconds (BG-1), as the platform
 * does, whether or not the platform says so.
 *
 * ```text
 * app$    -----h----------------      h = hidden, s = shown
 * source  ---a-------b---c---d--
 * result  ---a-------b#               graceMs: 7
 * ```
 *
 * The platform stops the app's thread at about the same time, and timers with it. Where ours fires late, or the app
 * returns before it fired, the thread was frozen: then the platform's own verdict is waited for until a second after
 * the return, because a call that was answered must not be reported as interrupted. A platform that reports a timeout
 * for a call which the background has cut is corrected to `interrupted`; one that reports `interrupted` for a call made
 * in the background is corrected to `background`: such a call was never sent, and may be sent again whatever it does.
 *
 * @example
 * ```ts
 * const interrupt = interruptInBackground(appLifecycle$());
 * const me$ = request$({ url: 'https://api.example.com/me' }).pipe(interrupt);
 * ```
 *
 * @param app$ - From `appLifecycle$`: it must replay its present state.
 */
export function interruptInBackground(
  app$: Observable<AppState>,
  { call, ...options }: InterruptInBackgroundOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  return interruptions(app$, options)(call);
}

/** The same for many calls, each of which names itself: one subscription of `app$` serves all, while any of them runs. */
export function interruptions(
  app$: Observable<AppState>,
  { graceMs = BACKGROUND_GRACE_MS, scheduler = asyncScheduler }: Omit<InterruptInBackgroundOptions, 'call'>,
): (call: CallDetails | undefined) => <T>(source: Observable<T>) => Observable<T> {
  if (!isDelay(graceMs))
    throw new RangeError(
      `interruptInBackground: graceMs must be a positive number of milliseconds below 2^31; got ${graceMs}`,
    );

  const running = new Set<RunningCall>();
  let latest: AppState | undefined;
  let watching: Subscription;

  const tell = (run: RunningCall, state: AppState) => {
    run.first ??= state;
    // Once it is known that the call was cut, another short background changes nothing.
    if (run.wasCut) return;
    run.verdict?.unsubscribe();
    const hidden = state.visibility === 'background';
    if (!hidden && state.awayMs === 0) return;
    const now = scheduler.now();
    run.wasCut = !hidden && isCutByBackground(state, run.startedAt, now, graceMs);
    const due = hidden ? state.since + graceMs : now + VERDICT_MS;
    // A call made after the cut is refused by the platform, or, where it does not suspend apps, answered.
    if (run.wasCut || (hidden && run.startedAt < due)) {
      run.verdict = scheduler.schedule(() => judge(run, state), due - now);
    }
  };

  const judge = (run: RunningCall, state: AppState) => {
    // Late in the background: the thread was frozen, and the return, of which we shall hear, judges anew.
    const frozen = scheduler.now() - (state.since + graceMs) > FROZEN_AFTER_MS;
    if (state.visibility === 'background' && frozen) return;
    const what = `the app was in the background for ${graceMs} ms, and the platform cuts every call then`;
    run.end(new NetworkError(what, { ...run.call, code: 'interrupted', rule: 'BG-1', phase: 'attempt' }));
  };

  const enter = (run: RunningCall) => {
    running.add(run);
    if (running.size > 1) {
      if (latest) tell(run, latest);
      return;
    }
    latest = undefined;
    watching = app$.subscribe({
      next(state) {
        latest = state;
        running.forEach((each) => tell(each, state));
      },
      error: (error: unknown) => running.forEach((each) => each.end(error)),
    });
  };

  const leave = (run: RunningCall) => {
    run.verdict?.unsubscribe();
    if (running.delete(run) && running.size === 0) watching.unsubscribe();
  };

  const corrected = (error: unknown, { startedAt, first, wasCut }: RunningCall): unknown => {
    if (!latest || !first || !isNetworkError(error)) return error;
    const { what, errno, errMsg, cause, api, method, url } = error;
    const evidence = { phase: 'attempt', errno, errMsg, cause, api, method, url } as const;
    const now = scheduler.now();

    if (error.code === 'interrupted' && error.rule === 'BG-1') {
      // Judged by the background that the call was made in, as long as we are in it or have just come back from it; also
      // by one that began in the turn of the call, of which we heard after it.
      const madeIn = latest.since - latest.awayMs === first.since ? first : latest;
      const hidden = madeIn.visibility === 'background' && startedAt >= madeIn.since;
      const cutAt = madeIn.since + graceMs;
      if (hidden && !(startedAt < cutAt && cutAt <= now)) {
        return new NetworkError(what, { code: 'background', rule: 'BG-2', ...evidence });
      }
    }
    if (error.code === 'timeout' && (wasCut || isCutByBackground(latest, startedAt, now, graceMs))) {
      return new NetworkError(what, { code: 'interrupted', rule: 'BG-1', ...evidence });
    }
    return error;
  };

  return (call) => (source) =>
    new Observable((subscriber) => {
      const run = new RunningCall(subscriber, call, scheduler.now(), corrected, leave);
      enter(run);
      source.subscribe(run);
    });
}

/** A call that runs, with what is known of it. */
class RunningCall extends Relay {
  /** The state that the call began in, once it is known. */
  first: AppState | undefined = undefined;
  wasCut = false;
  verdict: Subscription | undefined = undefined;

  constructor(
    subscriber: Subscriber<unknown>,
    readonly call: CallDetails | undefined,
    readonly startedAt: number,
    private readonly corrected: (error: unknown, run: RunningCall) => unknown,
    private readonly leave: (run: RunningCall) => void,
  ) {
    super(subscriber);
  }

  override error(error: unknown): void {
    this.end(this.corrected(error, this));
  }

  end(error: unknown): void {
    super.error(error);
  }

  override unsubscribe(): void {
    this.leave(this);
    super.unsubscribe();
  }
}
