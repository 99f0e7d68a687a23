import { Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs';

/** The app's own clock: the thread that runs its timers and its callbacks (discoveries/background.md). */
export interface AppClock {
  /** Runs as long as the app does. `now()` is a wall clock: it goes on while the app is suspended. */
  readonly scheduler: SchedulerLike;
  /** Runs something in a turn of its own, after what is due already. As `scheduler`, for what nobody takes back. */
  post(task: () => void): void;
  /** Suspends the thread: what falls due is held. */
  freeze(): void;
  /** Wakes the thread. What was held runs in the next turn, in the order in which it fell due. */
  thaw(): void;
  /** Ends the thread: nothing runs on this clock any more, and no timer of it waits. */
  stop(): void;
}

/**
 * Makes a scheduler that can be suspended, over one that cannot.
 *
 * ```text
 * due      --a--b--c----d-|
 * frozen      ^-------!
 * runs     --a--------(bc)d
 * ```
 *
 * One that has been stopped runs nothing ever again, as the thread of an app that was killed.
 *
 * @param base - The clock of the platform; everything here schedules through it and nothing else.
 */
export function createAppClock(base: SchedulerLike): AppClock {
  const held: (() => void)[] = [];
  const waiting = new Set<Subscription>();
  let thread: 'running' | 'frozen' | 'catching-up' | 'stopped' = 'running';

  const runOrHold = (task: () => void) => {
    if (thread === 'running') task();
    else if (thread !== 'stopped') held.push(task);
  };

  const catchingUp = () => thread === 'catching-up';
  const catchUp = () => {
    if (!catchingUp()) return;
    try {
      for (let task = held.shift(); task; task = held.shift()) task();
    } finally {
      // A task that threw must not take the others with it: they run in a turn of their own.
      if (held.length > 0) base.schedule(catchUp);
      // One of them may have put an end to the thread.
      else if (catchingUp()) thread = 'running';
    }
  };

  return {
    scheduler: {
      now: () => base.now(),
      schedule: <T>(work: (this: SchedulerAction<T>, state: T) => void, delayMs = 0, state?: T) => {
        const action = new AppAction<T>(work, base, runOrHold, waiting);
        if (thread === 'stopped') action.unsubscribe();
        return action.schedule(state, delayMs);
      },
    },
    post: (task) => {
      base.schedule(() => runOrHold(task));
    },
    freeze: () => {
      if (thread !== 'stopped') thread = 'frozen';
    },
    thaw: () => {
      if (thread !== 'frozen') return;
      // Until the held tasks have run, newer ones line up behind them.
      thread = 'catching-up';
      base.schedule(catchUp);
    },
    stop: () => {
      thread = 'stopped';
      held.length = 0;
      // Or they would keep the process alive for nothing.
      for (const action of [...waiting]) action.unsubscribe();
    },
  };
}

class AppAction<T> extends Subscription implements SchedulerAction<T> {
  private timer: Subscription | undefined;
  private round = 0;

  constructor(
    private readonly work: (this: SchedulerAction<T>, state: T) => void,
    private readonly base: SchedulerLike,
    private readonly runOrHold: (task: () => void) => void,
    private readonly waiting: Set<Subscription>,
  ) {
    super(() => {
      waiting.delete(this);
      this.timer?.unsubscribe();
    });
  }

  schedule(state?: T, delayMs = 0): this {
    if (this.closed) return this;
    this.timer?.unsubscribe();
    // A firing that is held is void once the action has been scheduled anew, as a pending one is in rxjs.
    const round = ++this.round;
    const fire = () => {
      if (this.closed || round !== this.round) return;
      this.waiting.delete(this);
      this.work(state as T);
    };
    this.waiting.add(this);
    this.timer = this.base.schedule(() => this.runOrHold(fire), delayMs);
    return this;
  }
}
