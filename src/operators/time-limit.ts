import { asyncScheduler, Observable, tap, type SchedulerLike, type Subscription } from 'rxjs';
import { isCutByBackground, RETURN_SETTLE_MS, type AppState } from '../platform/app-state.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { NetworkError, type CallDetails, type CallPhase } from '../platform/network-error.js';
import { present, presentState } from './present.js';
import { createStopwatch } from './stopwatch.js';

interface TimeLimitContext {
  /** From `appLifecycle$`, so that the limit knows of the background. @defaultValue the background is ignored */
  readonly app$?: Observable<AppState> | undefined;
  /** The clock of `app$`. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
  /** What the error is to name. @defaultValue nothing */
  readonly call?: CallDetails | undefined;
}

/** Limits of one attempt: inside the queue. At least one of the two. */
export interface AttemptTimeLimit extends TimeLimitContext {
  /** From subscription to completion, in milliseconds. @defaultValue no limit */
  readonly attemptMs?: number | undefined;
  /** From subscription to the first event, and from each event to the next, in milliseconds. @defaultValue no limit */
  readonly idleMs?: number | undefined;
  /** That is the other limit, outside the queue. */
  readonly totalMs?: undefined;
}

/** The limit of a whole call, with its waiting and its replays: outside the queue. */
export interface TotalTimeLimit extends TimeLimitContext {
  /** From subscription to completion, in milliseconds; time in the background does not count. */
  readonly totalMs: number;
  /** Those are the other limits, inside the queue. */
  readonly attemptMs?: undefined;
  readonly idleMs?: undefined;
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
 * background has cut the attempt, they leave the verdict to `interruptInBackground` until two seconds after the return. `totalMs` stands still in the background.
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
 * @throws TypeError when a limit is not a positive number, or there is none, and for an unknown option.
 * @returns An operator whose streams error with a TypeError where `app$` does not replay its present state.
 */
export function timeLimit(limit: AttemptTimeLimit | TotalTimeLimit): <T>(source: Observable<T>) => Observable<T> {
  checkOptions<AnyTimeLimit>('timeLimit', limit, OPTIONS);
  const { totalMs, attemptMs, idleMs, app$, scheduler = asyncScheduler, call } = limit;
  if (totalMs === undefined && attemptMs === undefined && idleMs === undefined) {
    throw new TypeError('timeLimit: expected attemptMs, idleMs or totalMs; got none of them');
  }

  return (source) =>
    new Observable((subscriber) => {
      // At once: what is thrown in a timer ends nothing.
      if (app$) presentState('timeLimit', app$);
      const startedAt = scheduler.now();
      const end = (name: string, ms: number, phase: CallPhase) => subscriber.error(tooLong(name, ms, phase, call));
      const endAttempt = (name: string, ms: number) =>
        unlessCut(app$ && present(app$), startedAt, app$, scheduler, () => end(name, ms, 'attempt'));

      if (attemptMs !== undefined) {
        subscriber.add(scheduler.schedule(() => subscriber.add(endAttempt('attemptMs', attemptMs)), attemptMs));
      }
      if (totalMs !== undefined) {
        subscriber.add(inForeground(totalMs, app$, scheduler, () => end('totalMs', totalMs, 'total')));
      }
      if (idleMs === undefined) {
        // Handed over unwrapped: a call that is in time pays nothing but the timer.
        source.subscribe(subscriber);
        return;
      }
      let silence: Subscription | undefined;
      const listen = () => {
        silence = scheduler.schedule(() => (silence = endAttempt('idleMs', idleMs)), idleMs);
      };
      listen();
      subscriber.add(() => silence?.unsubscribe());
      const heard$ = source.pipe(
        tap(() => {
          silence?.unsubscribe();
          listen();
        }),
      );
      heard$.subscribe(subscriber);
    });
}

type AnyTimeLimit = TimeLimitContext & { readonly [Name in 'totalMs' | 'attemptMs' | 'idleMs']?: number | undefined };

const OPTIONS: KindsOf<AnyTimeLimit> = {
  totalMs: 'delay',
  attemptMs: 'delay',
  idleMs: 'delay',
  app$: 'object',
  scheduler: 'object',
  call: 'object',
};

/** For what took longer than it may. */
export function tooLong(name: string, ms: number, phase: CallPhase, call: CallDetails | undefined): NetworkError {
  const what = `it took longer than ${name} allows, ${ms} ms`;
  return new NetworkError(what, { ...call, code: 'timeout', rule: 'TIME-1', phase });
}

/**
 * Ends an attempt whose limit is met; but where the background has cut it, the interruption has the word until a while after
 * the return. Where that says nothing, such as of a clock that was put forward, the limit holds after all.
 */
export function unlessCut(
  state: AppState | undefined,
  startedAt: number,
  app$: Observable<AppState> | undefined,
  scheduler: SchedulerLike,
  end: () => void,
): Subscription | undefined {
  if (state && isCutByBackground(state, startedAt, scheduler.now())) {
    return inForeground(2 * RETURN_SETTLE_MS, app$, scheduler, end);
  }
  end();
  return undefined;
}

/** Does something after so many milliseconds in which the app was not in the background. */
export function inForeground(
  ms: number,
  app$: Observable<AppState> | undefined,
  scheduler: SchedulerLike,
  work: () => void,
): Subscription {
  if (!app$) return scheduler.schedule(work, ms);
  const watch = createStopwatch(scheduler);
  const states = app$.subscribe(({ visibility }) => {
    if (visibility === 'background') watch.stop();
    else watch.runUntil(ms, work);
  });
  states.add(() => watch.stop());
  return states;
}
