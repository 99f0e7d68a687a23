import { asyncScheduler, catchError, Observable, takeUntil, type SchedulerLike } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { BACKGROUND_GRACE_MS } from '../platform/limits.js';
import type { CallDetails } from '../platform/network-error.js';
import { BackgroundCut } from './background-cut.js';

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
 * @throws TypeError for an unknown option, and when `graceMs` is not a positive number.
 */
export function interruptInBackground(
  app$: Observable<AppState>,
  options: InterruptInBackgroundOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  checkOptions('interruptInBackground', options, OPTIONS);
  const { graceMs = BACKGROUND_GRACE_MS, scheduler = asyncScheduler, call } = options;

  return (source) =>
    new Observable((subscriber) => {
      const cuts = new BackgroundCut(scheduler, graceMs);
      const now = scheduler.now();
      // Before the call is made: it is judged by the state that it was made in.
      subscriber.add(() => cuts.stop());
      subscriber.add(app$.subscribe(cuts));
      const beginning = { startedAt: now, first: cuts.latest, generation: cuts.join(now) };
      const judged = <T>(errors$: Observable<T>) =>
        errors$.pipe(
          catchError((error: unknown) => {
            throw cuts.verdict(error, beginning, call);
          }),
        );
      source.pipe(judged, takeUntil(judged(beginning.generation.cut$))).subscribe(subscriber);
    });
}

const OPTIONS: KindsOf<InterruptInBackgroundOptions> = { graceMs: 'delay', scheduler: 'object', call: 'object' };
