import { Observable } from 'rxjs';
import { limitConcurrency, type LimitConcurrencyOptions } from '../../operators/limit-concurrency.js';
import { createRequestQueue, type RequestQueue } from '../../operators/request-queue.js';
import { MAX_CONCURRENT_SOCKETS } from '../../platform/limits.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';

const queues = new WeakMap<Network, RequestQueue>();

/**
 * The line before the five places for sockets of a network (LIM-3), made when it is first asked for. Watch it by `state$`.
 * In the background it is paused, as the one of the requests is.
 *
 * @example
 * ```ts
 * socketQueue(network).state$.subscribe(({ size }) => page.setData({ socketsWaiting: size }));
 * ```
 */
export function socketQueue(network: Network): RequestQueue {
  const known = queues.get(network);
  if (known) return known;
  const { app$, scheduler, settings } = internalsOf(network);
  const queue = createRequestQueue({ concurrency: MAX_CONCURRENT_SOCKETS, scheduler });
  queues.set(network, queue);
  if (settings.interruptInBackground) {
    // Never taken back: the queue lives as long as the app, as its lifecycle does.
    app$.subscribe(({ visibility }) =>
      visibility === 'background' ? queue.pause('background') : queue.resume('background'),
    );
  }
  return queue;
}

/** How a socket waits for its place, and how long it keeps it. */
export interface SocketPlaceOptions extends Pick<LimitConcurrencyOptions, 'background' | 'call'> {
  /** Asked when the subscriber has left: how long the place is kept for a close event that does not come, in milliseconds. */
  readonly closeDeadlineMs: () => number;
}

/**
 * Subscribes to a socket when there is a place for it, and keeps the place until the platform has let go of the socket: not
 * until the subscriber has left, because a socket that is closing counts (LIM-3).
 *
 * ```text
 * subscriber  ^-----!
 * socket      --o---x--c        x = asked to close, c = closed
 * place       ^--------!        given back with the close event, or when the deadline has passed
 * ```
 *
 * @param open - Makes the socket's stream; calls `onGone` when the platform has let go of it.
 */
export function inSocketPlace$<T>(
  network: Network,
  { closeDeadlineMs, background, call }: SocketPlaceOptions,
  open: (onGone: () => void) => Observable<T>,
): Observable<T> {
  return new Observable((subscriber) => {
    let started = false;
    const place$ = new Observable<never>((place) => {
      started = true;
      if (subscriber.closed) return place.complete();
      open(() => place.complete()).subscribe(subscriber);
      subscriber.add(() => {
        // Not a subscription of the subscriber's: it must outlast it.
        if (!place.closed) place.add(network.scheduler.schedule(() => place.complete(), closeDeadlineMs()));
      });
    });

    const held = place$
      .pipe(limitConcurrency(socketQueue(network), { background, call }))
      .subscribe({ error: (error: unknown) => subscriber.error(error) });
    subscriber.add(() => {
      if (!started) held.unsubscribe();
    });
  });
}
