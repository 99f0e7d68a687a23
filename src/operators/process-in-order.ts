import {
  defer,
  ignoreElements,
  merge,
  mergeMap,
  Subject,
  tap,
  type Observable,
  type ObservableInput,
  type ObservedValueOf,
} from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
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
 * source  a-b-c-d-------|
 * result  -----a----c----(d|)      each takes 5; { maxWaiting: 1, onOverflow: 'drop-oldest' } drops b
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
 * @throws TypeError for an unknown option, when `maxWaiting` is not a whole number from 1, or `onOverflow` is none of the three.
 */
export function processInOrder<T, O extends ObservableInput<unknown>>(
  process: (value: T) => O,
  options: ProcessInOrderOptions<T> = {},
): (source: Observable<T>) => Observable<ObservedValueOf<O>> {
  checkOptions<ProcessInOrderOptions<T>>('processInOrder', options, OPTIONS);
  const { maxWaiting = 100, onOverflow = 'error', onDropped } = options;

  return (source) =>
    defer(() => {
      const waiting: T[] = [];
      const turns$ = new Subject<T>();
      let busy = false;
      let draining = false;
      let isOver = false;

      // A loop, not recursion: a thousand values that are processed at once must not grow the stack.
      const drain = () => {
        if (draining) return;
        draining = true;
        while (!busy && waiting.length > 0) {
          busy = true;
          turns$.next(waiting.shift() as T);
        }
        draining = false;
        if (isOver && !busy) turns$.complete();
      };
      const arrive = (value: T) => {
        if (!busy || waiting.length < maxWaiting) waiting.push(value);
        else if (onOverflow === 'error') throw overflow(maxWaiting);
        else if (onOverflow === 'drop-newest') onDropped?.(value);
        else {
          const oldest = waiting.shift() as T;
          waiting.push(value);
          onDropped?.(oldest);
        }
        drain();
      };
      const leave = () => {
        busy = false;
        drain();
      };
      const end = () => {
        isOver = true;
        drain();
      };

      const processed$ = turns$.pipe(mergeMap((value) => defer(() => process(value)).pipe(tap({ complete: leave }))));
      const heard$ = source.pipe(tap({ next: arrive, complete: end }), ignoreElements());
      return merge(processed$, heard$);
    });
}

function overflow(maxWaiting: number): NetworkError {
  const what = `more than maxWaiting, ${maxWaiting}, values came before the first was processed`;
  return new NetworkError(what, { code: 'too-large', phase: 'body' });
}

const OPTIONS: KindsOf<ProcessInOrderOptions<unknown>> = {
  maxWaiting: 'count',
  onOverflow: ['error', 'drop-oldest', 'drop-newest'],
  onDropped: 'function',
};
