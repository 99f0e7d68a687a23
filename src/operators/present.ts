import type { Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';

/** The value that a stream replays now, or `undefined` where it replays none. */
export function present<T>(state$: Observable<T>): T | undefined {
  let value: T | undefined;
  state$.subscribe((state) => (value = state)).unsubscribe();
  return value;
}

/**
 * The state that the app is in now.
 *
 * @throws TypeError where the lifecycle does not replay it, as behind `share()`: the operator would wait for a change that may never come (decisions/0086).
 */
export function presentState(operator: string, app$: Observable<AppState>): AppState {
  const state = present(app$);
  if (state) return state;
  throw new TypeError(`${operator}: app$ must replay its present state, as appLifecycle$ does`);
}
