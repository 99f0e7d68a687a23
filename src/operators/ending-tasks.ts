import { Subscription, type SchedulerLike } from 'rxjs';
import type { AbortedTask } from '../platform/task-place.js';

/** How long the platform may take to tell of the end of a task that was aborted, in milliseconds. There are some that never do. */
const ABORT_TOLD_WITHIN_MS = 250;

/** The tasks that were aborted, and that the platform may count still (decisions/0035). */
export class EndingTasks {
  count = 0;

  constructor(
    private readonly scheduler: SchedulerLike,
    private readonly onEnd: () => void,
  ) {}

  add(task: AbortedTask): void {
    this.count++;
    const ended = new Subscription(() => {
      this.count--;
      this.onEnd();
    });
    ended.add(this.scheduler.schedule(() => ended.unsubscribe(), ABORT_TOLD_WITHIN_MS));
    task.onTold = () => ended.unsubscribe();
  }
}
