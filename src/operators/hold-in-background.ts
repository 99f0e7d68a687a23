import { defer, filter, mergeMap, take, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import { presentState } from './present.js';

/**
 * Waits for the foreground before it subscribes to the source (BG-2).
 *
 * ```text
 * app$    h-----s---      h = hidden, s = shown
 * source        --a|
 * result  --------a|
 * ```
 *
 * A source that already runs goes on when the app is hidden: cutting it is `interruptInBackground`'s. For calls that
 * share a request queue, pausing the queue does the same without a subscription for each waiting call.
 *
 * @example
 * ```ts
 * const app$ = appLifecycle$();
 * const report$ = request$({ url: reportUrl }).pipe(holdInBackground(app$));
 * ```
 *
 * @param app$ - From `appLifecycle$`: it must replay its present state.
 */
export function holdInBackground(app$: Observable<AppState>): <T>(source: Observable<T>) => Observable<T> {
  return (source) =>
    defer(() => {
      presentState('holdInBackground', app$);
      return foreground$(app$).pipe(mergeMap(() => source));
    });
}

/** The first state in which the app is in front: this one, perhaps. */
export function foreground$(app$: Observable<AppState>): Observable<AppState> {
  return app$.pipe(
    filter(({ visibility }) => visibility !== 'background'),
    take(1),
  );
}
