import { asyncScheduler, catchError, Observable, Subscription, takeUntil, type SchedulerLike } from 'rxjs';
import { FROZEN_AFTER_MS, isCutByBackground, VERDICT_MS, type AppState } from '../platform/app-state.js';
import { checkDelay } from '../platform/check-options.js';
import { BACKGROUND_GRACE_MS } from '../platform/limits.js';
import { isNetworkError, NetworkError, type CallDetails } from '../platform/network-error.js';

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
  { graceMs = BACKGROUND_GRACE_MS, scheduler = asyncScheduler, call }: InterruptInBackgroundOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  checkDelay('interruptInBackground: graceMs', graceMs);

  return (source) =>
    new Observable((subscriber) => {
      const startedAt = scheduler.now();
      let first: AppState | undefined;
      let latest: AppState | undefined;
      let wasCut = false;

      const cut$ = new Observable<never>((cut) => {
        let verdict = Subscription.EMPTY;

        const onState = (state: AppState) => {
          first ??= state;
          latest = state;
          // Once it is known that the call was cut, another short background changes nothing.
          if (wasCut) return;
          verdict.unsubscribe();
          const hidden = state.visibility === 'background';
          const now = scheduler.now();
          wasCut = !hidden && isCutByBackground(state, startedAt, now, graceMs);
          const due = hidden ? state.since + graceMs : now + VERDICT_MS;
          // A call made after the cut is refused by the platform, or, where it does not suspend apps, answered.
          if (wasCut || (hidden && startedAt < due)) verdict = scheduler.schedule(() => judge(state), due - now);
        };
        const judge = (state: AppState) => {
          // Late in the background: the thread was frozen, and the return, of which we shall hear, judges anew.
          const frozen = scheduler.now() - (state.since + graceMs) > FROZEN_AFTER_MS;
          if (state.visibility === 'background' && frozen) return;
          const what = `the app was in the background for ${graceMs} ms, and the platform cuts every call then`;
          cut.error(new NetworkError(what, { ...call, code: 'interrupted', rule: 'BG-1', phase: 'attempt' }));
        };

        cut.add(app$.subscribe({ next: onState, error: (error: unknown) => cut.error(error) }));
        cut.add(() => verdict.unsubscribe());
      });

      source
        .pipe(
          catchError((error: unknown) => {
            throw first && latest ? corrected(error, startedAt, first, latest, wasCut) : error;
          }),
          takeUntil(cut$),
        )
        .subscribe(subscriber);
    });

  function corrected(error: unknown, startedAt: number, first: AppState, latest: AppState, wasCut: boolean): unknown {
    if (!isNetworkError(error)) return error;
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
  }
}
