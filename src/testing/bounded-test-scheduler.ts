import type { SchedulerAction, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { createTurnCounter } from './turn-counter.js';

/** A `TestScheduler` whose test fails, where it would never end, because something schedules itself again for the same frame. */
export class BoundedTestScheduler extends TestScheduler {
  readonly #countTurn = createTurnCounter('marbles', () => this.frame);

  override schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription {
    const countTurn = this.#countTurn;
    return super.schedule<T>(
      function (given) {
        countTurn();
        work.call(this, given);
      },
      delay,
      state,
    );
  }
}
