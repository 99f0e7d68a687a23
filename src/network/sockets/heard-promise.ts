import { AsyncSubject, from, type ObservableInput } from 'rxjs';

/**
 * What the caller's function returned; a promise is listened to from now on. It may fail before anybody waits for it, or when
 * nobody does any more, and the platform would call that unhandled.
 */
export function heardPromise$<T>(input: ObservableInput<T>): ObservableInput<T> {
  if (typeof (input as Partial<PromiseLike<T>>).then !== 'function') return input;
  const result$ = new AsyncSubject<T>();
  from(input).subscribe(result$);
  return result$;
}
