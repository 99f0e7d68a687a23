import { Subscription, type Subscriber } from 'rxjs';
import type { NetworkError } from '../platform/network-error.js';
import { isBytes } from '../platform/is-bytes.js';
import { problemOfJson } from '../platform/json-problem.js';
import { isPromise } from '../platform/is-promise.js';
import { frozen } from './frozen.js';
import type { QueryOptions, QueryOrigin, QueryState } from './query-state.js';
import { textOf, type Question, type Reply } from './question.js';

/** What was answered. */
export interface Answered extends Reply {
  /** When, by the clock. */
  readonly atMs: number;
  /** Which of all questions and changes it was: it knows of what came before. */
  readonly order: number;
}

/** Whoever watches a query. */
export interface Watcher {
  readonly subscriber: Subscriber<QueryState<never>>;
  readonly freshMs: number;
  readonly backgroundFetch: QueryOptions['backgroundFetch'];
  /** It is told of an answer that is the same, too. */
  readonly every: boolean | undefined;
  /** What it watches now. */
  query: Query;
  /** What it has been shown last. */
  last?: QueryState<never> | undefined;
}

/** How it is to be kept. */
export interface Wanted extends Pick<QueryOptions, 'keepMs' | 'persist'> {
  readonly tags?: Iterable<string> | undefined;
}

/** What is said of what is no change. */
export const NEEDS_CHANGE = 'change: write (value) => the new value, at once; change nothing within';

/** A change that has been made here, and of which the server may not know. */
export interface Change {
  readonly order: number;
  readonly apply: (value: never) => unknown;
}

/**
 * One question of one user: its last answer, the changes on top of it, and who watches. An answer takes the place of the one
 * before it, and of the changes that were made before it was asked for.
 */
export class Query {
  readonly watchers = new Set<Watcher>();
  readonly tags = new Set<string>();
  keepMs = 0;
  persist = false;
  /** What the server said last, though it may have been forgotten since: what a question may say of. */
  before: Answered | undefined;
  /** What runs for it: a question, or a look into the storage. */
  flight: Subscription | undefined;
  /** What is to be asked behind its flight. */
  behind: Question | undefined;
  /** When its flight was asked, in the order of all questions. */
  asked = Infinity;
  /** Since when nobody watches it, by the clock. */
  leftAt = 0;
  /** When it was written to the storage last, by the clock. */
  keptAt = -Infinity;
  /** The storage has been looked into. */
  isLoaded = false;
  private isForgotten = false;
  private isChanging = false;
  private changes: readonly Change[] = [];
  /** The answer with the changes, and its JSON. Both outlive the answer: no subscriber is shown the same value twice. */
  private value: unknown;
  private text: string | undefined;

  constructor(
    readonly key: string,
    readonly question: Question,
  ) {}

  /** Takes on what one more watcher wants of it, or another query had. */
  with({ keepMs = 0, tags = [], persist = false }: Wanted): this {
    this.keepMs = Math.max(this.keepMs, keepMs);
    this.persist ||= persist;
    for (const tag of tags) this.tags.add(tag);
    return this;
  }

  get answer(): Answered | undefined {
    return this.isForgotten ? undefined : this.before;
  }

  /** When the oldest was asked of what it has, or what it is about to have. */
  get order(): number {
    const { answer, flight } = this;
    return Math.min(answer ? answer.order : Infinity, flight ? this.asked : Infinity);
  }

  /** Ends what runs for it, and what was to run behind that. */
  stop(): void {
    const { flight } = this;
    this.flight = this.behind = undefined;
    flight?.unsubscribe();
  }

  /** Bytes, or nearly: two a character, which is what engines take. */
  get size(): number {
    const { text = '', value } = { ...this.answer };
    return 2 * (this.key + text).length + (isBytes(value) ? value.byteLength : 0);
  }

  isFresh(freshMs: number, now: number): boolean {
    const { answer } = this;
    const age = answer ? now - answer.atMs : -1;
    // A clock that was set back tells nothing.
    return age >= 0 && age < freshMs;
  }

  /** Takes an answer, and shows it where it says anything new. */
  settle(answer: Answered, origin: QueryOrigin, now: number): void {
    this.changes = this.changes.filter(({ order }) => order > answer.order);
    const { text } = answer;
    // The same as what is shown: the very object, so that nobody has to look into it.
    const isSame = text !== undefined && text === this.text;
    this.before = { ...answer, ...(isSame ? { value: this.value } : settled(answer.value, text)) };
    this.isForgotten = false;
    this.applyAndShow(now, origin);
  }

  /** Puts a change on top; gives back what takes it off. */
  change(change: Change, now: () => number): () => void {
    if (this.isChanging) throw new TypeError(NEEDS_CHANGE);
    this.changes = [...this.changes, change];
    this.applyAndShow(now());
    return () => {
      if (!this.changes.includes(change)) return;
      this.changes = this.changes.filter((other) => other !== change);
      this.applyAndShow(now());
    };
  }

  /** Forgets the answer, and what was made of it. Who watches keeps what it was shown. */
  forget(): void {
    this.stop();
    // What is on the device is not newer.
    this.isForgotten = this.isLoaded = true;
    this.changes = [];
  }

  /** Shows a watcher what there is, unless it has seen just that. */
  show(watcher: Watcher, origin: QueryOrigin, now: number): void {
    if (!this.answer) return;
    const { last, every, freshMs } = watcher;
    const value = this.value as never;
    if (last && !every && last.value === value && last.problem === undefined) return;
    const stale = this.changes.length > 0 || !(origin === 'network' || this.isFresh(freshMs, now));
    tell(watcher, { value, from: origin, stale });
  }

  /** Tells why there is no newer answer: with what a watcher has seen, or as its end, where that is nothing. */
  fail(problem: unknown): void {
    this.forEach((watcher) => {
      const { last, subscriber } = watcher;
      if (last) tell(watcher, { ...last, stale: true, problem: problem as NetworkError });
      else subscriber.error(problem);
    });
  }

  private applyAndShow(now: number, origin: QueryOrigin = 'memory'): void {
    try {
      this.apply();
    } finally {
      this.forEach((watcher) => this.show(watcher, origin, now));
    }
  }

  private forEach(work: (watcher: Watcher) => void): void {
    // A subscriber may make others leave while it is told, or watch for another user.
    for (const watcher of [...this.watchers]) if (this.watchers.has(watcher)) work(watcher);
  }

  /** Makes what is shown. A change that throws is taken off; what it threw is thrown in the end. */
  private apply(): void {
    const { answer } = this;
    if (!answer) return;
    let { value } = answer;
    const thrown: unknown[] = [];
    this.isChanging = true;
    const changes = this.changes.filter(({ apply }) => {
      try {
        const next = apply(value as never);
        if (isPromise(next)) throw new TypeError(NEEDS_CHANGE);
        value = frozen(next);
        return true;
      } catch (error) {
        thrown.push(error);
        return false;
      }
    });
    this.isChanging = false;
    this.changes = changes;
    this.value = value;
    this.text = (changes.length === 0 ? answer : settled(value, textOf(value))).text;
    if (thrown.length > 0) throw thrown[0];
  }
}

/** A value as it is shared, and its text where that says all of it: of a `Map` it does not. */
function settled(value: unknown, text: string | undefined): Pick<Reply, 'value' | 'text'> {
  return { value: frozen(value), text: problemOfJson(value) ? undefined : text };
}

function tell(watcher: Watcher, state: QueryState<never>): void {
  watcher.last = state;
  watcher.subscriber.next(state);
}
