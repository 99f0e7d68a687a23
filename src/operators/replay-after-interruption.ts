import { catchError, defer, filter, switchMap, take, tap, throwError, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import { isNetworkError, type NetworkError } from '../platform/network-error.js';

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
 * Only while the source has emitted nothing but events of type `sent` or `progress`: what was delivered once, such as a
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
  { when = () => false, maxReplays = 5 }: ReplayAfterInterruptionOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  if (!(Number.isInteger(maxReplays) && maxReplays >= 0)) {
    throw new RangeError(`replayAfterInterruption: maxReplays must be a whole number from 0; got ${maxReplays}`);
  }
  const foreground$ = app$.pipe(
    filter(({ visibility }) => visibility !== 'background'),
    take(1),
  );

  return (source) =>
    defer(() => {
      let delivered = false;
      let replays = 0;

      const mayReplay = (error: unknown) =>
        !delivered &&
        replays < maxReplays &&
        (isNetworkError(error, 'background') || (isNetworkError(error, 'interrupted') && when(error)));

      return source.pipe(
        tap((value) => {
          if (!isPreliminary(value)) delivered = true;
        }),
        catchError((error: unknown, again) => {
          if (!mayReplay(error)) return throwError(() => error);
          replays++;
          return foreground$.pipe(switchMap(() => again));
        }),
      );
    });
}

function isPreliminary(value: unknown): boolean {
  const type = (value as { readonly type?: unknown } | null | undefined)?.type;
  return type === 'sent' || type === 'progress';
}
