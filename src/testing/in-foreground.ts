import { concatWith, NEVER, of, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';

/**
 * An app that is in front and stays there: what holds an operator of the background to {@link obeysTheLaws}.
 *
 * ```text
 * inForeground$   f----------      f = foreground
 * ```
 *
 * @example
 * ```ts
 * obeysTheLaws(() => pauseInBackground(inForeground$));
 * ```
 */
export const inForeground$: Observable<AppState> = of<AppState>({ visibility: 'foreground', since: 0, awayMs: 0 }).pipe(
  concatWith(NEVER),
);
