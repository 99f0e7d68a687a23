import { BehaviorSubject, distinctUntilChanged, map, Subject, tap, type Observable } from 'rxjs';
import type { HttpInterceptor } from '../../network/calls/http-request.js';
import { ANSWERED_BY, type MarkedRequest } from '../../network/calls/shared-call.js';
import type { Network } from '../../network/create-network.js';
import { deviceNetwork$ } from '../../network/device-network.js';
import { internalsOf } from '../../network/internals.js';
import type { HttpResponse } from '../../platform/http-response.js';
import { isNetworkError } from '../../platform/network-error.js';

/** How the connection looks from the calls that went over it. */
export interface Measured {
  readonly weak: boolean;
  /** The middle one of the round trips that the platform has told of, in milliseconds. */
  readonly rttMs: number | undefined;
}

/** What a network knows from its own calls. */
export interface MeasuredQuality {
  readonly quality$: Observable<Measured>;
  /** Emits whenever an answer came, of whatever status. */
  readonly answered$: Observable<void>;
  /** Emits whenever a call failed since there was no network, which may be before the phone tells so itself. */
  readonly offline$: Observable<void>;
}

/** What came of one call. */
interface Outcome {
  readonly kind: 'fine' | 'slow' | 'timeout' | 'lost';
  readonly rttMs?: number | undefined;
}

// The platform's own rule (discoveries/environment.md): of the last eight calls, three are slow, timed out, or lost.
const LAST = 8;
const ENOUGH = 3;
const SLOW_RTT_MS = 400;
/** Where the platform tells no round trip: the server's own time is in it, so it takes more to be called slow. */
const SLOW_CALL_MS = 3_000;

const measures = /* @__PURE__ */ new WeakMap<Network, MeasuredQuality>();

/** Measures the calls of a network from now on: nothing is sent for it. */
export function measuredQuality(network: Network): MeasuredQuality {
  const known = measures.get(network);
  if (known) return known;
  const answered$ = new Subject<void>();
  const offline$ = new Subject<void>();
  const last$ = new BehaviorSubject<readonly Outcome[]>([]);
  const note = (outcome: Outcome | undefined) => {
    if (outcome) last$.next([...last$.value, outcome].slice(-LAST));
  };

  const measure: HttpInterceptor = (request, next) =>
    next(request).pipe(
      tap({
        next(answer) {
          answered$.next();
          // Of streams, uploads and downloads nobody knows how long they should take.
          note(outcomeOf(answer, (request as MarkedRequest)[ANSWERED_BY] !== undefined));
        },
        error(error: unknown) {
          note(failureOf(error));
          if (isNetworkError(error, 'offline') && error.phase === 'attempt') offline$.next();
        },
      }),
    );
  // Outermost, and put in now: who does not ask for the quality pays nothing.
  const { settings } = internalsOf(network);
  const marked = Object.assign(measure, { [ANSWERED_BY]: undefined });
  Object.assign(settings, { interceptors: [marked, ...settings.interceptors] });

  deviceNetwork$(network)
    .pipe(
      map(({ networkType }) => networkType),
      distinctUntilChanged(),
    )
    // Another connection has another quality.
    .subscribe(() => last$.next([]));
  const measured: MeasuredQuality = { quality$: last$.pipe(map(qualityOf)), answered$, offline$ };
  measures.set(network, measured);
  return measured;
}

function outcomeOf({ timing }: HttpResponse<unknown>, isHttp: boolean): Outcome | undefined {
  const rttMs = timing.profile?.rtt;
  if (rttMs !== undefined && rttMs > 0) return { kind: rttMs > SLOW_RTT_MS ? 'slow' : 'fine', rttMs };
  return isHttp ? { kind: timing.durationMs > SLOW_CALL_MS ? 'slow' : 'fine' } : undefined;
}

function failureOf(error: unknown): Outcome | undefined {
  if (isNetworkError(error, 'timeout')) return error.phase === 'attempt' ? { kind: 'timeout' } : undefined;
  return isNetworkError(error, 'connection') ? { kind: 'lost' } : undefined;
}

function qualityOf(last: readonly Outcome[]): Measured {
  const count = (kind: Outcome['kind']) => last.filter((outcome) => outcome.kind === kind).length;
  const trips = last.map(({ rttMs = 0 }) => rttMs).filter((ms) => ms > 0);
  trips.sort((one, other) => one - other);
  return {
    weak: Math.max(count('slow'), count('timeout'), count('lost')) >= ENOUGH,
    rttMs: trips[Math.floor(trips.length / 2)],
  };
}
