import { defer, throwError, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import { presentState } from './present.js';

/** The rare settings of {@link refuseInBackground}. */
export interface RefuseInBackgroundOptions {
  /** What the error is to name. @defaultValue nothing */
  readonly call?: CallDetails | undefined;
}

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
 * @throws TypeError for an unknown option.
 */
export function refuseInBackground(
  app$: Observable<AppState>,
  options: RefuseInBackgroundOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  checkOptions('refuseInBackground', options, OPTIONS);
  const { call } = options;
  return (source) =>
    defer(() => {
      const { visibility } = presentState('refuseInBackground', app$);
      return visibility === 'background' ? throwError(() => refusal(call)) : source;
    });
}

const OPTIONS: KindsOf<RefuseInBackgroundOptions> = { call: 'object' };

function refusal(call: CallDetails | undefined): NetworkError {
  return new NetworkError('the app is in the background, where no call can be made; not sent', {
    ...call,
    code: 'background',
    rule: 'BG-2',
    phase: 'check',
  });
}
