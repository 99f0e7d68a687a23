import type { Network } from '../network/create-network.js';
import { checkOptions } from '../platform/check-options.js';

/** How a budget is made. */
export interface RetryBudgetOptions {
  /** How many retries a good answer pays for: `0.1` lets one call in ten be tried again, in the long run. @defaultValue `0.1` */
  readonly ratio?: number | undefined;
  /** How many retries can be saved up: a whole number from 1, or `Infinity`. @defaultValue `10` */
  readonly capacity?: number | undefined;
  /**
   * How many are there at the start. Each phone that starts has them: with 0 an outage that a hundred thousand phones start into is met
   * by a tenth more calls, with 10 by up to four times as many (bench/fleet.ts). @defaultValue `capacity`
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
 * @throws RangeError when `ratio` is not from 0 to 1, or `initial` is not from 0 to `capacity`.
 */
export function createRetryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  checkOptions('createRetryBudget', options, { ratio: 'number', capacity: 'count or Infinity', initial: 'number' });
  const { ratio = 0.1, capacity = 10 } = options;
  if (!(ratio >= 0 && ratio <= 1)) throw new RangeError(`createRetryBudget: ratio must be from 0 to 1; got ${ratio}`);
  const { initial = capacity } = options;
  if (!(initial >= 0 && initial <= capacity)) {
    throw new RangeError(`createRetryBudget: initial must be from 0 to capacity, ${capacity}; got ${initial}`);
  }
  let left = initial;

  return {
    get left() {
      return left;
    },
    earn() {
      left = Math.min(capacity, left + ratio);
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

/** The one that all calls of a network pay from. */
export function budgetOf(network: Network): RetryBudget {
  const budget = budgets.get(network) ?? createRetryBudget();
  budgets.set(network, budget);
  return budget;
}
