import { filter, map, mergeMap, Observable, of, tap, throwError, type OperatorFunction } from 'rxjs';
import { mapResponse } from '../../operators/map-response.js';
import type { HttpResponse } from '../../platform/http-response.js';
import { NetworkError } from '../../platform/network-error.js';
import type { Progress } from '../../platform/progress.js';
import type { Network } from '../create-network.js';
import type { CallOptions, HttpHandler, HttpRequest } from './http-request.js';
import { checkAndSendHttp } from './http.js';
import { absoluteRequest, wellFormed, type CallKind, type CheckedRequest } from './prepare-request.js';
import { sendUnderRules$, throughInterceptors, type AttemptLimits } from '../send-under-rules.js';

/** What every event of an upload, a download and a stream says. */
export interface OfAttempt {
  /** Which sending it belongs to: 1, and one more with each replay. */
  readonly attempt: number;
}

/** The call of `wx` has been made. */
export interface SentEvent extends OfAttempt {
  readonly type: 'sent';
}

/** The last event: the answer, as `http$` gives it. */
export interface AnswerEvent<T> extends HttpResponse<T>, OfAttempt {
  readonly type: 'response';
}

/** How far an attempt has come. */
export interface ProgressEvent extends Progress, OfAttempt {
  readonly type: 'progress';
}

/** An event, before it is known which attempt it belongs to. */
export interface AnyEvent {
  readonly type: string;
}

/** One attempt of a kind of call, once it has its place. */
export type AttemptOnce = (network: Network, sent: CheckedRequest, limits: AttemptLimits) => Observable<AnyEvent>;

/** The mark of the call itself: it is copied along by an interceptor that sends the call on, bent or again. */
const THE_CALL = /* @__PURE__ */ Symbol('the call');

/**
 * A call that tells of itself on the way. Its answer goes through the interceptors as that of `http$` does; what comes
 * before the answer passes them by.
 */
export function callEvents$<Event extends AnyEvent>(
  networkOf: () => Network,
  input: string | CallOptions,
  kind: CallKind,
  attemptOnce: AttemptOnce,
): Observable<Event> {
  return new Observable<AnyEvent>((subscriber) => {
    const network = networkOf();
    let attempt = 0;
    let delivered = false;
    let failure: unknown;

    const send = (request: HttpRequest) =>
      sendUnderRules$(
        network,
        request,
        kind,
        (sent, limits) => {
          const number = ++attempt;
          // Put in, not copied: a stream has many, and each was made for this call.
          return attemptOnce(network, sent, limits).pipe(map((event) => Object.assign(event, { attempt: number })));
        },
        false,
      );
    const sendOwn = checkAndSendHttp(network);
    const sendAside = (request: HttpRequest) => {
      // A login, say: it is no upload, and tells nobody of its progress.
      if (!(THE_CALL in request)) return sendOwn(request);
      // An interceptor that tries again would give the beginning of a stream twice.
      if (delivered) {
        failure ??= alreadyDelivered(kind);
        return throwError(() => failure);
      }
      return send(wellFormed(network, request, kind)).pipe(
        tap({ error: (error: unknown) => (failure = error) }),
        filter((event) => {
          if (event.type === 'response') return true;
          delivered ||= event.type === 'chunk';
          subscriber.next(event);
          return false;
        }),
      );
    };
    const request = {
      ...absoluteRequest(network, typeof input === 'string' ? { url: input } : input, kind),
      [THE_CALL]: true,
    };
    const handle = throughInterceptors(network, send as unknown as HttpHandler, sendAside as unknown as HttpHandler);
    handle(request)
      // An answer that an interceptor made itself has neither.
      .pipe(
        map((event) => ('attempt' in event ? event : { ...event, type: 'response', attempt }) as unknown as AnyEvent),
      )
      .subscribe(subscriber);
  }) as Observable<Event>;
}

type Answer$ = Observable<HttpResponse<unknown>>;

/** Makes the `response` event an answer, finished by `finish`; other events pass. */
export function mapAnswer<Event extends AnyEvent>(
  api: CallKind['api'],
  finish: (answer$: Answer$, event: Extract<Event, { readonly type: 'response' }>) => Answer$,
): OperatorFunction<Event, AnyEvent> {
  return mergeMap((event): Observable<AnyEvent> => {
    if (event.type !== 'response') return of(event);
    const answer$ = of(event).pipe(
      mapResponse(),
      map((response) => ({ ...response, api })),
    );
    return finish(answer$, event as never).pipe(map((response) => ({ ...response, type: 'response' })));
  });
}

function alreadyDelivered({ api }: CallKind): NetworkError {
  return new NetworkError('a stream is not sent again once a chunk has come', {
    code: 'invalid-argument',
    phase: 'check',
    api,
  });
}
