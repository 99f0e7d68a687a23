import {
  catchError,
  combineLatest,
  defer,
  filter,
  identity,
  map,
  mergeMap,
  of,
  take,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { SAFE_METHODS } from '../network/calls/prepare.js';
import type { Network } from '../network/create-network.js';
import { internalsOf } from '../network/internals.js';
import { deviceNetwork$, isOnline } from '../network/device-network.js';
import { isPreliminary } from '../operators/replay-after-interruption.js';
import { statusError } from '../operators/require-ok.js';
import { timeLimit } from '../operators/time-limit.js';
import { checkOptions } from '../platform/check-options.js';
import { fullJitterMs } from '../platform/full-jitter.js';
import type { HttpResponse } from '../platform/http-response.js';
import { isNetworkError, type NetworkError } from '../platform/network-error.js';
import { retryAfterMs } from './retry-after.js';
import { budgetOf, type RetryBudget } from './retry-budget.js';

/** When, and how often, a call is tried again. */
export interface RetrySafelyOptions {
  /** How often at most; a whole number from 1. @defaultValue `3` */
  readonly count?: number | undefined;
  /** The longest wait before the first retry, in milliseconds; it doubles with each. @defaultValue `500` */
  readonly baseMs?: number | undefined;
  /** The longest wait before any retry, in milliseconds, beside what the server asks for. @defaultValue `8000` */
  readonly maxMs?: number | undefined;
  /** A server that asks for more than this by `Retry-After`, in milliseconds, is not asked again. @defaultValue `30000` */
  readonly maxRetryAfterMs?: number | undefined;
  /** Longest whole, with all attempts and waits, in milliseconds of foreground. @defaultValue no limit */
  readonly totalMs?: number | undefined;
  /** The call may be made twice whatever its method is, as one with an `idempotencyKey` may. @defaultValue `false`: GET, HEAD and OPTIONS may */
  readonly idempotent?: boolean | undefined;
  /**
   * Whether trying again can help, of a call that may be made twice. An answer comes as the `status` error that `requireOk` makes.
   *
   * @defaultValue `connection`, `dns`, `offline`, a `timeout` of the attempt, and the status 408, 425, 429, 500, 502, 503, 504
   */
  readonly when?: ((error: NetworkError) => boolean) | undefined;
  /** What retries cost. @defaultValue one for all calls of the network */
  readonly budget?: RetryBudget | undefined;
  /** From 0 to 1; tests hand in their own. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

const PASSING_STATUS = [408, 425, 429, 500, 502, 503, 504];

/**
 * Makes a call again that failed for a reason that may pass, where it may be made twice.
 *
 * ```text
 * source  --n|                n: 503
 * source        --a|          a: 200, a random part of baseMs later
 * result  --------a|
 * ```
 *
 * - The wait is a random part of `baseMs`, then of twice that, and so on: a thousand phones do not come back in one second. What
 *   the server asks for by `Retry-After` is added to it.
 * - While it waits it has no place in the queue. It goes on in front and with a network only, and to wait for a network counts
 *   as no retry: a tunnel does not use them up.
 * - All calls of a network pay from one budget, so that a server that breaks down is not held down by its clients. For an app
 *   that very many open in one minute give `createRetryBudget({ initial: 0 })`: it tries nothing again before a good answer came.
 * - The last answer or error is handed on as it is; so `requireOk()` may stand before it or behind it. What was delivered once,
 *   such as a chunk of a stream, is never delivered twice.
 * - `interrupted` is not its business: the network makes such a call again by itself.
 *
 * @example
 * ```ts
 * http$.get<Item[]>('/items').pipe(retrySafely(network), requireOk());
 * http$.post('/orders', order, { idempotencyKey }).pipe(retrySafely(network, { idempotent: true }), requireOk());
 * ```
 *
 * @param network - The one that the call is made on.
 * @throws TypeError when an option is not what it should be.
 */
export function retrySafely(
  network: Network,
  options: RetrySafelyOptions = {},
): <T>(source: Observable<T>) => Observable<T> {
  checkOptions('retrySafely', options, {
    count: 'count',
    baseMs: 'delay',
    maxMs: 'delay',
    maxRetryAfterMs: 'delay',
    totalMs: 'delay',
    idempotent: 'boolean',
    when: 'function',
    budget: 'object',
    random: 'function',
  });
  const { count = 3, baseMs = 500, maxMs = 8_000, maxRetryAfterMs = 30_000, totalMs } = options;
  const { app$, scheduler, settings } = internalsOf(network);
  const { idempotent = false, when = mayPass, budget = budgetOf(network), random = Math.random } = options;

  const canHelp = (error: unknown): error is NetworkError =>
    isNetworkError(error) && (idempotent || SAFE_METHODS.includes(error.method ?? '')) && when(error);

  const cuts = settings.interruptInBackground;

  const retried = <T>(source: Observable<T>): Observable<T> =>
    defer(() => {
      // Listened to from now on, so that it is known when a call fails.
      const device$ = deviceNetwork$(network);
      const ready$ = combineLatest([app$, device$]).pipe(
        filter(([{ visibility }, { isConnected }]) => {
          const inFront = visibility !== 'background' || !cuts;
          return inFront && isConnected;
        }),
        take(1),
      );
      // A network that goes again while it is waited: on the next return the wait begins anew, so that not all go at once.
      const pause$ = (ms: number): Observable<unknown> =>
        ready$.pipe(
          mergeMap(() => timer(ms, scheduler)),
          mergeMap(() => (isOnline(device$) ? ready$ : pause$(ms))),
        );
      let retries = 0;
      let delivered = false;
      /** The answer that an error of ours stands for. */
      let refused: { readonly value: T; readonly error: NetworkError } | undefined;

      return source.pipe(
        map((value) => {
          if (delivered || isPreliminary(value)) return value;
          if (isAnswer(value) && !value.ok) {
            const error = statusError(value);
            if (canHelp(error)) {
              refused = { value, error };
              throw error;
            }
          } else budget.earn();
          delivered = true;
          return value;
        }),
        catchError((error: unknown, again) => {
          const answered = refused?.error === error ? refused : undefined;
          const handedOn$ = answered ? of(answered.value) : throwError(() => error);
          if (!answered && (delivered || !canHelp(error))) return handedOn$;
          const { response } = error as NetworkError;
          const askedMs = response && retryAfterMs(response, scheduler.now());
          if (askedMs !== undefined && askedMs > maxRetryAfterMs) return handedOn$;
          if (isOnline(device$)) {
            if (retries >= count || !budget.spend()) return handedOn$;
            retries++;
          }
          const backoffMs = fullJitterMs(retries, baseMs, maxMs, random);
          return pause$((askedMs ?? 0) + backoffMs).pipe(mergeMap(() => again));
        }),
      );
    });

  const limited = totalMs === undefined ? identity : timeLimit({ totalMs, app$: cuts ? app$ : undefined, scheduler });
  return (source) => limited(retried(source));
}

function mayPass({ code, phase, response }: NetworkError): boolean {
  if (code === 'status') return PASSING_STATUS.includes(response?.status ?? 0);
  return ['connection', 'dns', 'offline'].includes(code) || (code === 'timeout' && phase === 'attempt');
}

function isAnswer(value: unknown): value is HttpResponse<unknown> {
  const { status, header } = (value ?? {}) as Partial<HttpResponse<unknown>>;
  return typeof status === 'number' && typeof header === 'function';
}
