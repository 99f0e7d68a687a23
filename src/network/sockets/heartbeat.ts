import { Subscription, type SchedulerLike } from 'rxjs';
import { canBe } from '../../operators/stopwatch.js';
import { FROZEN_AFTER_MS, RETURN_SETTLE_MS } from '../../platform/app-state.js';
import type { SocketData } from '../../platform/wx-sockets.js';

/** How a socket finds out that nobody is at the other end any more: by asking, or, with `deadlineMs` alone, by listening. */
export interface HeartbeatOptions<In, Out> {
  /** From one request to the next, in milliseconds. @defaultValue nothing is asked: for servers that ping */
  readonly intervalMs?: number | undefined;
  /**
   * How long after a request something must have come, whatever it is, in milliseconds; not longer than `intervalMs`. Where nothing
   * is asked: how long nothing may come.
   */
  readonly deadlineMs: number;
  /** Makes the message to send. */
  readonly request?: (() => Out) | undefined;
  /** Knows the reply, which is not handed on; any other message is a sign of life, too. @defaultValue all are handed on */
  readonly isReply?: ((message: In) => boolean) | undefined;
  /** Makes what is sent in the place of `request`, as it is, beside the serializer: `() => 'ping'` on a socket of JSON. */
  readonly plainRequest?: (() => SocketData) | undefined;
  /** Knows the reply as it came, before the serializer has read it: `(data) => data === 'pong'`. @defaultValue all are read */
  readonly isPlainReply?: ((data: SocketData) => boolean) | undefined;
}

/** What looks whether anybody is at the other end of one connection. */
export interface Heartbeat {
  /** Something came. */
  heard(): void;
  /** Asks now, because there is a reason to doubt. */
  probe(): void;
}

/** What a heartbeat works with: all of one connection. */
export interface HeartbeatWiring {
  /** Called once, when it has been silent for too long; says how. */
  readonly onSilence: (what: string) => void;
  /** Ends it. */
  readonly life: Subscription;
  readonly scheduler: SchedulerLike;
}

/**
 * Asks every `intervalMs` and wants something back within `deadlineMs`. One timer at a time, none a message. A timer that is
 * late was frozen with the app's thread, and so was the reply: then a second more is given.
 *
 * @param ask - Sends a request. What it throws goes to `onError`.
 */
export function startHeartbeat(
  { intervalMs, deadlineMs }: { readonly intervalMs: number; readonly deadlineMs: number },
  ask: () => void,
  onError: (error: unknown) => void,
  { onSilence, life, scheduler }: HeartbeatWiring,
): Heartbeat {
  let awaiting = false;
  let timer = Subscription.EMPTY;

  const after = (delayMs: number, act: (lateMs: number) => void) => {
    timer.unsubscribe();
    const due = scheduler.now() + delayMs;
    timer = scheduler.schedule(() => act(scheduler.now() - due), delayMs);
  };
  const beat = () => {
    awaiting = true;
    after(deadlineMs, judge);
    try {
      ask();
    } catch (error) {
      onError(error);
    }
  };
  const judge = (lateMs: number) => {
    if (!awaiting) after(intervalMs - deadlineMs, beat);
    else if (lateMs > FROZEN_AFTER_MS) after(RETURN_SETTLE_MS, judge);
    else onSilence(`the heartbeat had no reply within ${deadlineMs} ms`);
  };

  after(intervalMs, beat);
  life.add(() => timer.unsubscribe());
  return {
    heard() {
      awaiting = false;
    },
    probe() {
      // One that has just been asked answers for both.
      if (!awaiting) beat();
    },
  };
}

/** Asks nothing, and wants something every `deadlineMs`; one timer, none a message. What was frozen has a second more. */
export function watchSilence(deadlineMs: number, { onSilence, life, scheduler }: HeartbeatWiring): Heartbeat {
  let heardAt = 0;
  let isHeard = false;
  let timer = Subscription.EMPTY;

  const after = (delayMs: number) => {
    isHeard = false;
    const due = scheduler.now() + delayMs;
    timer = scheduler.schedule(() => judge(scheduler.now() - due, delayMs), delayMs);
  };
  const judge = (lateMs: number, ranMs: number) => {
    // By the clock, which may have been set: then nobody knows when it came, and it has the whole time from now on.
    const silentMs = scheduler.now() - heardAt;
    const leftMs = deadlineMs - (canBe(silentMs, ranMs) ? silentMs : 0);
    if (isHeard && leftMs > 0) after(leftMs);
    else if (lateMs > FROZEN_AFTER_MS) after(RETURN_SETTLE_MS);
    else onSilence(`nothing came for ${deadlineMs} ms, which the heartbeat does not allow`);
  };

  after(deadlineMs);
  life.add(() => timer.unsubscribe());
  return {
    heard() {
      heardAt = scheduler.now();
      isHeard = true;
    },
    probe: () => undefined,
  };
}
