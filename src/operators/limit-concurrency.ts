import { Observable, type Observer, type Subscriber } from 'rxjs';
import { BACKGROUND_POLICIES, type BackgroundPolicy } from '../platform/app-state.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import type { CallDetails } from '../platform/network-error.js';
import { QueuedCall, type QueueDoor, type QueueTerms } from './queued-call.js';
import { createRequestQueue, doorOf, type RequestQueue } from './request-queue.js';
import { PRIORITIES, type Priority } from './waiting-line.js';

/** How a call waits for its place. */
export interface LimitConcurrencyOptions {
  /** Calls of a higher priority go first; within one, first come first served. @defaultValue `'normal'` */
  readonly priority?: Priority | undefined;
  /**
   * How long the call may wait, in milliseconds, not counting the time in which the queue was paused; after that it
   * ends with `timeout`, phase `wait`.
   *
   * @defaultValue no limit
   */
  readonly maxWaitMs?: number | undefined;
  /**
   * What the call does while the queue is paused for the background (BG-2): is held, refused with `background`, or sent
   * all the same.
   *
   * @defaultValue `'hold'`
   */
  readonly background?: BackgroundPolicy | undefined;
  /**
   * Asked at each subscription: whether to go before the calls of the same priority that never ran, as a replayed call
   * does.
   *
   * @defaultValue `() => false`
   */
  readonly atHead?: (() => boolean) | undefined;
  /** What an error is to name. @defaultValue nothing */
  readonly call?: CallDetails | undefined;
}

/**
 * Lets the source wait until the queue has a place for it (LIM-2, LIM-3).
 *
 * ```text
 * a      ---a|
 * b      -----b|
 * c          --c|        (subscribed when a leaves)
 * merge  ---a-bc|        limitConcurrency(queue) on all three, two places
 * ```
 *
 * The limit belongs to the queue: everything that shares the platform's limit shares one queue. A number makes a
 * private queue for what passes through this very operator, so make it once and share it. A source that is
 * unsubscribed while it waits is never subscribed; one that errors gives its place back like any other.
 *
 * @example
 * ```ts
 * const queue = createRequestQueue();
 *
 * const feed$ = request$({ url: feedUrl }).pipe(limitConcurrency(queue));
 * const ad$ = request$({ url: adUrl }).pipe(limitConcurrency(queue, { priority: 'low' }));
 * ```
 *
 * @param queue - A queue from `createRequestQueue`, or the number of places of a private one.
 * @throws TypeError for an unknown option; when a number of places is not a whole number from 1, or `Infinity`; when
 * `priority` or `background` is none of the three, or `maxWaitMs` is not positive.
 */
export function limitConcurrency(
  queue: RequestQueue | number,
  options: LimitConcurrencyOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  checkOptions('limitConcurrency', options, OPTIONS);
  const { priority = 'normal', maxWaitMs, background = 'hold', atHead, call } = options;
  const door = doorOf(typeof queue === 'number' ? createRequestQueue({ concurrency: queue }) : queue);
  const terms = { priority, maxWaitMs, background };

  return <T>(source: Observable<T>) =>
    new Observable<T>((subscriber) => {
      const waiting = new WaitingSource(door, terms, source, subscriber, call);
      if (atHead) waiting.atHead = atHead();
      subscriber.add(waiting);
      door.enter(waiting);
    });
}

const OPTIONS: KindsOf<LimitConcurrencyOptions> = {
  priority: PRIORITIES,
  maxWaitMs: 'delay',
  background: BACKGROUND_POLICIES,
  atHead: 'function',
  call: 'object',
};

/**
 * Stands between the source and the subscriber. As an observer that is a subscription too, it is handed to the source
 * unwrapped: the consumer's unsubscribe reaches a source that is still emitting synchronously.
 */
class WaitingSource<T> extends QueuedCall implements Observer<T> {
  constructor(
    door: QueueDoor,
    terms: QueueTerms,
    private readonly source: Observable<T>,
    private readonly subscriber: Subscriber<T>,
    private readonly call: CallDetails | undefined,
  ) {
    super(door, terms);
  }

  details(): CallDetails | undefined {
    return this.call;
  }

  start(): void {
    this.source.subscribe(this);
  }

  next(value: T): void {
    this.subscriber.next(value);
  }

  error(error: unknown): void {
    this.subscriber.error(error);
  }

  complete(): void {
    this.subscriber.complete();
  }
}
