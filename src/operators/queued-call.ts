import { Subscription, type Observable, type Observer, type Subscriber } from 'rxjs';
import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CallDetails } from '../platform/network-error.js';
import type { List, Priority } from './waiting-line.js';

/** What a call asks of the queue; `limitConcurrency` documents each. */
export interface QueueWish {
  readonly priority: Priority;
  readonly maxWaitMs: number | undefined;
  readonly background: BackgroundPolicy;
  readonly atHead: () => boolean;
  readonly call: CallDetails | undefined;
}

/**
 * A call in the line, then in its place, until it is unsubscribed: one object, and no closure, for each that waits.
 *
 * It stands between the source and the subscriber. As an observer that is a subscription too, it is handed to the source
 * unwrapped: the consumer's unsubscribe reaches a source that is still emitting synchronously. And what the source adds
 * while it runs hangs on the call, not on the subscriber: one that has waited is old to a garbage collector, and would drag
 * all that is added to it along, dead as it is (a third of the time at 100 000 waiting).
 */
export class QueuedCall extends Subscription implements Observer<unknown> {
  list: List | undefined = undefined;
  before: QueuedCall | undefined = undefined;
  behind: QueuedCall | undefined = undefined;
  /** While it runs. */
  place: Subscriber<never> | undefined = undefined;

  constructor(
    readonly source: Observable<unknown>,
    readonly subscriber: Subscriber<unknown>,
    readonly wish: QueueWish,
    readonly atHead: boolean,
    private readonly leave: (call: QueuedCall) => void,
  ) {
    super();
  }

  next(value: unknown): void {
    this.subscriber.next(value);
  }

  error(error: unknown): void {
    this.subscriber.error(error);
  }

  complete(): void {
    this.subscriber.complete();
  }

  override unsubscribe(): void {
    if (this.closed) return;
    try {
      super.unsubscribe();
    } finally {
      // After the source's own teardown: the old task is aborted before the next one is started.
      this.leave(this);
    }
  }
}
