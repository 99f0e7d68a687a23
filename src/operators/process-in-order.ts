import { from, Observable, Subscription, type ObservableInput } from 'rxjs';
import { NetworkError } from '../platform/network-error.js';

/** What becomes of values that come faster than they are processed. */
export interface ProcessInOrderOptions<T> {
  /** How many values wait at most, beside the one that is being processed. @defaultValue `100` */
  readonly maxWaiting?: number | undefined;
  /**
   * What happens when one more comes: the stream errors with `too-large`; or the one that has waited longest is dropped; or
   * the new one.
   *
   * @defaultValue `'error'`
   */
  readonly onOverflow?: 'error' | 'drop-oldest' | 'drop-newest' | undefined;
  /** Gets each value that is dropped. @defaultValue nobody is told */
  readonly onDropped?: ((value: T) => void) | undefined;
}

/**
 * Processes one value after the other, as `concatMap` does, with a bound on what waits: for the listener of a socket that is
 * slower than the socket.
 *
 * ```text
 * source  a-b-c-d-------|      each takes 4
 * result  ----a---b---d-(…)    { maxWaiting: 1, onOverflow: 'drop-oldest' }: c is dropped
 * ```
 *
 * `concatMap` keeps all that comes, without a bound, until the memory of the phone is full.
 *
 * @example
 * ```ts
 * prices.messages$
 *   .pipe(processInOrder((price) => draw(price), { maxWaiting: 1, onOverflow: 'drop-oldest' }))
 *   .subscribe();
 * ```
 *
 * @throws RangeError when `maxWaiting` is not a whole number from 1, or `onOverflow` is none of the three.
 */
export function processInOrder<T, R>(
  process: (value: T) => ObservableInput<R>,
  { maxWaiting = 100, onOverflow = 'error', onDropped }: ProcessInOrderOptions<T> = {},
): (source: Observable<T>) => Observable<R> {
  if (!(Number.isInteger(maxWaiting) && maxWaiting >= 1)) {
    throw new RangeError(`processInOrder: maxWaiting must be a whole number from 1; got ${maxWaiting}`);
  }
  if (!['error', 'drop-oldest', 'drop-newest'].includes(onOverflow)) {
    throw new RangeError(
      `processInOrder: onOverflow must be one of error, drop-oldest, drop-newest; got ${String(onOverflow)}`,
    );
  }

  return (source) =>
    new Observable((subscriber) => {
      const waiting: T[] = [];
      let busy = false;
      let draining = false;
      let ended = false;

      // A loop, not recursion: a thousand values that are processed at once must not grow the stack.
      const drain = () => {
        if (draining) return;
        draining = true;
        while (!busy && waiting.length > 0 && !subscriber.closed) start(waiting.shift() as T);
        draining = false;
        if (ended && !busy && waiting.length === 0) subscriber.complete();
      };
      const start = (value: T) => {
        busy = true;
        const running = new Subscription();
        subscriber.add(running);
        let result$: Observable<R>;
        try {
          result$ = from(process(value));
        } catch (error) {
          subscriber.error(error);
          return;
        }
        running.add(
          result$.subscribe({
            next: (result) => subscriber.next(result),
            error: (error: unknown) => subscriber.error(error),
            complete() {
              busy = false;
              subscriber.remove(running);
              drain();
            },
          }),
        );
      };

      subscriber.add(
        source.subscribe({
          next(value) {
            if (busy && waiting.length >= maxWaiting) {
              if (onOverflow === 'error') {
                const what = `more than maxWaiting, ${maxWaiting}, values came before the first was processed`;
                subscriber.error(new NetworkError(what, { code: 'too-large', phase: 'body' }));
                return;
              }
              if (onOverflow === 'drop-newest') {
                onDropped?.(value);
                return;
              }
              const [oldest] = waiting.splice(0, 1);
              onDropped?.(oldest as T);
            }
            waiting.push(value);
            drain();
          },
          error: (error: unknown) => subscriber.error(error),
          complete() {
            ended = true;
            drain();
          },
        }),
      );
    });
}
