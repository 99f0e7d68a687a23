import { Subscription, type Subscriber } from 'rxjs';
import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CallDetails } from '../platform/network-error.js';
import type { AbortedTask, TaskPlace } from '../platform/task-place.js';
import type { List, Priority } from './waiting-line.js';

/** What a call asks of the queue; `limitConcurrency` documents each. */
export interface QueueTerms {
  readonly priority: Priority;
  readonly maxWaitMs: number | undefined;
  readonly background: BackgroundPolicy;
}

/** Where calls go in and out. */
export interface QueueDoor {
  /** Starts the call as soon as a place is free: at once, perhaps. */
  enter(call: QueuedCall): void;
  /** Takes the call out of the line, or out of its place. */
  leave(call: QueuedCall): void;
  /** Gives the call another priority: where it waits, it goes behind those that have it already. */
  raise(call: QueuedCall, priority: Priority): void;
}

/** The door of a queue itself, before which others may stand. */
export interface RequestQueueDoor extends QueueDoor {
  /** Why the queue stands still. */
  readonly pauses: ReadonlySet<string>;
  /** To be told of each reason that comes and goes; `undefined` while nobody listens. */
  onPause: ((reason: string, isPaused: boolean) => void) | undefined;
}

/**
 * A call in the line, then in its place, until it is unsubscribed: one object, and no closure, for each that waits.
 *
 * What runs hangs on the call, not on its subscriber: one that has waited is old to a garbage collector, and would drag all
 * that is added to it along, dead as it is (a third of the time at 100 000 waiting).
 */
export abstract class QueuedCall extends Subscription implements TaskPlace {
  list: List | undefined = undefined;
  before: QueuedCall | undefined = undefined;
  behind: QueuedCall | undefined = undefined;
  /** While it runs. */
  place: Subscriber<never> | undefined = undefined;
  /** Its task, if that was aborted and may still be counted by the platform. */
  aborted: AbortedTask | undefined = undefined;
  /** Whether it goes before the calls of its priority that never ran. */
  atHead = false;

  constructor(
    protected readonly door: QueueDoor,
    public terms: QueueTerms,
  ) {
    super();
  }

  /** What an error is to name. */
  abstract details(): CallDetails | undefined;

  /** It has its place. */
  abstract start(): void;

  /** It gets none, or could not be started. */
  abstract error(error: unknown): void;

  override unsubscribe(): void {
    if (this.closed) return;
    try {
      super.unsubscribe();
    } finally {
      // After the teardown of what ran: the old task is aborted before the next one is started.
      this.door.leave(this);
    }
  }
}
