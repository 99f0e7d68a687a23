import { AsyncSubject, ignoreElements, takeWhile, type Observable } from 'rxjs';
import type { Http } from '../network/calls/http.js';
import type { HttpRequest } from '../network/calls/http-request.js';
import type { Network } from '../network/create-network.js';
import { each } from '../operators/each.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { copyOf } from '../platform/copy-of.js';
import { NetworkError } from '../platform/network-error.js';
import { requestKey } from '../resilience/request-key.js';
import type { Store } from '../resilience/store.js';
import { createKeeper } from './keeper.js';
import { answer$, type Question } from './question.js';
import { NEEDS_CHANGE } from './query.js';
import { pagedQuery, type PagedQuery, type PagesOptions } from './pages.js';
import type { QueryOptions, QueryState } from './query-state.js';
import { storedAnswers, type StoredAnswer } from './stored-answers.js';

/** What all queries share. */
export interface QueriesOptions {
  /** The network of `http$`: with it answers are asked for again after a return, and only in front. @defaultValue none: its clock is `asyncScheduler` */
  readonly network?: Network | undefined;
  /** Where answers are kept that `persist`. @defaultValue none */
  readonly store?: Store<StoredAnswer> | undefined;
  /** How many bytes the answers in memory may take; the least recently used go first, and never one that is watched. @defaultValue `2_000_000` */
  readonly maxBytes?: number | undefined;
  /**
   * Whose answers they are, such as the user's id: asked at each use. What one was answered, another is never shown.
   *
   * @defaultValue all are the same one's
   */
  readonly identity?: (() => string) | undefined;
  /** Gets each sentence on a store that fails. @defaultValue `console.warn` */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** From 0 to 1; tests hand in their own. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/** Answers that are kept, shared and fresh. */
export interface Queries {
  /** Shows what there is, and what comes: see {@link createQueries}. It ends only with an error, where there is nothing to show. */
  watch$<Value = unknown>(request: string | HttpRequest, options?: QueryOptions): Observable<QueryState<Value>>;
  /** A list that is read page by page, as one query. */
  pages<Page = unknown>(first: string | HttpRequest, options: PagesOptions<Page>): PagedQuery<Page>;
  /**
   * Forgets all answers with one of these tags, and asks for those that are watched. An answer that was asked for before is shown
   * to nobody who has not seen it, and kept nowhere.
   */
  invalidate(...tags: readonly string[]): void;
  /**
   * Shows at once what the server is going to say, until it says something that it was asked after this.
   *
   * @param change - Makes the new value; it must not write into the old one, which is frozen.
   * @returns `undo` takes the change back, and nothing of what came since.
   */
  change<Value = unknown>(request: string | HttpRequest, change: (value: Value) => Value): { undo(): void };
  /** Asks at once, unless there is a fresh answer; what it returns completes when it is there, or errors. */
  prefetch(request: string | HttpRequest, options?: QueryOptions): Observable<never>;
  /** Forgets everything, on the device too. Who watches keeps what it was shown. */
  clear(): void;
}

declare const console: { warn(message: string): void };

/** So many addresses are remembered as questions. */
const MAX_REMEMBERED = 1_000;

/**
 * Makes a keeper of answers: what was answered is shown at once, and asked for again where it is not fresh.
 *
 * ```text
 * watch$  m-----n        m = from memory, stale; n = the new answer
 * watch$  m              the new answer is the same: nothing is emitted, so no setData runs
 * wire    ---r|          one question for all who watch
 * ```
 *
 * - **Shared**: who asks for the same watches the same. When the last one leaves, a question that runs is aborted.
 * - **Fresh**: an answer younger than `freshMs` is not asked for again. In front only, and after a return within a second, spread.
 * - **Tags**: `invalidate('items')` after a POST. What was asked for before it is shown to nobody.
 * - **Whose**: with `identity`, nobody is shown another's answer. An answer that comes after a switch is dropped.
 * - **Bounded**, in memory and on the device; least recently used out first. A memory warning drops all that nobody watches.
 * - An `ETag` is sent back as `If-None-Match`: a 304 is an unchanged answer.
 * - Values are shared, and therefore frozen.
 *
 * A status outside 200–299 is an error. Where there is a value, it comes with a `problem`; where there is none, the stream ends.
 *
 * @example
 * ```ts
 * const queries = createQueries(http$, { network, identity: () => user.id });
 *
 * queries
 *   .watch$<Item[]>('/items', { freshMs: 30_000, tags: ['items'] })
 *   .pipe(takeUntilUnload(this))
 *   .subscribe(({ value, stale }) => this.setData({ items: value, stale }));
 * http$.post('/items', draft).pipe(requireOk()).subscribe(() => queries.invalidate('items'));
 * ```
 *
 * @throws TypeError when `http$` is no function, or an option is not what it should be.
 */
export function createQueries(http$: Http, options: QueriesOptions = {}): Queries {
  if (typeof http$ !== 'function') throw new TypeError(`createQueries: expected http$; got ${typeof http$}`);
  checkOptions('createQueries', options, OPTIONS);
  const { onWarning = (message: string) => console.warn(message) } = options;
  const stored = options.store && storedAnswers(options.store, (what) => each([`rx-miniprogram: ${what}`], onWarning));

  const keeper = createKeeper(http$, options, stored);
  /** Of the addresses that were asked for by nothing else. */
  const questions = new Map<unknown, AnswerQuestion>();

  const questionOf = (given: string | HttpRequest): AnswerQuestion => {
    const known = questions.get(given);
    if (known) return known;
    // What it is asked with must not change until it is asked again.
    const request = typeof given === 'string' ? { url: given } : copyOf(given);
    const id = requestKey(request);
    if (id !== undefined) {
      const question: AnswerQuestion = { id, request, ask$: (http$, before) => answer$(http$, request, before) };
      if (typeof given === 'string' && questions.size < MAX_REMEMBERED) questions.set(given, question);
      return question;
    }
    const what = 'a query must be safe to ask twice: GET, HEAD, or an idempotencyKey, and no function';
    throw new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'request', url: request.url });
  };
  const checked = (who: string, given: QueryOptions): QueryOptions => {
    checkOptions(who, given, QUERY_OPTIONS);
    const { freshMs = 0 } = given;
    if (!(freshMs >= 0)) throw new TypeError(`${who}: freshMs must be milliseconds from 0; got ${freshMs}`);
    return given.tags ? { ...given, tags: [...given.tags] } : given;
  };

  const watch$ = (who: string, request: string | HttpRequest, given: QueryOptions = {}, every?: boolean) =>
    keeper.watch$(questionOf(request), checked(who, given), every);

  return {
    watch$: (request, given) => watch$('watch$', request, given),
    pages: (first, { next, ...given }) => pagedQuery(questionOf, first, next, checked('pages', given), keeper),
    invalidate: (...tags) => keeper.invalidate(tags),
    change(request, change) {
      if (typeof change !== 'function') throw new TypeError(NEEDS_CHANGE);
      return keeper.change(questionOf(request), change);
    },
    prefetch(request, given = {}) {
      const done$ = new AsyncSubject<never>();
      watch$('prefetch', request, given, true)
        .pipe(
          takeWhile(({ from, stale, problem }) => {
            if (problem) throw problem;
            return stale && from !== 'network';
          }),
          ignoreElements(),
        )
        .subscribe(done$);
      return done$;
    },
    clear: () => keeper.clear(),
  };
}

interface AnswerQuestion extends Question {
  readonly request: HttpRequest;
}

const OPTIONS: KindsOf<QueriesOptions> = {
  network: 'object',
  store: 'object',
  maxBytes: 'count',
  identity: 'function',
  onWarning: 'function',
  random: 'function',
};
const QUERY_OPTIONS: KindsOf<QueryOptions> = {
  freshMs: 'number',
  keepMs: 'delay',
  tags: 'array',
  persist: 'boolean',
  backgroundFetch: ['pre', 'periodic'],
};
