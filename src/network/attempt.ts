import { Subscription, type Observer } from 'rxjs';
import type { Beginning, Generation } from '../operators/background-cut.js';
import { tooLong, unlessCut } from '../operators/time-limit.js';
import type { AppState } from '../platform/app-state.js';
import type { HttpResponse } from '../platform/http-response.js';
import type { WxAnswer } from '../platform/make-response.js';
import { backstopMs } from './calls/attempt-limit.js';
import type { AttemptEvent, EventOnTheWay } from './calls/call-events.js';
import { detailsOf, type CallSpec, type PreparedCall } from './calls/call-spec.js';
import type { CallOptions } from './calls/http-request.js';
import type { TaskAnswer } from '../sources/task-events.js';
import type { Alarm } from './deadline-clock.js';
import type { NetworkInternals } from './internals.js';

/** The call that an attempt is made for: what becomes of it is told there. */
interface CallOfAttempt {
  hear(event: EventOnTheWay): void;
  answered(answer: TaskAnswer<WxAnswer>): void;
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
  readonly afterMs: number;
  due = 0;
  /** The alarm of silence, where that is bounded. */
  private readonly silence: Alarm | undefined;
  /** While the background has the word. */
  private doubt: Subscription | undefined = undefined;

  constructor(
    private readonly network: NetworkInternals,
    private readonly spec: CallSpec<Request>,
    readonly sent: PreparedCall<Request>,
    private readonly call: CallOfAttempt,
  ) {
    super();
    const { scheduler, backgroundCut } = network;
    const { attemptMs, idleMs } = sent.policy;
    this.startedAt = scheduler.now();
    this.first = backgroundCut.latest;
    this.generation = backgroundCut.join(this.startedAt);
    this.afterMs = backstopMs(attemptMs);
    this.silence =
      idleMs === undefined
        ? undefined
        : {
            afterMs: idleMs,
            due: 0,
            ring: () => (this.doubt = this.end('idleMs', idleMs)),
          };
  }

  begin(): void {
    const { network, spec, sent } = this;
    // Attempt and idle deadline: alarms of the network's clock.
    network.deadlines.add(this);
    if (this.silence) network.deadlines.add(this.silence);
    // Interruption: by the takeUntil of all calls that the background would end together.
    if (sent.policy.interruptInBackground) this.generation.add(this);
    try {
      spec.send(network, sent, this);
    } catch (error) {
      this.error(error);
    }
  }

  next(event: AttemptEvent): void {
    if (this.closed) return;
    if (this.silence) this.listenOn(this.silence);
    if (event.type !== 'response') {
      this.call.hear(event);
      return;
    }
    this.call.answered(event);
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
    this.add(this.end('attemptMs', this.afterMs));
  }

  override unsubscribe(): void {
    if (this.closed) return;
    const { deadlines } = this.network;
    deadlines.remove(this);
    if (this.silence) deadlines.remove(this.silence);
    this.doubt?.unsubscribe();
    this.generation.remove(this);
    super.unsubscribe();
  }

  private listenOn(silence: Alarm): void {
    const { deadlines } = this.network;
    this.doubt?.unsubscribe();
    deadlines.remove(silence);
    deadlines.add(silence);
  }

  private end(name: string, ms: number): Subscription | undefined {
    const { network, sent, startedAt } = this;
    const { scheduler, backgroundCut, app$ } = network;
    const { latest } = backgroundCut;
    const mayBeCut = this.generation.wasCut || latest?.visibility === 'background';
    const state = sent.policy.interruptInBackground && mayBeCut ? latest : undefined;
    return unlessCut(state, startedAt, app$, scheduler, () =>
      this.call.error(tooLong(name, ms, 'attempt', detailsOf(sent))),
    );
  }
}
