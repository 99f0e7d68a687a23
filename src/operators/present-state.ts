import type { Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';

/** The present state of an app, or `undefined` where `app$` does not replay it. */
export function presentState(app$: Observable<AppState>): AppState | undefined {
  let present: AppState | undefined;
  app$.subscribe((state) => (present = state)).unsubscribe();
  return present;
}
