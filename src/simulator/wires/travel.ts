import { Observable, type SchedulerLike } from 'rxjs';
import type { Link } from './link.js';
import { WireFailure } from './wire.js';

/**
 * Delays each value until it has crossed a link; in order, and the end after the last.
 *
 * ```text
 * source$  a--b|
 * result   ---a--b|      half a round trip of 3
 * ```
 *
 * What takes no time comes in the same turn. It errors with a WireFailure `reset` when the sender gives a value up.
 */
export function travel$<Event>(
  source$: Observable<Event>,
  bytesOf: (event: Event) => number,
  link: Link,
  scheduler: SchedulerLike,
): Observable<Event> {
  return new Observable((subscriber) => {
    const arrivals: (() => void)[] = [];
    let lastAt = 0;
    const arrive = (ms: number, arrival: () => void) => {
      const now = scheduler.now();
      lastAt = Math.max(lastAt, now + ms);
      if (lastAt === now && arrivals.length === 0) {
        arrival();
        return;
      }
      arrivals.push(arrival);
      // Timers of one millisecond may fire in any order; what they bring may not.
      subscriber.add(scheduler.schedule(() => arrivals.shift()?.(), lastAt - now));
    };
    subscriber.add(
      source$.subscribe({
        next: (event) => {
          const { ms, arrives } = link.cross(bytesOf(event), scheduler.now());
          arrive(ms, () => (arrives ? subscriber.next(event) : subscriber.error(new WireFailure('reset'))));
        },
        error: (error: unknown) => arrive(0, () => subscriber.error(error)),
        complete: () => arrive(0, () => subscriber.complete()),
      }),
    );
  });
}
