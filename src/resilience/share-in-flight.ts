import { Observable, Subscription, type Observer, type Subscriber } from 'rxjs';
import type { HttpHandler, HttpInterceptor, HttpRequest } from '../network/calls/http-request.js';
import { ANSWERED_BY, ON_CALL, WATCHED_BY, type MarkedRequest } from '../network/calls/shared-call.js';
import type { CallWatch } from '../network/watching.js';
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

type Answer = HttpResponse<unknown>;

/** A call that several wait for. */
interface Flight {
  readonly door: QueueDoor;
  readonly sharers: Set<Observer<Answer>>;
  readonly running: Subscription;
  /** Of the call that was first. */
  readonly watch: CallWatch | undefined;
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
 * - It is aborted when its last subscriber has left, and not before.
 * - A subscriber with a higher priority raises the call while it still waits for a place.
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

  /** Makes the call for all. By hand, and not by `share()`: to join one must cost next to nothing. */
  const takeOff = (key: string, flight: Flight, request: HttpRequest, next: HttpHandler): void => {
    const { sharers } = flight;
    const marked: HttpRequest & MarkedRequest = {
      ...request,
      [ANSWERED_BY]: undefined,
      [ON_CALL](call) {
        (request as MarkedRequest)[ON_CALL]?.(call);
        flight.call = call;
        raise(flight, flight.priority);
      },
    };
    const tell = (work: (sharer: Observer<Answer>) => void) => {
      // Before anybody hears of the end: who calls again in that very turn makes a call of its own.
      forget(key, flight);
      for (const sharer of [...sharers]) if (sharers.has(sharer)) work(sharer);
    };
    const answered$ = next(marked).subscribe({
      next(answer) {
        const isShared = sharers.size > 1;
        tell((sharer) => sharer.next(isShared ? { ...answer, body: copyOfBody(answer.body) } : answer));
      },
      error: (error: unknown) => tell((sharer) => sharer.error(error)),
      complete: () => tell((sharer) => sharer.complete()),
    });
    flight.running.add(answered$);
  };

  const forget = (key: string, flight: Flight) => {
    if (flights.get(key) === flight) flights.delete(key);
  };

  const shareInFlight: HttpInterceptor = (request, next) => {
    const network = (request as MarkedRequest)[ANSWERED_BY];
    const own = network && keyOf(request, requestKey(request));
    if (!network || own === undefined) return next(request);
    // Who is refused without a network does not wait with those who wait for it.
    const kind = (request as MarkedRequest)[ON_CALL]?.kind;
    const key = kind === undefined ? own : `${kind}\n${own}`;

    const { settings, scheduler, app$, door } = network;
    const { [WATCHED_BY]: watch } = request as MarkedRequest;
    const { priority = 'normal', method, url } = request;
    const { totalMs = settings.totalMs, maxWaitMs = settings.maxWaitMs } = request;

    const join = (subscriber: Subscriber<Answer>, waitMs: number | undefined): void => {
      const joinedAt = scheduler.now();
      const present = flights.get(key);
      const flight = present ?? {
        door,
        watch,
        sharers: new Set(),
        running: new Subscription(),
        priority,
        call: undefined,
      };
      const sharer: Observer<Answer> = {
        next: (answer) => subscriber.next(answer),
        error(error: unknown) {
          const leftMs = (waitMs ?? 0) - (scheduler.now() - joinedAt);
          const notMine = present && leftMs > 0 && isNetworkError(error, 'timeout') && error.phase === 'wait';
          if (notMine) join(subscriber, leftMs);
          else subscriber.error(error);
        },
        complete: () => subscriber.complete(),
      };
      flight.sharers.add(sharer);
      subscriber.add(() => {
        flight.sharers.delete(sharer);
        if (flight.sharers.size > 0) return;
        forget(key, flight);
        flight.running.unsubscribe();
      });
      if (present) {
        watch?.sharing(present.watch);
        if (PRIORITIES.indexOf(priority) < PRIORITIES.indexOf(flight.priority)) raise(flight, priority);
        return;
      }
      flights.set(key, flight);
      // The time of each is its own, and not that of the call.
      const untimed = totalMs === undefined ? request : { ...request, totalMs: MAX_TIMER_MS };
      takeOff(key, flight, { ...untimed, maxWaitMs: waitMs }, next);
    };
    const joined$ = new Observable<Answer>((subscriber) => join(subscriber, maxWaitMs));
    if (totalMs === undefined) return joined$;
    const inFront$ = settings.interruptInBackground ? app$ : undefined;
    return timeLimit({ totalMs, app$: inFront$, scheduler, call: { api: 'request', method, url } })(joined$);
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
  // A copy has every name already: to set `__proto__` then sets a field.
  const copy: Record<string, unknown> = { ...value };
  for (const name of Object.keys(copy)) copy[name] = copyOfBody(copy[name]);
  return copy;
}
