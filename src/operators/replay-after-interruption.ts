import {
  asyncScheduler,
  catchError,
  defer,
  mergeMap,
  subscribeOn,
  tap,
  throwError,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { RETURN_SETTLE_MS, type AppState } from '../platform/app-state.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { isNetworkError, type NetworkError } from '../platform/network-error.js';
import { foreground$ } from './hold-in-background.js';
import { present, presentState } from './present.js';

/** Which interrupted calls are sent again. */
export interface ReplayAfterInterruptionOptions {
  /**
   * Whether to send a call again that was `interrupted` after it had been sent. Answer `true` only for what may be done
   * twice: a safe method, or a call with an idempotency key. A call that was provably never sent (`background`) is
   * sent again without asking.
   *
   * @defaultValue `() => false`
   */
  readonly when?: ((error: NetworkError) => boolean) | undefined;
  /** How often at most; a whole number from 0. @defaultValue `5` */
  readonly maxReplays?: number | undefined;
  /** @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Subscribes again, in the foreground, to a source that the background has cut (BG-1).
 *
 * ```text
 * app$    ---h-----s-----      h = hidden, s = shown
 * source  -s---#               s = sent
 * source           -s-r|       r = response
 * result  -s--------s-r|
 * ```
 *
 * Only while the source has emitted nothing but events of type `sent`, `headers` or `progress`: what was delivered once, such as a
 * chunk of a stream, is never delivered twice.
 *
 * @example
 * ```ts
 * const app$ = appLifecycle$();
 * const feed$ = request$({ url: feedUrl }).pipe(
 *   interruptInBackground(app$),
 *   replayAfterInterruption(app$, { when: () => true }),
 * );
 * ```
 *
 * @param app$ - From `appLifecycle$`: it must replay its present state.
 * @throws TypeError for an unknown option, and when `maxReplays` is not a whole number from 0.
 */
export function replayAfterInterruption(
  app$: Observable<AppState>,
  options: ReplayAfterInterruptionOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  checkOptions('replayAfterInterruption', options, OPTIONS);
  const { when = () => false, maxReplays = MAX_REPLAYS, scheduler = asyncScheduler } = options;
  if (!(Number.isInteger(maxReplays) && maxReplays >= 0)) {
    throw new TypeError(`replayAfterInterruption: maxReplays must be a whole number from 0; got ${maxReplays}`);
  }
  return <T>(source: Observable<T>) =>
    defer(() => {
      presentState('replayAfterInterruption', app$);
      let delivered = false;
      let replays = 0;
      let startedAt = 0;

      const attempt$ = defer(() => {
        startedAt = scheduler.now();
        return source;
      }).pipe(
        tap((value) => {
          if (!isPreliminary(value)) delivered = true;
        }),
      );
      return attempt$.pipe(
        catchError((error: unknown, again) => {
          // Not thrown: so the source is let go of, and its task aborted, before anybody hears of the error.
          if (delivered || replays >= maxReplays || !mayReplay(error, when)) return throwError(() => error);
          replays++;
          return replayTime$(app$, startedAt, scheduler).pipe(mergeMap(() => again));
        }),
      );
    });
}

const OPTIONS: KindsOf<ReplayAfterInterruptionOptions> = {
  when: 'function',
  maxReplays: 'number',
  scheduler: 'object',
};

/** How often a call is sent again at most, where nobody says. */
export const MAX_REPLAYS = 5;

/** Whether an error lets the call be sent again: it was provably never sent, or it was cut and may be done twice. */
export function mayReplay(error: unknown, when: (error: NetworkError) => boolean): boolean {
  return isNetworkError(error, 'background') || (isNetworkError(error, 'interrupted') && when(error));
}

/**
 * When to send again a call that was last subscribed to at `startedAt`: in front, and not at once where that attempt was over
 * at once while the app was in front. Its platform may be quicker than its own event, or have no event, or interrupt
 * whatever it is given: it is asked again in a moment, not five times over in one turn.
 */
export function replayTime$(
  app$: Observable<AppState>,
  startedAt: number,
  scheduler: SchedulerLike,
): Observable<AppState> {
  const inFront$ = foreground$(app$);
  const tooEarly = scheduler.now() - startedAt < RETURN_SETTLE_MS && present(app$)?.visibility !== 'background';
  return tooEarly ? inFront$.pipe(subscribeOn(scheduler, RETURN_SETTLE_MS)) : inFront$;
}

/** Whether an event delivers nothing that must not be delivered twice. */
export function isPreliminary(value: unknown): boolean {
  const type = (value as { readonly type?: unknown } | null | undefined)?.type;
  return type === 'sent' || type === 'headers' || type === 'progress';
}
