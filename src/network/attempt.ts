import { Subscription, type Observer } from 'rxjs';
import type { Beginning, Generation } from '../operators/background-cut.js';
import { tooLong } from '../operators/time-limit.js';
import { isCutByBackground, type AppState } from '../platform/app-state.js';
import type { HttpResponse } from '../platform/http-response.js';
import { backstopMs } from './calls/attempt-limit.js';
import type { AttemptEvent, EventOnTheWay } from './calls/call-events.js';
import { detailsOf, type CallSpec, type PreparedCall } from './calls/call-spec.js';
import type { CallOptions } from './calls/http-request.js';
import type { Alarm } from './deadline-clock.js';
import type { NetworkInternals } from './internals.js';

/** The call that an attempt is made for: what becomes of it is told there. */
interface CallOfAttempt {
  hear(event: EventOnTheWay): void;
  answer(answer: HttpResponse<unknown>): void;
  error(error: unknown): void;
  complete(): void;
}

/**
 * The second half of the pipeline, which begins anew with each sending:
 * attempt and idle deadline → interruption → source → response → decoding.
 *
 * An observer that is a subscription is handed to the source unwrapped, so the task hangs on it. It is another one than the
 * call: a late word of one attempt must not reach the next.
 */
export class Attempt<Request extends CallOptions>
  extends Subscription
  implements Observer<AttemptEvent>, Alarm, Beginning
{
  readonly startedAt: number;
  readonly first: AppState | undefined;
  readonly generation: Generation;
  due: number;
  private attemptDue: number;
  private idleDue: number;

  constructor(
    private readonly network: NetworkInternals,
    private readonly spec: CallSpec<Request>,
    readonly sent: PreparedCall<Request>,
    private readonly call: CallOfAttempt,
  ) {
    super();
    const { scheduler, backgroundCut } = network;
    const { attemptMs, idleMs = Infinity } = sent.policy;
    this.startedAt = scheduler.now();
    this.first = backgroundCut.latest;
    this.generation = backgroundCut.join(this.startedAt);
    this.attemptDue = this.startedAt + backstopMs(attemptMs);
    this.idleDue = this.startedAt + idleMs;
    this.due = Math.min(this.attemptDue, this.idleDue);
  }

  begin(): void {
    const { network, spec, sent } = this;
    // Attempt and idle deadline: one alarm of the network's clock for both.
    network.deadlines.add(this);
    // Interruption: by the takeUntil of all calls that the background would end together.
    if (sent.policy.interruptInBackground) this.generation.add(this);
    spec.attempt$(network, sent).subscribe(this);
  }

  next(event: AttemptEvent): void {
    if (this.closed) return;
    if (this.sent.policy.idleMs !== undefined) this.listenOn(this.sent.policy.idleMs);
    if (event.type !== 'response') {
      this.call.hear(event);
      return;
    }
    // Response and decoding: as `mapResponse` and `decodeBody` do it.
    let answer: HttpResponse<unknown>;
    try {
      answer = this.spec.answer(event, this.sent, this.network);
    } catch (error) {
      this.call.error(error);
      return;
    }
    this.call.answer(answer);
  }

  error(error: unknown): void {
    if (this.closed) return;
    const { network, sent } = this;
    const cuts = sent.policy.interruptInBackground;
    this.call.error(cuts ? network.backgroundCut.verdict(error, this, detailsOf(sent)) : error);
  }

  complete(): void {
    if (!this.closed) this.call.complete();
  }

  ring(): void {
    const { network, sent, startedAt, attemptDue, idleDue } = this;
    const { policy } = sent;
    const now = network.scheduler.now();
    const { latest } = network.backgroundCut;
    if (policy.interruptInBackground && latest && isCutByBackground(latest, startedAt, now)) {
      // The verdict is that of the interruption.
      if (attemptDue <= now) this.attemptDue = Infinity;
      if (idleDue <= now) this.idleDue = Infinity;
      this.due = Math.min(this.attemptDue, this.idleDue);
      if (this.due < Infinity) network.deadlines.add(this);
      return;
    }
    const idle = policy.idleMs !== undefined && idleDue < attemptDue;
    const [name, ms] = idle
      ? (['idleMs', policy.idleMs] as const)
      : (['attemptMs', backstopMs(policy.attemptMs)] as const);
    this.call.error(tooLong(name, ms, 'attempt', detailsOf(sent)));
  }

  override unsubscribe(): void {
    if (this.closed) return;
    this.network.deadlines.remove(this);
    this.generation.remove(this);
    super.unsubscribe();
  }

  private listenOn(idleMs: number): void {
    const { deadlines, scheduler } = this.network;
    deadlines.remove(this);
    this.idleDue = scheduler.now() + idleMs;
    this.due = Math.min(this.attemptDue, this.idleDue);
    deadlines.add(this);
  }
}
