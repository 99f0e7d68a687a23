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

/** Whether RxJS makes a stream of it, and no list of letters: what else it is given, it tells of without saying who gave it. */
export function isWaitable(value: unknown): value is ObservableInput<unknown> {
  if (typeof value === 'string') return false;
  try {
    void from(value as ObservableInput<unknown>);
    return true;
  } catch {
    return false;
  }
}
