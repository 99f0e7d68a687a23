import { Observable, VirtualTimeScheduler, type Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { withFrameLength } from './frame-length.js';
import type { Stage } from './stage.js';
import { createTurnCounter } from './turn-counter.js';

// Taken before any scenario, or any runner's own fake clock, puts others in their place.
const realSetImmediate = setImmediate;

/** A clock that stands still until it is told to go on, and lets promises settle in every frame. */
export interface VirtualClock extends Stage {
  /** Goes on by so many milliseconds, frame by frame. */
  readonly advance: (ms: number) => Promise<void>;
}

/** Makes a clock at 0. One character of its diagrams is `frameMs`. */
export function createVirtualClock(frameMs: number): VirtualClock {
  const scheduler = new VirtualTimeScheduler(undefined, 0);
  let advancing = false;

  const parsed = (marbles: string, values?: object, error?: unknown) =>
    withFrameLength(frameMs, () => TestScheduler.parseMarbles(marbles, values, error, false, true));

  const cold = <T>(marbles: string, values?: object, error?: unknown) =>
    new Observable<T>((subscriber) => {
      for (const { frame, notification } of parsed(marbles, values, error)) {
        subscriber.add(
          scheduler.schedule(() => {
            if (notification.kind === 'N') subscriber.next(notification.value as T);
            else if (notification.kind === 'E') subscriber.error(notification.error);
            else subscriber.complete();
          }, frame),
        );
      }
    });

  /** Runs what is due now, and what promises make of it, until nothing more comes. */
  const settle = async () => {
    const countTurn = createTurnCounter('advance', () => scheduler.frame);
    do {
      while (nextDue() <= scheduler.frame) {
        countTurn();
        // Not flush(), which would run for ever where what runs schedules itself again for this very frame.
        const action = scheduler.actions.shift();
        const error = action?.execute(action.state, action.delay) as Error | undefined;
        if (error !== undefined) throw error;
      }
      // A turn of the real event loop: every promise that can settle has.
      await new Promise((resolve) => realSetImmediate(resolve));
    } while (nextDue() <= scheduler.frame);
  };
  const nextDue = () => scheduler.actions[0]?.delay ?? Infinity;

  return {
    scheduler,
    now: () => scheduler.frame,
    cold,
    hot: (marbles) => cold<string>(marbles),
    advance: async (ms) => {
      if (!(Number.isFinite(ms) && ms >= 0)) throw new RangeError(`advance: expected milliseconds from 0; got ${ms}`);
      if (advancing) throw new Error('advance: the clock is going already; await the call before');
      advancing = true;
      try {
        const until = scheduler.frame + ms;
        await settle();
        while (nextDue() <= until) {
          scheduler.frame = nextDue();
          await settle();
        }
        scheduler.frame = until;
      } finally {
        advancing = false;
      }
    },
  };
}

let taken = false;

type Timer = Subscription & { ref(): Timer; unref(): Timer; hasRef(): boolean };

/**
 * Puts the global timers and `Date.now` on a clock, until the returned function is called: what the app, its client or
 * rxjs itself waits for then takes virtual time.
 *
 * @throws Error when they are on a clock already: two that give them back in another order would leave one behind.
 */
export function takeTimers({ scheduler, now }: Stage): () => void {
  if (taken) throw new Error('scenario: another one is running, and there is one clock; await it first');
  taken = true;
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const dateNow = Object.getOwnPropertyDescriptor(Date, 'now') as PropertyDescriptor;

  const timer = (callback: (...args: unknown[]) => void, ms: number, repeat: boolean, args: unknown[]): Timer => {
    const subscription = scheduler.schedule<undefined>(function () {
      // First, so that a callback that clears its own interval does.
      if (repeat) this.schedule(undefined, ms);
      callback(...args);
    }, ms) as Timer;
    // As Node's own timers have them.
    return Object.assign(subscription, { ref: () => subscription, unref: () => subscription, hasRef: () => true });
  };
  const clear = (handle?: { unsubscribe?: () => void }) => handle?.unsubscribe?.();
  const wholeMs = (ms: unknown) => Math.max(0, Math.trunc(Number(ms) || 0));

  Object.assign(globalThis, {
    setTimeout: (callback: () => void, ms?: number, ...args: unknown[]) => timer(callback, wholeMs(ms), false, args),
    // Never 0, as everywhere: or no frame would come to an end.
    setInterval: (callback: () => void, ms?: number, ...args: unknown[]) =>
      timer(callback, Math.max(1, wholeMs(ms)), true, args),
    clearTimeout: clear,
    clearInterval: clear,
  });
  Date.now = now;

  return () => {
    taken = false;
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
    Object.defineProperty(Date, 'now', dateNow);
  };
}
