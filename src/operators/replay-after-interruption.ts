import {
  asyncScheduler,
  catchError,
  defer,
  subscribeOn,
  tap,
  throwError,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { VERDICT_MS, type AppState } from '../platform/app-state.js';
import { isNetworkError, type NetworkError } from '../platform/network-error.js';
import { holdInBackground } from './hold-in-background.js';
import { presentState } from './present-state.js';

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
  /**
   * The source emits one value and completes with it, so that nothing can have been delivered before an error, and
   * nothing need be watched. @defaultValue `false`
   */
  readonly single?: boolean | undefined;
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
 * @throws RangeError when `maxReplays` is not a whole number from 0.
 */
export function replayAfterInterruption(
  app$: Observable<AppState>,
  {
    when = () => false,
    maxReplays = 5,
    single = false,
    scheduler = asyncScheduler,
  }: ReplayAfterInterruptionOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  if (!(Number.isInteger(maxReplays) && maxReplays >= 0)) {
    throw new RangeError(`replayAfterInterruption: maxReplays must be a whole number from 0; got ${maxReplays}`);
  }
  return <T>(source: Observable<T>) =>
    defer(() => {
      let delivered = false;
      let replays = 0;

      const watched$ = single
        ? source
        : source.pipe(
            tap((value) => {
              if (!isPreliminary(value)) delivered = true;
            }),
          );
      return watched$.pipe(
        catchError((error: unknown, again) => {
          const neverSent = isNetworkError(error, 'background');
          const repeatable = neverSent || (isNetworkError(error, 'interrupted') && when(error));
          // Not thrown: so the source is let go of, and its task aborted, before anybody hears of the error.
          if (delivered || replays >= maxReplays || !repeatable) return throwError(() => error);
          replays++;
          const inFront$ = again.pipe(holdInBackground(app$));
          // A platform that refuses a call as one of the background may be quicker than its event, or have no event: it is
          // asked again in a moment, not at once and five times over.
          const tooEarly = neverSent && presentState(app$)?.visibility !== 'background';
          return tooEarly ? inFront$.pipe(subscribeOn(scheduler, VERDICT_MS)) : inFront$;
        }),
      );
    });
}

function isPreliminary(value: unknown): boolean {
  const type = (value as { readonly type?: unknown } | null | undefined)?.type;
  return type === 'sent' || type === 'headers' || type === 'progress';
}
