import type { Observable } from 'rxjs';

/** The value that a stream replays now; `otherwise`, where it replays none. */
export function present<T>(state$: Observable<T>, otherwise: T): T {
  let value = otherwise;
  state$.subscribe((state) => (value = state)).unsubscribe();
  return value;
}
