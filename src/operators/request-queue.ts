import { asyncScheduler, mergeMap, Observable, Subject, type SchedulerLike, type Subscriber } from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { MAX_CONCURRENT_REQUESTS } from '../platform/limits.js';
import { NetworkError } from '../platform/network-error.js';
import { startInPlace } from '../platform/task-place.js';
import { afterThisTurn } from './after-this-turn.js';
import { each } from './each.js';
import { EndingTasks } from './ending-tasks.js';
import type { QueuedCall, RequestQueueDoor } from './queued-call.js';
import { createWaitDeadlines } from './wait-deadlines.js';
import { WaitingLine } from './waiting-line.js';

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
}

/**
 * Makes the queue that everything shares which shares the platform's limit (LIM-2).
 *
 * The queue does not raise that limit, and the platform would queue the eleventh call itself. Its worth is that a
 * waiting call can be overtaken, cancelled before it is sent, seen, given a deadline, and held in the background.
 *
 * Where ten are at work, the place of a call that was left is given away when the platform has told of its end, or 250 ms
 * later: some phones refuse the eleventh (discoveries/concurrency.md).
 *
 * @example
 * ```ts
 * const queue = createRequestQueue();
 * queue.state$.subscribe(({ size }) => page.setData({ waiting: size }));
 * ```
 *
 * @throws TypeError for an unknown option, and when `concurrency` is not a whole number from 1, or `Infinity`.
 */
export function createRequestQueue(options: RequestQueueOptions = {}): RequestQueue {
  checkOptions('createRequestQueue', options, OPTIONS);
  const { concurrency = MAX_CONCURRENT_REQUESTS, scheduler = asyncScheduler } = options;

  const line = new WaitingLine();
  const changes$ = new Subject<void>();
  const jobs$ = new Subject<QueuedCall>();
  /** Places of mergeMap that a call has left; the next one takes over, which is cheaper than a new one for each call. */
  const freePlaces: Subscriber<never>[] = [];
  const pauses = new Set<string>();
  let hopping = false;
  let running = 0;
  /** So many of ten ended in this turn, perhaps in a callback of the platform, which may free the place only after it. */
  let leaving = 0;
  let draining = false;

  let inBackground = false;
  let allHeld = false;
  const pausesChanged = () => {
    inBackground = pauses.has(BACKGROUND);
    allHeld = pauses.size > (inBackground ? 1 : 0);
  };
  // The eleventh would be refused by some phones (LIM-2).
  const most = Math.max(concurrency, MAX_CONCURRENT_REQUESTS);
  const isFull = () => running + ending.count + leaving >= most;
  const hasPlace = () => running < concurrency && !isFull();
  let watchers = 0;
  const changed = () => {
    if (watchers > 0) changes$.next();
  };
  const ending = new EndingTasks(scheduler, () => {
    if (line.size > 0) drainSoon();
  });
  const snapshot = (): RequestQueueState => ({ size: line.size, running, paused: pauses.size > 0 });
  // By hand: startWith() brings rxjs' schedulers of every kind of input along.
  const state$ = new Observable<RequestQueueState>((subscriber) => {
    let told = snapshot();
    watchers++;
    subscriber.add(() => watchers--);
    subscriber.add(
      changes$.subscribe(() => {
        const state = snapshot();
        if (isSame(told, state)) return;
        told = state;
        subscriber.next(state);
      }),
    );
    // Last: who is told of the first may change it.
    subscriber.next(told);
  });

  const deadlines = createWaitDeadlines(scheduler, (call) => {
    // The error handler of another late call may have let this one go, or start.
    if (!line.remove(call)) return;
    changed();
    const what = `no place became free within ${call.terms.maxWaitMs} ms of waiting`;
    call.error(new NetworkError(what, { ...call.details(), code: 'timeout', phase: 'wait' }));
  });

  // The cap is mergeMap's, so that a reader who knows RxJS sees at once what holds it (decisions/0002). Its own buffer is an array that
  // is shifted, and it recurses on a backlog that completes at once: so the line stands in front of it, and a call is handed
  // over only where a place is free.
  jobs$.pipe(mergeMap(runInPlace, concurrency)).subscribe();

  function runInPlace(call: QueuedCall): Observable<never> {
    return new Observable((place) => run(call, place));
  }

  function run(call: QueuedCall, place: Subscriber<never>) {
    call.place = place;
    try {
      startInPlace(call);
    } catch (error) {
      // Such as a Subject that was unsubscribed. It must not reach mergeMap, which it would end.
      call.error(error);
    }
  }

  function leave(call: QueuedCall) {
    const { place } = call;
    if (!place) {
      deadlines.remove(call);
      if (line.remove(call)) changed();
      return;
    }
    if (call.aborted) ending.add(call.aborted);
    else if (!draining && isFull()) {
      leaving++;
      drainSoon();
    }
    call.place = call.aborted = undefined;
    running--;
    freePlaces.push(place);
    changed();
    if (line.size > 0 && !draining) drainSoon();
  }

  // A platform may free its slot only after its callback has returned, so the next call goes out one hop later.
  function drainSoon() {
    if (hopping) return;
    hopping = true;
    afterThisTurn(landed);
  }

  function landed() {
    hopping = false;
    leaving = 0;
    drain();
  }

  // A loop, not recursion: a thousand sources that complete synchronously must not grow the stack.
  function drain(first?: QueuedCall) {
    if (draining) return;
    draining = true;
    try {
      if (first) give(first);
      while (!allHeld && hasPlace()) {
        const call = line.take(inBackground);
        if (!call) break;
        deadlines.remove(call);
        give(call);
      }
    } finally {
      draining = false;
      if (line.size > 0 && leaving > 0) drainSoon();
    }
  }

  /** A place to a call. */
  function give(call: QueuedCall) {
    running++;
    const place = freePlaces.pop();
    if (place) run(call, place);
    else jobs$.next(call);
    changed();
  }

  const queue: RequestQueue = {
    snapshot,
    state$,
    pause(reason = 'user') {
      if (pauses.has(reason)) return;
      if (pauses.size === 0) deadlines.pause();
      pauses.add(reason);
      pausesChanged();
      door.onPause?.(reason, true);
      const refused = reason === BACKGROUND ? line.enterBackground() : [];
      changed();
      each(refused, (call) => call.error(refusal(call)));
    },
    resume(reason = 'user') {
      if (!pauses.delete(reason)) return;
      pausesChanged();
      door.onPause?.(reason, false);
      if (pauses.size === 0) deadlines.resume();
      changed();
      drain();
    },
  };
  const door: RequestQueueDoor = {
    pauses,
    onPause: undefined,
    enter(call) {
      if (call.closed) return;
      if (inBackground && call.terms.background === 'refuse') {
        call.error(refusal(call));
        return;
      }
      // Nobody is before it, and there is a place: it enters the line only where somebody watches.
      if (line.size === 0 && hasPlace() && pauses.size === 0 && !draining && watchers === 0) {
        drain(call);
        return;
      }
      line.add(call, inBackground);
      changed();
      drain();
      if (call.list) deadlines.add(call);
    },
    leave,
    raise(call, priority) {
      call.terms = { ...call.terms, priority };
      if (line.remove(call)) line.add(call, inBackground);
    },
  };
  doors.set(queue, door);
  return queue;
}

const OPTIONS: KindsOf<RequestQueueOptions> = { concurrency: 'count or Infinity', scheduler: 'object' };

/** Kept apart: who has a queue may watch and pause it; calls go in by `limitConcurrency` and by a network. */
const doors = /* @__PURE__ */ new WeakMap<RequestQueue, RequestQueueDoor>();

/** @throws TypeError for what is not from {@link createRequestQueue}. */
export function doorOf(queue: RequestQueue): RequestQueueDoor {
  const door = doors.get(queue);
  if (!door) throw new TypeError('rx-miniprogram: expected a queue from createRequestQueue(), or a number of places');
  return door;
}

function isSame(a: RequestQueueState, b: RequestQueueState): boolean {
  return a.size === b.size && a.running === b.running && a.paused === b.paused;
}

function refusal(call: QueuedCall): NetworkError {
  return new NetworkError('the app is in the background, where the call does not want to wait; not sent', {
    ...call.details(),
    code: 'background',
    rule: 'BG-2',
    phase: 'wait',
  });
}
