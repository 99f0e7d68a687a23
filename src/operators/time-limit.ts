import {
  asyncScheduler,
  defer,
  distinctUntilChanged,
  finalize,
  ignoreElements,
  map,
  NEVER,
  of,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { isCutByBackground, type AppState } from '../platform/app-state.js';
import { isDelay } from '../platform/limits.js';
import { NetworkError, type CallPhase } from '../platform/network-error.js';

interface TimeLimitSeams {
  /** From `appLifecycle$`, so that the limit knows of the background. @defaultValue the background is ignored */
  readonly app$?: Observable<AppState> | undefined;
  /** The clock of `app$`. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** Limits of one attempt: inside the queue. At least one of the two. */
export interface AttemptTimeLimit extends TimeLimitSeams {
  /** From subscription to completion, in milliseconds. @defaultValue no limit */
  readonly attemptMs?: number | undefined;
  /** From subscription to the first event, and from each event to the next, in milliseconds. @defaultValue no limit */
  readonly idleMs?: number | undefined;
}

/** The limit of a whole call, with its waiting and its replays: outside the queue. */
export interface TotalTimeLimit extends TimeLimitSeams {
  /** From subscription to completion, in milliseconds; time in the background does not count. */
  readonly totalMs: number;
}

/**
 * Ends the source with `timeout` when it takes longer than it may (TIME-1).
 *
 * ```text
 * source  --a-----b----c--|
 * result  --a-----b--#      { attemptMs: 11 }
 * result  --a---#           { idleMs: 4 }
 * ```
 *
 * `attemptMs` and `idleMs` run by the clock, background or not, as the platform's own timeout does; but where the
 * background has cut the attempt, they leave the verdict to `interruptInBackground`. `totalMs` stands still in the background.
 *
 * @example
 * ```ts
 * const app$ = appLifecycle$();
 * const me$ = request$({ url: meUrl }).pipe(
 *   interruptInBackground(app$),
 *   timeLimit({ attemptMs: 10_000, app$ }),
 *   limitConcurrency(queue),
 *   timeLimit({ totalMs: 30_000, app$ }),
 * );
 * ```
 *
 * @throws RangeError when a limit is not a positive number, or there is none.
 */
export function timeLimit(limit: AttemptTimeLimit | TotalTimeLimit): <T>(source: Observable<T>) => Observable<T> {
  const {
    totalMs,
    attemptMs,
    idleMs,
    app$,
    scheduler = asyncScheduler,
  } = limit as Partial<TotalTimeLimit> & AttemptTimeLimit;
  const limits = Object.entries({ totalMs, attemptMs, idleMs }).filter(([, ms]) => ms !== undefined);
  if (limits.length === 0) throw new RangeError('timeLimit: expected attemptMs, idleMs or totalMs; got none of them');
  for (const [name, ms] of limits) {
    if (!isDelay(ms as number))
      throw new RangeError(`timeLimit: ${name} must be a positive number of milliseconds below 2^31; got ${ms}`);
  }

  return (source) =>
    defer(() => {
      const startedAt = scheduler.now();

      // Asked only when a deadline passes: a call that is in time pays nothing for it.
      const cutByBackground$ = app$
        ? app$.pipe(
            take(1),
            map((state) => isCutByBackground(state, startedAt, scheduler.now())),
          )
        : of(false);

      let limited$ = source;
      if (idleMs !== undefined) {
        const activity$ = new Subject<void>();
        const idle$ = activity$.pipe(
          startWith(undefined),
          switchMap(() => timer(idleMs, scheduler)),
          switchMap(() => cutByBackground$),
          map(failUnless('idleMs', idleMs, 'attempt')),
        );
        limited$ = limited$.pipe(
          tap(() => activity$.next()),
          takeUntil(idle$.pipe(ignoreElements())),
        );
      }
      if (attemptMs !== undefined) {
        const attempt$ = timer(attemptMs, scheduler).pipe(
          switchMap(() => cutByBackground$),
          map(failUnless('attemptMs', attemptMs, 'attempt')),
        );
        limited$ = limited$.pipe(takeUntil(attempt$.pipe(ignoreElements())));
      }
      if (totalMs !== undefined) {
        const total$ = foregroundTimer(totalMs, app$, scheduler).pipe(
          map(() => failUnless('totalMs', totalMs, 'total')(false)),
        );
        limited$ = limited$.pipe(takeUntil(total$));
      }
      return limited$;
    });
}

function failUnless(name: string, ms: number, phase: CallPhase): (cutByBackground: boolean) => void {
  return (cutByBackground) => {
    if (cutByBackground) return;
    throw new NetworkError(`it took longer than ${name} allows, ${ms} ms`, { code: 'timeout', rule: 'TIME-1', phase });
  };
}

/** Emits after so many milliseconds in which the app was not in the background. */
function foregroundTimer(
  ms: number,
  app$: Observable<AppState> | undefined,
  scheduler: SchedulerLike,
): Observable<unknown> {
  if (!app$) return timer(ms, scheduler);
  return defer(() => {
    let leftMs = ms;
    return app$.pipe(
      map(({ visibility }) => visibility !== 'background'),
      distinctUntilChanged(),
      switchMap((inFront) => {
        if (!inFront) return NEVER;
        const since = scheduler.now();
        return timer(leftMs, scheduler).pipe(finalize(() => (leftMs -= scheduler.now() - since)));
      }),
    );
  });
}
