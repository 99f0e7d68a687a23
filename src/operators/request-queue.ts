import {
  asapScheduler,
  asyncScheduler,
  distinctUntilChanged,
  from,
  map,
  mergeMap,
  Observable,
  startWith,
  Subject,
  type SchedulerLike,
  type Subscriber,
} from 'rxjs';
import type { BackgroundPolicy } from '../platform/app-state.js';
import { MAX_CONCURRENT_REQUESTS } from '../platform/limits.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import { createWaitDeadlines } from './wait-deadlines.js';
import { createWaitingLine, type Priority, type WaitingCall } from './waiting-line.js';

/** The one reason to pause that lets calls choose. */
const BACKGROUND = 'background';

/** How a request queue is made. */
export interface RequestQueueOptions {
  /** How many calls may run at once; a whole number from 1, or `Infinity`. @defaultValue `10` (LIM-2) */
  readonly concurrency?: number | undefined;
  /** Its clock, for `maxWaitMs`. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** What a queue holds at one moment. */
export interface RequestQueueState {
  /** How many calls wait. */
  readonly size: number;
  /** How many calls run. */
  readonly running: number;
  readonly paused: boolean;
}

/** What one call asks of the queue; `limitConcurrency` documents each. */
export interface QueuedCall<T> {
  readonly source: Observable<T>;
  readonly subscriber: Subscriber<T>;
  readonly priority: Priority;
  readonly maxWaitMs: number | undefined;
  readonly background: BackgroundPolicy;
  readonly atHead: boolean;
  readonly call: CallDetails | undefined;
}

/** A line of waiting calls in front of a fixed number of places. */
export interface RequestQueue {
  /** The present state. */
  snapshot(): RequestQueueState;
  /** The present state, then every change of it. */
  readonly state$: Observable<RequestQueueState>;
  /**
   * Lets no call start; what runs goes on. Whoever pauses gives a reason of its own, such as `'offline'`. With the reason
   * `'background'`, which a network gives by itself, each call is held, refused or sent as its `background` says (BG-2);
   * with any other, all are held.
   *
   * @defaultValue `'user'`
   */
  pause(reason?: string): void;
  /** Takes one reason back. With the last of them the calls go, in order of priority, never more than there are places. */
  resume(reason?: string): void;
  /** Subscribes the call's source as soon as a place is free. Use `limitConcurrency`, which stands on it. */
  enter<T>(call: QueuedCall<T>): void;
}

/**
 * Makes the queue that everything shares which shares the platform's limit (LIM-2).
 *
 * The queue does not raise that limit, and the platform would queue the eleventh call itself. Its worth is that a
 * waiting call can be overtaken, cancelled before it is sent, seen, given a deadline, and held in the background.
 *
 * @example
 * ```ts
 * const queue = createRequestQueue();
 * queue.state$.subscribe(({ size }) => page.setData({ waiting: size }));
 * ```
 *
 * @throws RangeError when `concurrency` is not a whole number from 1, or `Infinity`.
 */
export function createRequestQueue({
  concurrency = MAX_CONCURRENT_REQUESTS,
  scheduler = asyncScheduler,
}: RequestQueueOptions = {}): RequestQueue {
  if (!(concurrency >= 1 && (Number.isInteger(concurrency) || concurrency === Infinity))) {
    throw new RangeError(
      `createRequestQueue: concurrency must be a whole number from 1, or Infinity; got ${concurrency}`,
    );
  }

  const line = createWaitingLine();
  const changes$ = new Subject<void>();
  const jobs$ = new Subject<WaitingCall>();
  /** Places of mergeMap that a call has left; the next one takes over, which is cheaper than a new one for each call. */
  const freePlaces: Subscriber<never>[] = [];
  const pauses = new Set<string>();
  let running = 0;
  let draining = false;

  const inBackground = () => pauses.has(BACKGROUND);
  const allHeld = () => pauses.size > (inBackground() ? 1 : 0);
  const changed = () => {
    if (changes$.observed) changes$.next();
  };
  const snapshot = (): RequestQueueState => ({ size: line.size, running, paused: pauses.size > 0 });

  const deadlines = createWaitDeadlines(scheduler, (call, maxWaitMs) => {
    // The error handler of another late call may have let this one go, or start.
    if (!line.remove(call)) return;
    changed();
    const what = `no place became free within ${maxWaitMs} ms of waiting`;
    call.subscriber.error(new NetworkError(what, { ...call.call, code: 'timeout', phase: 'wait' }));
  });

  // The cap. mergeMap's own buffer is an array that is shifted, and recurses on a backlog that completes at once;
  // the line stands in front of it, and a job is handed over only when no place is free, so that it always finds one.
  jobs$.pipe(mergeMap(runInPlace, concurrency)).subscribe();

  function runInPlace(call: WaitingCall): Observable<never> {
    return new Observable((place) => run(call, place));
  }

  function run({ source, subscriber }: WaitingCall, place: Subscriber<never>) {
    try {
      // Handed over unwrapped: the consumer's unsubscribe must reach a source that is still emitting synchronously.
      source.subscribe(subscriber);
    } catch (error) {
      // Such as a Subject that was unsubscribed. It must not reach mergeMap, which it would end.
      subscriber.error(error);
    }
    // After the source's own teardown: the old task is aborted before the next one is started.
    subscriber.add(() => {
      running--;
      freePlaces.push(place);
      changed();
      // A platform may free its slot only after its callback has returned, so the next call goes out one hop later.
      // The hop is a courtesy: where somebody's error kills it (asap is one global queue), we drain all the same.
      if (line.size > 0 && !draining) asapScheduler.schedule(drain).add(drain);
    });
  }

  // A loop, not recursion: a thousand sources that complete synchronously must not grow the stack.
  function drain() {
    if (draining) return;
    draining = true;
    try {
      while (running < concurrency && !allHeld()) {
        const call = line.take(inBackground());
        if (!call) break;
        deadlines.remove(call);
        running++;
        const place = freePlaces.pop();
        if (place) run(call, place);
        else jobs$.next(call);
        changed();
      }
    } finally {
      draining = false;
    }
  }

  return {
    snapshot,
    state$: changes$.pipe(startWith(undefined), map(snapshot), distinctUntilChanged(isSame)),
    pause(reason = 'user') {
      if (pauses.has(reason)) return;
      if (pauses.size === 0) deadlines.pause();
      pauses.add(reason);
      const refused = reason === BACKGROUND ? line.enterBackground() : [];
      changed();
      // As a subscriber, so that a teardown that throws is reported and does not keep the others waiting.
      from(refused).subscribe(({ subscriber, call }) => subscriber.error(refusal(call)));
    },
    resume(reason = 'user') {
      if (!pauses.delete(reason)) return;
      if (pauses.size === 0) deadlines.resume();
      changed();
      drain();
    },
    enter({ source, subscriber, priority, maxWaitMs, background, atHead, call: details }) {
      if (inBackground() && background === 'refuse') {
        subscriber.error(refusal(details));
        return;
      }
      const call: WaitingCall = {
        source,
        subscriber,
        priority,
        background,
        atHead,
        call: details,
        list: undefined,
        previous: undefined,
        next: undefined,
      };
      line.add(call, inBackground());
      subscriber.add(() => {
        deadlines.remove(call);
        if (line.remove(call)) changed();
      });
      changed();
      drain();
      if (maxWaitMs !== undefined && call.list) deadlines.add(call, maxWaitMs);
    },
  };
}

function isSame(a: RequestQueueState, b: RequestQueueState): boolean {
  return a.size === b.size && a.running === b.running && a.paused === b.paused;
}

function refusal(call: CallDetails | undefined): NetworkError {
  return new NetworkError('the app is in the background, where the call does not want to wait; not sent', {
    ...call,
    code: 'background',
    rule: 'BG-2',
    phase: 'wait',
  });
}
