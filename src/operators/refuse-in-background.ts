import { switchMap, take, throwError, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import { NetworkError } from '../platform/network-error.js';

/**
 * Fails at once, with `background`, when it is subscribed to while the app is in the background (BG-2).
 *
 * ```text
 * app$    h----s--      h = hidden, s = shown
 * source  --a|          (never subscribed)
 * result  #
 * ```
 *
 * @example
 * ```ts
 * const app$ = appLifecycle$();
 * const tap$ = request$({ url: tapUrl }).pipe(refuseInBackground(app$));
 * ```
 *
 * @param app$ - From `appLifecycle$`: it must replay its present state.
 */
export function refuseInBackground(app$: Observable<AppState>): <T>(source: Observable<T>) => Observable<T> {
  return (source) =>
    app$.pipe(
      take(1),
      switchMap(({ visibility }) => (visibility === 'background' ? throwError(() => refusal()) : source)),
    );
}

function refusal(): NetworkError {
  return new NetworkError('the app is in the background, where no call can be made; not sent', {
    code: 'background',
    rule: 'BG-2',
    phase: 'check',
  });
}
