import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';
import { NetworkError, type AppState } from '../../src/index.js';

/** Ours, when the grace is over. */
export function interrupted(graceMs: number): NetworkError {
  return new NetworkError(`the app was in the background for ${graceMs} ms, and the platform cuts every call then`, {
    code: 'interrupted',
    rule: 'BG-1',
    phase: 'attempt',
  });
}

/** What an attempt ends with when the platform says so. */
export function platformError(code: 'interrupted' | 'timeout', errMsg: string, errno: number): NetworkError {
  return new NetworkError(errMsg, {
    code,
    rule: code === 'interrupted' ? 'BG-1' : undefined,
    phase: 'attempt',
    errno,
    errMsg,
  });
}

/** A state of the app. */
export function state(visibility: AppState['visibility'], since: number, awayMs = 0): AppState {
  return { visibility, since, awayMs };
}

/** The lifecycle as a frozen thread hears of it: both events, one after the other, at the return. */
export function frozen(app$: Observable<AppState>): Observable<AppState> {
  return new Observable((subscriber) => {
    let hidden: AppState | undefined;
    return app$.subscribe((state) => {
      if (state.visibility === 'background') {
        hidden = state;
        return;
      }
      if (hidden) subscriber.next(hidden);
      hidden = undefined;
      subscriber.next(state);
    });
  });
}

/** A clock whose timers fire late, as they do after a freeze. */
export function lateBy(ms: number): SchedulerLike {
  return {
    now: () => asyncScheduler.now(),
    schedule: (work, delay = 0, state) => asyncScheduler.schedule(work as never, delay + ms, state),
  };
}
