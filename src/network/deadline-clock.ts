import { from, Subscription, type SchedulerLike } from 'rxjs';

interface Alarm {
  readonly due: number;
  readonly ring: () => void;
}

/**
 * A clock with one timer for all that wait by it: most deadlines are never met, and a timer for each would be a good part of
 * what a call costs. For work that is done once, without a state.
 */
export function deadlineClock(scheduler: SchedulerLike): SchedulerLike {
  // As many as calls run, which are few. With a `Set`, whose tables V8 makes anew all the time, calls took a third longer.
  const alarms: Alarm[] = [];
  let timer = Subscription.EMPTY;
  let timerDue = Infinity;

  const disarm = () => {
    timer.unsubscribe();
    timerDue = Infinity;
  };

  const arm = (due: number) => {
    if (due >= timerDue) return;
    timer.unsubscribe();
    timerDue = due;
    timer = scheduler.schedule(ringAll, Math.max(0, due - scheduler.now()));
  };

  const forget = (alarm: Alarm) => {
    const index = alarms.indexOf(alarm);
    if (index === -1) return;
    alarms.splice(index, 1);
    if (alarms.length === 0) disarm();
  };

  const ringAll = () => {
    disarm();
    const now = scheduler.now();
    const late = alarms.filter(({ due }) => due <= now);
    late.forEach(forget);
    alarms.forEach(({ due }) => arm(due));
    // As a subscriber, so that a teardown that throws is reported and does not keep the others waiting.
    from(late).subscribe(({ ring }) => ring());
  };

  return {
    now: () => scheduler.now(),
    schedule(work, delay = 0) {
      const alarm = { due: scheduler.now() + delay, ring: work as () => void };
      alarms.push(alarm);
      arm(alarm.due);
      return new Subscription(() => forget(alarm));
    },
  };
}
