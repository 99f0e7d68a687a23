import { catchError, defer, finalize, identity, map, share, tap, throwError, type Observable } from 'rxjs';
import type { HttpHandler, HttpInterceptor, HttpRequest } from '../network/calls/http-request.js';
import { ANSWERED_BY, ON_CALL, type MarkedRequest } from '../network/calls/shared-call.js';
import type { QueuedCall, QueueDoor } from '../operators/queued-call.js';
import { timeLimit } from '../operators/time-limit.js';
import { PRIORITIES, type Priority } from '../operators/waiting-line.js';
import { checkOptions } from '../platform/check-options.js';
import type { HttpResponse } from '../platform/http-response.js';
import { isBytes } from '../platform/is-bytes.js';
import { MAX_TIMER_MS } from '../platform/limits.js';
import { isNetworkError } from '../platform/network-error.js';
import { requestKey } from './request-key.js';

/** Which calls are one. */
export interface ShareInFlightOptions {
  /**
   * Calls with the same key are one; `undefined` is one by itself. `usual` is the key that the call has without this option:
   * of all that goes out, and of what is made of the answer; none for a method that does something, without an
   * `idempotencyKey`. What `beforeSend` adds is not in it: where the user may change while a call runs, put the user in.
   *
   * @defaultValue `(request, usual) => usual`
   */
  readonly keyOf?: ((request: HttpRequest, usual: string | undefined) => string | undefined) | undefined;
}

/** A call that several wait for. */
interface Flight {
  readonly door: QueueDoor;
  readonly answer$: Observable<HttpResponse<unknown>>;
  sharers: number;
  priority: Priority;
  call: QueuedCall | undefined;
}

/**
 * Makes an interceptor by which calls that ask for the same at the same time are one call.
 *
 * ```text
 * a       ^----a|
 * b         ^--b|         joins the call of a
 * on wire ^----!          one request
 * ```
 *
 * - It is aborted when the last one who waits for it has left, and not before.
 * - One who joins with a higher priority raises the call, if it still waits for its place.
 * - Each keeps its own `totalMs`, and a call whose `maxWaitMs` is over for the first is begun anew for those who came later.
 * - Each gets a body of its own: what one writes into it, the others do not see. An error is one object for all.
 * - Uploads, downloads and streams pass. So does what may not be made twice: POST and the like without an `idempotencyKey`.
 * - Once the answer is there, the next call is a call of its own: it is no cache.
 *
 * Put it first, so that the others see a call once. An interceptor behind it that calls `http$` for the same would wait for itself.
 *
 * @example
 * ```ts
 * const network = createNetwork({
 *   interceptors: [shareInFlight({ keyOf: (_request, usual) => usual && `${user.id} ${usual}` })],
 * });
 * ```
 *
 * @throws TypeError when an option is not what it should be.
 */
export function shareInFlight(options: ShareInFlightOptions = {}): HttpInterceptor {
  checkOptions('shareInFlight', options, { keyOf: 'function' });
  const { keyOf = (_request: HttpRequest, usual: string | undefined) => usual } = options;
  const flights = new Map<string, Flight>();

  const takeOff = (key: string, door: QueueDoor, request: HttpRequest, next: HttpHandler): Flight => {
    const { priority = 'normal' } = request;
    // Before anybody hears of the end: who calls again in that very turn makes a call of its own.
    const forget = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const marked: HttpRequest & MarkedRequest = {
      ...request,
      [ANSWERED_BY]: undefined,
      [ON_CALL](call) {
        (request as MarkedRequest)[ON_CALL]?.(call);
        flight.call = call;
        raise(flight, flight.priority);
      },
    };
    const flight: Flight = {
      door,
      sharers: 0,
      priority,
      call: undefined,
      answer$: defer(() => next(marked)).pipe(
        tap({ next: forget, error: forget, complete: forget }),
        finalize(forget),
        share(),
      ),
    };
    flights.set(key, flight);
    return flight;
  };

  const shareInFlight: HttpInterceptor = (request, next) => {
    const network = (request as MarkedRequest)[ANSWERED_BY];
    const key = network && keyOf(request, requestKey(request));
    if (!network || key === undefined) return next(request);

    const { settings, scheduler, app$, door } = network;
    const { priority = 'normal', method, url } = request;
    const { totalMs = settings.totalMs, maxWaitMs = settings.maxWaitMs } = request;
    // The time of each is its own, and not that of the call.
    const untimed = totalMs === undefined ? request : { ...request, totalMs: MAX_TIMER_MS };

    const joined$ = (waitMs: number | undefined): Observable<HttpResponse<unknown>> =>
      defer(() => {
        const joinedAt = scheduler.now();
        const present = flights.get(key);
        const flight = present ?? takeOff(key, door, { ...untimed, maxWaitMs: waitMs }, next);
        flight.sharers++;
        if (PRIORITIES.indexOf(priority) < PRIORITIES.indexOf(flight.priority)) raise(flight, priority);
        return flight.answer$.pipe(
          map((answer) => (flight.sharers > 1 ? { ...answer, body: copyOfBody(answer.body) } : answer)),
          finalize(() => flight.sharers--),
          catchError((error: unknown) => {
            const leftMs = (waitMs ?? 0) - (scheduler.now() - joinedAt);
            const notMine = present && leftMs > 0 && isNetworkError(error, 'timeout') && error.phase === 'wait';
            return notMine ? joined$(leftMs) : throwError(() => error);
          }),
        );
      });

    const limited =
      totalMs === undefined
        ? identity
        : timeLimit({
            totalMs,
            app$: settings.interruptInBackground ? app$ : undefined,
            scheduler,
            call: { api: 'request', method, url },
          });
    return limited(joined$(maxWaitMs));
  };
  return Object.assign(shareInFlight, { [ANSWERED_BY]: undefined });
}

function raise(flight: Flight, priority: Priority): void {
  flight.priority = priority;
  if (flight.call && flight.call.terms.priority !== priority) flight.door.raise(flight.call, priority);
}

/** What a parser of the app's own made, such as a number of arbitrary size, is as it is. */
function copyOfBody(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOfBody);
  if (isBytes(value)) return value.slice(0);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = copyOfBody((value as Record<string, unknown>)[name]);
  return copy;
}
