import { Subscription, type SchedulerLike } from 'rxjs';
import { FROZEN_AFTER_MS, VERDICT_MS } from '../../platform/app-state.js';

/** How a socket finds out that nobody is at the other end any more. */
export interface HeartbeatOptions<In, Out> {
  /** From one request to the next, in milliseconds. */
  readonly intervalMs: number;
  /** How long to wait for the reply, in milliseconds; not longer than `intervalMs`. */
  readonly deadlineMs: number;
  /** Makes the message to send. */
  readonly request: () => Out;
  /** Knows the reply, which is not handed on. @defaultValue any message will do, and all are handed on */
  readonly isReply?: ((message: In) => boolean) | undefined;
}

/** The heart of one connection. */
export interface Heartbeat<In> {
  /** Takes a message in; `true` when it was a reply, and nobody else's. */
  heard(message: In): boolean;
}

/** What a heart beats with: all of one connection. */
export interface HeartbeatWiring<Out> {
  readonly send: (message: Out) => void;
  /** Gets what `request` threw. */
  readonly onError: (error: unknown) => void;
  /** Called once, when a reply is due. */
  readonly onSilence: (deadlineMs: number) => void;
  /** Ends it. */
  readonly life: Subscription;
  readonly scheduler: SchedulerLike;
}

/**
 * Sends a request every `intervalMs` and wants something back within `deadlineMs`. One timer at a time, none a message. A
 * timer that is late was frozen with the app's thread, and so was the reply: then a second more is given.
 */
export function startHeartbeat<In, Out>(
  { intervalMs, deadlineMs, request, isReply }: HeartbeatOptions<In, Out>,
  { send, onError, onSilence, life, scheduler }: HeartbeatWiring<Out>,
): Heartbeat<In> {
  let awaiting = false;
  let timer = Subscription.EMPTY;

  const after = (delayMs: number, act: (lateMs: number) => void) => {
    const due = scheduler.now() + delayMs;
    timer = scheduler.schedule(() => act(scheduler.now() - due), delayMs);
  };
  const beat = () => {
    awaiting = true;
    after(deadlineMs, judge);
    try {
      send(request());
    } catch (error) {
      onError(error);
    }
  };
  const judge = (lateMs: number) => {
    if (!awaiting) after(intervalMs - deadlineMs, beat);
    else if (lateMs > FROZEN_AFTER_MS) after(VERDICT_MS, judge);
    else onSilence(deadlineMs);
  };

  life.add(() => timer.unsubscribe());
  after(intervalMs, beat);
  return {
    heard(message) {
      if (!isReply) awaiting = false;
      else if (isReply(message)) {
        awaiting = false;
        return true;
      }
      return false;
    },
  };
}
