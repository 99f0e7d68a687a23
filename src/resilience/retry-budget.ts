import { mergeMap, race, ReplaySubject, take, tap, type Observable } from 'rxjs';
import type { HttpInterceptor } from '../network/calls/http-request.js';
import type { Network } from '../network/create-network.js';
import { internalsOf } from '../network/internals.js';
import { checkOptions } from '../platform/check-options.js';

/** How a budget is made. */
export interface RetryBudgetOptions {
  /** How many retries a good answer pays for: `0.1` lets one call in ten be tried again, in the long run. @defaultValue `0.1` */
  readonly ratio?: number | undefined;
  /** How many retries can be saved up; from 1. @defaultValue `10` */
  readonly capacity?: number | undefined;
  /**
   * How many are there at the start, to be spent as soon as any.
   *
   * @defaultValue `capacity`, and what the server refuses before any good answer came is tried again late: `RetryBudget.answered$`
   */
  readonly initial?: number | undefined;
}

/** What all calls that share it may spend on trying again. */
export interface RetryBudget {
  /** How many retries it has now; a part of one is on the way to it. */
  readonly left: number;
  /** Notes that a good answer came. */
  earn(): void;
  /** Pays for a retry. @returns whether there was enough */
  spend(): boolean;
  /**
   * Emits once a good answer has come, and replays it. Until then a call that the server itself refuses, by 429 or 5xx and without `Retry-After`, is
   * tried again late: within a hundred seconds, or soon after this emits. Where it is not there: as soon as any other.
   */
  readonly answered$?: Observable<true> | undefined;
}

/**
 * Makes a budget for retries: each good answer pays a part of one in, each retry takes one out. Where everything fails nothing is
 * paid in, so a server that breaks down gets a tenth more than its usual load, and not three times as much.
 *
 * A network has one by itself; make another for calls that are to have their own.
 *
 * @example
 * ```ts
 * const budget = createRetryBudget({ ratio: 0.2 });
 * http$('/prices').pipe(retrySafely(network, { budget })).subscribe(show);
 * ```
 *
 * @throws TypeError when an option is not what it should be.
 * @throws RangeError when `ratio` is not from 0 to 1, `capacity` is not from 1, or `initial` is not from 0 to `capacity`.
 */
export function createRetryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  checkOptions('createRetryBudget', options, { ratio: 'number', capacity: 'number', initial: 'number' });
  const { ratio = 0.1, capacity = 10 } = options;
  if (!(ratio >= 0 && ratio <= 1)) throw new RangeError(`createRetryBudget: ratio must be from 0 to 1; got ${ratio}`);
  if (!(capacity >= 1)) throw new RangeError(`createRetryBudget: capacity must be from 1; got ${capacity}`);
  const { initial = capacity } = options;
  if (!(initial >= 0 && initial <= capacity)) {
    throw new RangeError(`createRetryBudget: initial must be from 0 to capacity, ${capacity}; got ${initial}`);
  }
  let left = initial;
  const answered$ = new ReplaySubject<true>(1);

  return {
    answered$: options.initial === undefined ? answered$ : undefined,
    get left() {
      return left;
    },
    earn() {
      left = Math.min(capacity, left + ratio);
      answered$.next(true);
    },
    spend() {
      // Ten times 0.1 is a little less than 1.
      const enough = left > 1 - 1e-9;
      if (enough) left = Math.max(0, left - 1);
      return enough;
    },
  };
}

const budgets = /* @__PURE__ */ new WeakMap<Network, RetryBudget>();

/** The one that all calls of a network pay from. It hears of the first good answer to whichever call, tried again or not. */
export function budgetOf(network: Network): RetryBudget {
  const known = budgets.get(network);
  if (known) return known;
  const budget = createRetryBudget();
  budgets.set(network, budget);
  const { settings } = internalsOf(network);
  // Innermost, so that the names of the others stay, and what they answer by themselves is no answer of the server.
  const hear: HttpInterceptor = (request, next) =>
    next(request).pipe(
      tap(({ ok }) => {
        if (ok) budget.earn();
      }),
    );
  const set = (interceptors: readonly HttpInterceptor[]) => Object.assign(settings, { interceptors });
  set([...settings.interceptors, hear]);
  budget.answered$?.subscribe(() => set(settings.interceptors.filter((interceptor) => interceptor !== hear)));
  return budget;
}

/**
 * The wait for a retry: `soon$`, but `late$` where the server is in trouble as far as anybody has seen it. It is there, and not this
 * phone's connection alone.
 */
export function afterTrouble$<T>(
  { answered$ }: RetryBudget,
  status: number | undefined,
  askedMs: number | undefined,
  soon$: Observable<T>,
  late$: Observable<T>,
): Observable<T> {
  const isTrouble = status !== undefined && (status === 429 || status >= 500);
  if (!answered$ || askedMs !== undefined || !isTrouble) return soon$;
  return race(
    late$,
    answered$.pipe(
      take(1),
      mergeMap(() => soon$),
    ),
  );
}
