import { defer, identity, Observable } from 'rxjs';
import { interruptInBackground } from '../operators/interrupt-in-background.js';
import { limitConcurrency } from '../operators/limit-concurrency.js';
import { replayAfterInterruption } from '../operators/replay-after-interruption.js';
import { timeLimit } from '../operators/time-limit.js';
import type { CallDetails } from '../platform/network-error.js';
import { backstopMs } from './calls/attempt-limit.js';
import type { Network } from './create-network.js';
import type { HttpHandler, HttpRequest } from './calls/http-request.js';
import { checkedRequest, mayRepeat, wellFormed, type CallKind, type CheckedRequest } from './calls/prepare-request.js';
import { refuseUnlisted } from './refuse-unlisted.js';

/** The limits of one attempt, to be put around the call of `wx`. */
export type AttemptLimits = <T>(source: Observable<T>) => Observable<T>;

/** The interceptors around the sending, the first of them outermost. What they hand on, nobody has checked yet. */
export function throughInterceptors(
  { options: { interceptors = [] } }: Network,
  send: HttpHandler,
  checkAndSend: HttpHandler,
): HttpHandler {
  if (interceptors.length === 0) return send;
  return interceptors.reduceRight<HttpHandler>(
    (next, interceptor) => (request) => interceptor(request, next),
    (request) => defer(() => checkAndSend(request)),
  );
}

/**
 * What a call of any kind goes through outside the queue: all that a waiting call costs.
 *
 * @param attemptOnce - Asked at each attempt, once it has its place.
 * @param single - It emits one value and completes with it.
 */
export function sendUnderRules$<Event>(
  network: Network,
  request: HttpRequest,
  kind: CallKind,
  attemptOnce: (sent: CheckedRequest, limits: AttemptLimits) => Observable<Event>,
  single: boolean,
): Observable<Event> {
  const { options, app$, requestQueue, scheduler } = network;
  const { interruptInBackground: cutsAtAll = true } = options;
  const { url, priority, background = options.background ?? 'hold' } = request;
  const { totalMs = options.totalMs, maxWaitMs = options.maxWaitMs } = request;
  const checked = checkedRequest(network, request, kind);
  const call: CallDetails = { api: kind.api, method: checked.method, url };
  refuseUnlisted(network, kind.api, url);

  // What was sent last decides whether it may be sent again: beforeSend may have made another request of it.
  let sent = checked;
  let attempts = 0;
  const attempt$ = new Observable<Event>((subscriber) => {
    attempts++;
    sent = readyToSend(network, checked);
    attemptOnce(sent, limitsOf(network, sent)).subscribe(subscriber);
  });

  return attempt$.pipe(
    limitConcurrency(requestQueue, { priority, maxWaitMs, background, atHead: () => attempts > 0, call }),
    background === 'refuse'
      ? identity
      : replayAfterInterruption(app$, { when: () => mayRepeat(sent), single, scheduler }),
    totalMs === undefined ? identity : timeLimit({ totalMs, app$: cutsAtAll ? app$ : undefined, scheduler, call }),
  );
}

function readyToSend(network: Network, checked: CheckedRequest): CheckedRequest {
  const { beforeSend } = network.options;
  if (!beforeSend) return checked;
  const { kind, request, method, header } = checked;
  const bent = wellFormed(network, beforeSend({ ...request, method, header }), kind);
  const changed = checkedRequest(network, bent, kind);
  if (changed.request.url !== request.url) refuseUnlisted(network, kind.api, changed.request.url);
  return changed;
}

function limitsOf(network: Network, { kind, request, method, attemptMs }: CheckedRequest): AttemptLimits {
  const { options, app$, deadlines, scheduler } = network;
  const { url, idleMs = options.idleMs } = request;
  const { interruptInBackground: cuts = options.interruptInBackground ?? true } = request;
  const call: CallDetails = { api: kind.api, method, url };
  const inTime = timeLimit({
    attemptMs: backstopMs(attemptMs),
    idleMs,
    scheduler: deadlines,
    call,
    app$: cuts ? app$ : undefined,
  });
  if (!cuts) return inTime;
  const interrupted = interruptInBackground(app$, { scheduler, call });
  return (source) => inTime(interrupted(source));
}
