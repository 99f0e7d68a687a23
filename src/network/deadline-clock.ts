import { from, Subscription, type SchedulerLike } from 'rxjs';
import { Ring, type Link } from './ring.js';

/**
 * A clock with one timer for all that wait by it: most deadlines are never met, and a timer for each would be a good part of
 * what a call costs. For work that is done once, without a state.
 */
export function deadlineClock(scheduler: SchedulerLike): SchedulerLike {
  const alarms = new Ring<Alarm>();
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
    if (alarms.remove(alarm) && alarms.isEmpty) disarm();
  };

  const ringAll = () => {
    disarm();
    const now = scheduler.now();
    const late = alarms.members.filter(({ due }) => due <= now);
    late.forEach((alarm) => alarms.remove(alarm));
    alarms.members.forEach(({ due }) => arm(due));
    // As a subscriber, so that a teardown that throws is reported and does not keep the others waiting.
    from(late).subscribe(({ ring }) => ring());
  };

  return {
    now: () => scheduler.now(),
    schedule(work, delay = 0) {
      const alarm = new Alarm(scheduler.now() + delay, work as () => void, forget);
      alarms.add(alarm);
      arm(alarm.due);
      return alarm;
    },
  };
}

class Alarm extends Subscription implements Link {
  before: Link = this;
  behind: Link = this;

  constructor(
    readonly due: number,
    readonly ring: () => void,
    private readonly forget: (alarm: Alarm) => void,
  ) {
    super();
  }

  override unsubscribe(): void {
    this.forget(this);
    super.unsubscribe();
  }
}
