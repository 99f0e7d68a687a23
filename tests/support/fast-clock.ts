import { asyncScheduler, type SchedulerAction, type SchedulerLike } from 'rxjs';

/** A clock that runs faster than the wall's, so that a rule of five seconds can be seen on real sockets in a moment. */
export function fastClock(times: number): SchedulerLike {
  return {
    now: () => asyncScheduler.now() * times,
    schedule: <T>(work: (this: SchedulerAction<T>, state: T) => void, delayMs = 0, state?: T) =>
      asyncScheduler.schedule<T>(work as (this: SchedulerAction<T>, state?: T) => void, delayMs / times, state),
  };
}
