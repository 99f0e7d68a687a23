import { Subscription, type Subscriber } from 'rxjs';
import type { NetworkError } from '../platform/network-error.js';
import { isPromise } from '../platform/is-promise.js';
import { frozen } from './frozen.js';
import type { QueryOptions, QueryOrigin, QueryState } from './query-state.js';
import type { Question, Reply } from './question.js';

/** What was answered. */
export interface Answered extends Reply {
  /** When, by the clock. */
  readonly atMs: number;
  /** Which of all questions and changes it was: it knows of what came before. */
  readonly order: number;
}

/** What is shown, and its JSON. */
type Shown = Pick<Reply, 'value' | 'text'>;
const NOTHING: Shown = { value: undefined, text: undefined };

/** Whoever watches a query. */
export interface Watcher {
  readonly subscriber: Subscriber<QueryState<never>>;
  readonly freshMs: number;
  readonly backgroundFetch: QueryOptions['backgroundFetch'];
  /** It is told of an answer that is the same, too. */
  readonly every: boolean;
  /** What it watches now. */
  query: Query;
  /** What it has been shown last. */
  shown?: unknown;
  wasShown: boolean;
  problem?: unknown;
}

/** How it is to be kept. */
export interface Wanted extends Pick<QueryOptions, 'keepMs' | 'persist'> {
  readonly tags?: Iterable<string> | undefined;
}

/** What is said of what is no change. */
export const NEEDS_CHANGE = 'change: write (value) => the new value, at once';

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
  answer: Answered | undefined;
  origin: QueryOrigin = 'network';
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
  private changes: readonly Change[] = [];
  private changed: unknown;
  private isChanging = false;
  /** The answer that was forgotten. */
  private last: Answered | undefined;
  /** What was shown of it, so that no subscriber is shown the same value twice. */
  private lastShown: Shown = NOTHING;

  constructor(
    readonly key: string,
    readonly question: Question,
  ) {}

  /** Takes on what one more watcher wants of it, or another query had. */
  with({ keepMs, tags = [], persist = false }: Wanted, usualMs = 0): this {
    this.keepMs = Math.max(this.keepMs, keepMs ?? usualMs);
    this.persist ||= persist;
    for (const tag of tags) this.tags.add(tag);
    return this;
  }

  /** What the server said last, though it may have been forgotten since: what a question may say of. */
  get before(): Answered | undefined {
    return this.answer ?? this.last;
  }

  /** When the oldest was asked of what it has, or what it is about to have. */
  get order(): number {
    return Math.min(this.answer?.order ?? Infinity, this.flight ? this.asked : Infinity);
  }

  /** Ends what runs for it, and what was to run behind that. */
  stop(): void {
    const { flight } = this;
    this.flight = this.behind = undefined;
    flight?.unsubscribe();
  }

  /** Bytes, or nearly: two a character, which is what engines take. */
  get size(): number {
    if (!this.answer) return 0;
    const { text, value } = this.answer;
    return 2 * (this.key.length + (text?.length ?? 0)) + ((value as Partial<ArrayBuffer> | undefined)?.byteLength ?? 0);
  }

  /** The answer with the changes. */
  get value(): unknown {
    return this.changes.length === 0 ? this.answer?.value : this.changed;
  }

  isFresh(freshMs: number, now: number): boolean {
    if (!this.answer) return false;
    const age = now - this.answer.atMs;
    // A clock that was set back tells nothing.
    return age >= 0 && age < freshMs;
  }

  /** Takes an answer, and shows it where it says anything new. */
  settle(answer: Answered, origin: QueryOrigin, now: number): void {
    const { value: before, text } = this.answer ? this.shown : this.lastShown;
    const sameText = answer.text !== undefined && text === answer.text;
    this.last = undefined;
    this.lastShown = NOTHING;
    this.changes = this.changes.filter(({ order }) => order > answer.order);
    // The same as what is shown: the very object, so that nobody has to look into it.
    this.answer = { ...answer, value: sameText ? before : frozen(answer.value) };
    this.origin = origin;
    this.applyAndShow(now, origin);
  }

  /** Puts a change on top; gives back what takes it off. */
  change(change: Change, now: () => number): () => void {
    if (this.isChanging) throw new TypeError('change: a change cannot make another one');
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
    if (this.answer) this.lastShown = this.shown;
    this.last = this.before;
    // What is on the device is not newer.
    this.isLoaded = true;
    this.answer = undefined;
    this.changes = [];
    this.changed = undefined;
  }

  /** Shows a watcher what there is, unless it has seen just that. */
  show(watcher: Watcher, origin: QueryOrigin, now: number): void {
    if (!this.answer) return;
    const { value } = this;
    if (watcher.wasShown && !watcher.every && watcher.shown === value && watcher.problem === undefined) return;
    watcher.shown = value;
    watcher.wasShown = true;
    watcher.problem = undefined;
    const stale = this.changes.length > 0 || !(origin === 'network' || this.isFresh(watcher.freshMs, now));
    watcher.subscriber.next({ value: value as never, from: origin, stale });
  }

  /** Tells why there is no newer answer: with what a watcher has seen, or as its end, where that is nothing. */
  fail(problem: unknown): void {
    for (const watcher of [...this.watchers]) {
      if (!this.watchers.has(watcher)) continue;
      if (!watcher.wasShown) {
        watcher.subscriber.error(problem);
        continue;
      }
      watcher.problem = problem;
      const told = problem as NetworkError;
      watcher.subscriber.next({ value: watcher.shown as never, from: this.origin, stale: true, problem: told });
    }
  }

  private applyAndShow(now: number, origin: QueryOrigin = 'memory'): void {
    try {
      this.apply();
    } finally {
      this.showAll(now, origin);
    }
  }

  private showAll(now: number, origin: QueryOrigin): void {
    // A subscriber may make others leave while it is told, or watch for another user.
    for (const watcher of [...this.watchers]) if (this.watchers.has(watcher)) this.show(watcher, origin, now);
  }

  /** Makes what is shown. A change that throws is taken off; what it threw is thrown in the end. */
  private apply(): void {
    if (!this.answer) return;
    let { value } = this.answer;
    const thrown: unknown[] = [];
    this.isChanging = true;
    this.changes = this.changes.filter(({ apply }) => {
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
    this.changed = value;
    if (thrown.length > 0) throw thrown[0];
  }

  private get shown(): Shown {
    const text = this.changes.length === 0 ? this.answer?.text : JSON.stringify(this.changed);
    return { value: this.value, text };
  }
}
