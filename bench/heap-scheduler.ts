import { Subscription, type SchedulerAction, type SchedulerLike } from 'rxjs';

/** Virtual time for a great many timers: that of rxjs sorts all of them anew with each. */
export interface HeapScheduler extends SchedulerLike {
  /** Runs what is due until then. */
  runUntil(ms: number): void;
}

export function heapScheduler(): HeapScheduler {
  const heap: Timer[] = [];
  let now = 0;

  const push = (timer: Timer) => {
    let at = heap.push(timer) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && before(timer, heap[parent]); at = parent, parent = (at - 1) >> 1) {
      heap[at] = heap[parent] as Timer;
    }
    heap[at] = timer;
  };
  const pop = (): Timer | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
    return first;
  };

  return {
    now: () => now,
    schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delayMs = 0, state?: T): Subscription {
      const timer = new Timer(work as (state?: unknown) => void, push, () => now);
      return timer.schedule(state, delayMs);
    },
    runUntil(ms) {
      for (let timer = heap[0]; timer && timer.due <= ms; timer = heap[0]) {
        pop();
        now = timer.due;
        timer.run();
      }
      now = ms;
    },
  };
}

let count = 0;

class Timer extends Subscription {
  due = 0;
  order = 0;
  private state: unknown = undefined;

  constructor(
    private readonly work: (this: Timer, state?: unknown) => void,
    private readonly push: (timer: Timer) => void,
    private readonly now: () => number,
  ) {
    super();
  }

  schedule(state?: unknown, delayMs = 0): Subscription {
    this.state = state;
    this.due = this.now() + delayMs;
    this.order = ++count;
    this.push(this);
    return this;
  }

  run(): void {
    if (!this.closed) this.work(this.state);
  }
}

function before(one: Timer | undefined, other: Timer | undefined): boolean {
  if (!one || !other) return false;
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
