import { catchError, map, Observable, type Subscriber } from 'rxjs';
import { QueuedCall } from '../operators/queued-call.js';
import { isPreliminary, MAX_REPLAYS, mayReplay, replayTime$ } from '../operators/replay-after-interruption.js';
import { inForeground, tooLong } from '../operators/time-limit.js';
import type { HttpResponse } from '../platform/http-response.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import type { WxAnswer } from '../platform/make-response.js';
import type { TaskAnswer } from '../sources/task-events.js';
import { Attempt } from './attempt.js';
import type { CallEvent, EventOnTheWay } from './calls/call-events.js';
import { detailsOf, type CallSpec, type PreparedCall } from './calls/call-spec.js';
import type { CallOptions, HttpRequest } from './calls/http-request.js';
import { HTTP } from './calls/http-spec.js';
import { contentKept, handedOn, mayRepeat, normalize, prepare } from './calls/prepare.js';
import { ANSWERED_BY, ON_CALL, WATCHED_BY, type MarkedRequest } from './calls/shared-call.js';
import { throughInterceptors } from './interceptors.js';
import type { NetworkInternals } from './internals.js';
import { refuseUnlisted } from './refuse-unlisted.js';
import type { CallWatch } from './watching.js';

type Answer = HttpResponse<unknown>;

/*
 * What every call over HTTP goes through, outermost first, whichever client made it:
 *
 *   interceptors → domains → total deadline → replay → queue (paused in the background)
 *     → attempt and idle deadline → interruption → source → response → decoding
 *
 * The first half stands here, the second, which begins anew with each attempt, in attempt.ts. It is what
 * `limitConcurrency`, `replayAfterInterruption` and the other operators do one behind the other, and their decisions are
 * theirs; but a call that waits or runs is one object, and not one an operator (decisions/0020). A test holds it against
 * the composition of the operators.
 */

/** The answer to a call, and nothing on the way: what `http$` gives. */
export function answer$<Request extends CallOptions>(
  networkOf: () => NetworkInternals,
  spec: CallSpec<Request>,
  input: string | Request,
): Observable<Answer> {
  return new Observable((subscriber) => begin(networkOf(), spec, input, subscriber, undefined));
}

/** All that happens to a call; the last event is the answer. */
export function event$<Request extends CallOptions>(
  networkOf: () => NetworkInternals,
  spec: CallSpec<Request>,
  input: string | Request,
): Observable<CallEvent> {
  return new Observable((subscriber) =>
    begin(networkOf(), spec, input, subscriber as unknown as Subscriber<Answer>, subscriber),
  );
}

// Who watches the network sees all of it: one look is what that costs where nobody does.
function begin<Request extends CallOptions>(
  network: NetworkInternals,
  spec: CallSpec<Request>,
  input: string | Request,
  subscriber: Subscriber<Answer>,
  listener: Subscriber<CallEvent> | undefined,
): void {
  const watch = network.watcher?.watch(spec, input);
  if (watch) seen(watch, network, spec, input, subscriber, listener);
  else intercepted(network, spec, input, subscriber, listener);
}

// Apart, so that a call that nobody watches pays for no closure.
function seen<Request extends CallOptions>(
  watch: CallWatch,
  network: NetworkInternals,
  spec: CallSpec<Request>,
  input: string | Request,
  subscriber: Subscriber<Answer>,
  listener: unknown,
): void {
  watch
    .around((to) =>
      intercepted(network, spec, input, to, listener ? (to as unknown as Subscriber<CallEvent>) : undefined, watch),
    )
    .subscribe(subscriber);
}

// Interceptors: they see the call once, and its answer. What happens before the answer passes them by.
function intercepted<Request extends CallOptions>(
  network: NetworkInternals,
  spec: CallSpec<Request>,
  input: string | Request,
  subscriber: Subscriber<Answer>,
  listener: Subscriber<CallEvent> | undefined,
  watch?: CallWatch,
): void {
  const request = normalize(network, spec, input);
  watch?.called(request);
  const { interceptors } = network.settings;
  if (interceptors.length === 0) {
    new Call(network, spec, prepare(network, spec, request), subscriber, listener, watch).begin();
    return;
  }
  const own = contentKept(spec, request);
  if (!listener && interceptors.some((interceptor) => ANSWERED_BY in interceptor)) {
    (own as MarkedRequest)[ANSWERED_BY] = network;
    if (watch) (own as MarkedRequest)[WATCHED_BY] = watch;
  }
  let last: Call<Request> | undefined;
  let failure: unknown;

  const next = (handed: HttpRequest) =>
    new Observable<Answer>((inner) => {
      // An interceptor that tries again would give the beginning of a stream twice.
      if (last?.delivered) {
        inner.error(failure ?? alreadyDelivered(spec, request));
        return;
      }
      const whole = handedOn(network, spec, own, handed, 'an interceptor');
      last = new Call(network, spec, prepare(network, spec, whole), inner, listener, watch, last?.attempts);
      (whole as MarkedRequest)[ON_CALL]?.(last);
      last.begin();
    }).pipe(
      catchError((error: unknown) => {
        failure = error;
        throw error;
      }),
    );
  const send = (other: HttpRequest) =>
    new Observable<Answer>((inner) => {
      const child = watch?.child(HTTP, other);
      const sendOn = (to: Subscriber<Answer>) => {
        const request = normalize(network, HTTP, other);
        child?.called(request);
        new Call(network, HTTP, prepare(network, HTTP, request), to, undefined, child).begin();
      };
      if (child) child.around(sendOn).subscribe(inner);
      else sendOn(inner);
    });

  const answered$ = throughInterceptors(interceptors, next, send)(own);
  // An answer that an interceptor made itself is no event yet.
  const asEvent = (answer: Answer) =>
    listener && !('attempt' in answer) ? { ...answer, type: 'response', attempt: last?.attempts ?? 0 } : answer;
  answered$.pipe(map(asEvent)).subscribe(subscriber);
}

class Call<Request extends CallOptions> extends QueuedCall {
  /** Whether something has been delivered that must not come twice. */
  delivered = false;
  private replays = 0;
  private enteredAt = 0;
  private attempt: Attempt<Request> | undefined = undefined;

  constructor(
    private readonly network: NetworkInternals,
    private readonly spec: CallSpec<Request>,
    private prepared: PreparedCall<Request>,
    private readonly subscriber: Subscriber<Answer>,
    private readonly listener: Subscriber<CallEvent> | undefined,
    readonly watch: CallWatch | undefined,
    public attempts = 0,
  ) {
    super(network.door, prepared.policy);
  }

  // Domains, then the total deadline, then the queue.
  begin(): void {
    const { network, spec, prepared, subscriber } = this;
    const { policy, request } = prepared;
    refuseUnlisted(network, prepared.api, request.url);
    subscriber.add(this);
    const { totalMs } = policy;
    if (totalMs !== undefined) {
      const app$ = network.settings.interruptInBackground ? network.app$ : undefined;
      const end = () => subscriber.error(tooLong('totalMs', totalMs, 'total', this.details()));
      this.add(inForeground(totalMs, app$, network.scheduler, end));
    }
    this.wait();
    if (this.closed) return;
    // It waits, or may be sent again: what it was subscribed with must not change meanwhile. One that is sent once, at once,
    // or has nothing that could change, pays for no copy.
    if (this.list || policy.background !== 'refuse') {
      const kept = contentKept(spec, request);
      if (kept !== request) this.prepared = { ...prepared, request: kept };
    }
  }

  private wait(): void {
    this.enteredAt = this.network.scheduler.now();
    const { watch, attempts } = this;
    this.door.enter(this);
    if (watch && this.attempts === attempts && !this.closed) watch.queued(this.terms, this.list !== undefined);
  }

  // It has its place: each attempt, in the turn of its sending, may be changed by `beforeSend`.
  start(): void {
    this.attempts++;
    const sent = readyToSend(this.network, this.spec, this.prepared);
    // beforeSend may have left.
    if (this.closed) return;
    this.watch?.sent(sent, this.attempts);
    if (this.closed) return;
    this.attempt = new Attempt(this.network, this.spec, sent, this);
    this.attempt.begin();
  }

  // Replay: the attempt, or the wait for it, has failed.
  error(error: unknown): void {
    if (this.closed) return;
    const { network, attempt, terms } = this;
    const { scheduler, app$ } = network;
    // So the task is aborted, and the place given back, before anybody hears of the error.
    this.leaveAttempt();
    this.door.leave(this);
    if (attempt) this.watch?.failed(error, this.attempts);
    const mayGoAgain = !this.delivered && terms.background !== 'refuse' && this.replays < MAX_REPLAYS;
    if (!attempt || !mayGoAgain || !mayReplay(error, () => mayRepeat(attempt.sent))) {
      this.subscriber.error(error);
      return;
    }
    this.replays++;
    this.watch?.replayed(this.attempts, this.replays);
    this.atHead = true;
    this.add(replayTime$(app$, this.enteredAt, scheduler).subscribe(() => this.wait()));
  }

  /** What an attempt tells on the way. */
  hear(event: EventOnTheWay): void {
    if (event.type === 'heard') return;
    if (!isPreliminary(event)) this.delivered = true;
    this.watch?.heard(event, this.attempts);
    // Put in, not copied: a stream has many, and each was made for this call.
    this.listener?.next(Object.assign(event, { attempt: this.attempts }) as CallEvent);
  }

  /** The answer is here, and not decoded. */
  answered(answer: TaskAnswer<WxAnswer>): void {
    this.watch?.answered(answer, this.attempts);
  }

  answer(answer: Answer): void {
    this.watch?.decoded(answer, this.attempts);
    this.subscriber.next(this.listener ? Object.assign(answer, { type: 'response', attempt: this.attempts }) : answer);
  }

  complete(): void {
    this.subscriber.complete();
  }

  details(): CallDetails {
    return detailsOf(this.prepared);
  }

  override unsubscribe(): void {
    if (this.closed) return;
    try {
      this.leaveAttempt();
    } finally {
      super.unsubscribe();
    }
  }

  private leaveAttempt(): void {
    const { attempt } = this;
    this.attempt = undefined;
    attempt?.unsubscribe();
  }
}

/** The call as `beforeSend` wants it, checked again: it may have made another of it. */
function readyToSend<Request extends CallOptions>(
  network: NetworkInternals,
  spec: CallSpec<Request>,
  prepared: PreparedCall<Request>,
): PreparedCall<Request> {
  const { beforeSend } = network.settings;
  if (!beforeSend) return prepared;
  const { request, method, header } = prepared;
  // Its own, all of it: what it writes into must reach neither the next attempt nor the caller.
  const own = contentKept(spec, { ...request, method, header: header && { ...header } });
  const changed = handedOn(network, spec, request, beforeSend(own), 'beforeSend');
  const ready = prepare(network, spec, changed);
  if (changed.url !== request.url) refuseUnlisted(network, ready.api, changed.url);
  return ready;
}

function alreadyDelivered<Request extends CallOptions>(spec: CallSpec<Request>, request: Request): NetworkError {
  return new NetworkError('a stream is not sent again once a chunk has come', {
    code: 'invalid-argument',
    phase: 'check',
    api: spec.apiOf(request),
  });
}
