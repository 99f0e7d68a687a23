import type { Observable } from 'rxjs';

/** The value that a stream replays now, or `undefined` where it replays none. */
export function present<T>(state$: Observable<T>): T | undefined {
  let value: T | undefined;
  state$.subscribe((state) => (value = state)).unsubscribe();
  return value;
}
