import { asyncScheduler, defer, EMPTY, Observable, Subscription } from 'rxjs';
import type { Http } from '../network/calls/http.js';
import type { QueriesOptions } from './create-queries.js';
import { isObject } from '../platform/field-text.js';
import { watcherOf } from '../network/internals.js';
import { firstValue$ } from './first-value.js';
import { invalidationsOf } from './invalidations.js';
import type { Question } from './question.js';
import type { Answered, Query, Wanted, Watcher } from './query.js';
import { queryShelf } from './query-shelf.js';
import type { QueryOptions, QueryOrigin, QueryState } from './query-state.js';
import type { StoredAnswers } from './stored-answers.js';

/** All queries of an app: who asks whom for what, and when. */
export interface QueryKeeper {
  /** @param every - Shows an answer also where it is the same as the one before. */
  watch$(question: Question, options: QueryOptions, every?: boolean): Observable<QueryState<never>>;
  /** Asks `more` of the query of that question, after what runs for it; nothing where nobody watches. */
  more(question: Question, more: Question): void;
  change(question: Question, apply: (value: never) => unknown): { undo(): void };
  invalidate(tags: readonly string[]): void;
  clear(): void;
}

const KEEP_MS = 300_000;
/** An answer on the device that is used, and has not changed, is written again after this. Milliseconds. */
const KEEP_AGAIN_MS = 3_600_000;
/** After a return the questions of all apps do not go out in one moment. Milliseconds. */
const SPREAD_MS = 1_000;

/** Makes what `createQueries` stands on. */
export function createKeeper(http$: Http, options: QueriesOptions, stored: StoredAnswers | undefined): QueryKeeper {
  const { network, maxBytes = 2_000_000, identity = () => '', random = Math.random } = options;
  const { scheduler = asyncScheduler, app$ = EMPTY, wx = {} } = { ...network };
  const nowMs = () => scheduler.now();
  const shelf = queryShelf(maxBytes, nowMs);
  const invalidations = invalidationsOf();
  let order = 0;
  /** Nobody has been asked for yet. */
  let user: string | undefined;
  let isHidden = false;
  let usesPrefetch = true;

  /** Of the questions that are asked again, for the user of now: a text that is made anew is hashed anew. */
  let keys = new WeakMap<Question, string>();
  const keyOf = (question: Question) => {
    let key = keys.get(question);
    if (!key) keys.set(question, (key = `${user ?? ''}\n${question.id}`));
    return key;
  };
  /** The query of a question, without an answer of before an invalidation: another caller may have asked without that tag. */
  const queryOf = (question: Question, wanted: Wanted) => {
    const query = shelf.use(keyOf(question), question).with(wanted);
    if (!invalidations.areKnown(query.tags, query.order)) query.forget();
    return query;
  };

  /** Somebody else may use the app since the last time: who watches is shown that one's answers from now on. */
  const look = () => {
    const before = user;
    const given: unknown = identity();
    // All objects would be one user.
    if (isObject(given)) throw new TypeError('identity must return text');
    user = String(given);
    if (user === before) return;
    keys = new WeakMap();
    if (before === undefined) return;
    usesPrefetch = false;
    for (const query of shelf.all()) {
      const moved = [...query.watchers];
      query.stop();
      moved.forEach(leave);
      for (const watcher of moved) {
        watcher.last = undefined;
        join(watcher, queryOf(query.question, query));
      }
    }
  };

  const known = (question: Question) => {
    look();
    return shelf.find(keyOf(question));
  };

  const settle = (query: Query, answer: Answered, origin: QueryOrigin) => {
    try {
      query.settle(answer, origin, nowMs());
    } finally {
      shelf.makeRoom();
    }
  };

  /** Does something for a query, which knows by its flight that nobody else has to; what comes is for who has waited for it. */
  const fly = <Value>(query: Query, work$: Observable<Value>, land: (value: Value) => void) => {
    const flight = (query.flight = new Subscription());
    const end = (work: () => void) => {
      let last = work;
      try {
        look();
      } catch (error) {
        // What the app's own function throws is why there is no answer.
        last = () => query.fail(error);
      }
      // Another user's, forgotten, or of no use to anybody any more.
      if (flight.closed) return;
      query.flight = undefined;
      flight.unsubscribe();
      last();
      askBehind(query);
    };
    const failed = (problem: unknown) => end(() => query.fail(problem));
    flight.add(
      work$.subscribe({
        next: (value) => end(() => land(value)),
        error: failed,
        complete: () => failed(new Error('no answer')),
      }),
    );
  };

  /** Asks, if nobody has asked yet. */
  const ask = (query: Query, question: Question = query.question) => {
    if (query.flight || isHidden) return;
    const asked = (query.asked = ++order);
    const answer$ = defer(() => question.ask$(http$, query.before));
    fly(query, answer$, (answered) => {
      const { text: before } = { ...query.answer };
      settle(query, { ...answered, atMs: nowMs(), order: asked }, 'network');
      keep(query, before);
    });
  };

  const askBehind = (query: Query) => {
    const { behind } = query;
    if (!behind || isHidden || query.flight || !query.answer || query.watchers.size === 0) return;
    query.behind = undefined;
    ask(query, behind);
  };

  /** Writes it down where it says anything new; else now and then, as the device lets go what was used least recently. */
  const keep = (query: Query, before: string | undefined) => {
    const { key, answer, persist, tags, keptAt } = query;
    const { value, etag, atMs = 0, text } = { ...answer };
    const now = nowMs();
    if (!persist || text === undefined || (text === before && Math.abs(now - keptAt) < KEEP_AGAIN_MS)) return;
    query.keptAt = now;
    stored?.write(key, { value, etag, atMs, usedAtMs: now, tags: [...tags] }, text);
  };

  /** Looks for a value that is there without the network, then asks where that is not fresh. */
  const load = (query: Query, backgroundFetch: QueryOptions['backgroundFetch']) => {
    query.isLoaded = true;
    const fetchType = usesPrefetch && backgroundFetch;
    if (fetchType) usesPrefetch = false;
    const found$ = firstValue$(wx, fetchType, query.persist && stored ? stored.read(query.key) : EMPTY, scheduler);
    fly(query, found$, (found) => {
      if (found && invalidations.areKnown(query.with(found).tags, 0)) {
        const { origin, usedAtMs, text } = found;
        settle(query, { ...found, order: 0 }, origin);
        query.keptAt = usedAtMs;
        keep(query, text);
      }
      askWhereStale(query);
    });
  };

  /** Forgets its answer; of one that is watched another is asked for, if `again` says so. */
  const renew = (query: Query, again: boolean) => {
    if (query.watchers.size === 0) shelf.drop(query);
    else {
      query.forget();
      if (again) ask(query);
    }
  };

  const askWhereStale = (query: Query) => {
    const now = nowMs();
    if ([...query.watchers].some(({ freshMs }) => !query.isFresh(freshMs, now))) ask(query);
  };

  const join = (watcher: Watcher, query: Query) => {
    watcher.query = query;
    query.watchers.add(watcher);
    const now = nowMs();
    query.show(watcher, 'memory', now);
    if (query.flight || !query.watchers.has(watcher)) return;
    if (!query.answer && !query.isLoaded) load(query, watcher.backgroundFetch);
    else if (!query.isFresh(watcher.freshMs, now)) ask(query);
  };

  const leave = (watcher: Watcher) => {
    const { query } = watcher;
    query.watchers.delete(watcher);
    if (query.watchers.size > 0) return;
    query.leftAt = nowMs();
    query.stop();
    if (!query.answer) shelf.drop(query);
    shelf.makeRoom();
  };

  const watch$ = (question: Question, given: QueryOptions, every?: boolean): Observable<QueryState<never>> =>
    new Observable((subscriber) => {
      look();
      const { freshMs = 0, keepMs = KEEP_MS, backgroundFetch } = given;
      const query = queryOf(question, { ...given, keepMs });
      // Whoever looks into the network is told what made no call (decisions/0060).
      const looker = watcherOf(network);
      const watcher: Watcher = {
        subscriber: looker ? looker.watchQuery(query, subscriber) : subscriber,
        freshMs,
        backgroundFetch,
        every,
        query,
      };
      subscriber.add(() => leave(watcher));
      join(watcher, query);
    });

  app$.subscribe(({ visibility }) => {
    const wasHidden = isHidden;
    isHidden = visibility === 'background';
    if (!wasHidden || isHidden) return;
    scheduler.schedule(() => {
      look();
      for (const query of shelf.all()) {
        askWhereStale(query);
        askBehind(query);
      }
    }, random() * SPREAD_MS);
  });
  (wx as MemoryWarningPort).onMemoryWarning?.(() => shelf.makeRoom(-1));

  return {
    watch$,
    more(question, more) {
      const query = known(question);
      if (!query) return;
      // Behind what runs: that may change which page is the last one.
      query.behind = more;
      askBehind(query);
    },
    change(question, apply) {
      const query = known(question);
      if (!query?.answer) return { undo() {} };
      const undo = query.change({ order: ++order, apply }, nowMs);
      return {
        undo() {
          look();
          undo();
        },
      };
    },
    invalidate(tags) {
      if (!tags.every((tag) => typeof tag === 'string')) throw new TypeError('invalidate: write the tags one by one');
      // Before the look: it may show somebody else what is kept for them.
      invalidations.add(tags, ++order);
      look();
      stored?.removeTagged(tags);
      for (const query of shelf.all()) {
        if (tags.some((tag) => query.tags.has(tag))) renew(query, true);
      }
    },
    clear() {
      look();
      stored?.clear();
      // Who waits for what was asked for before waits for another.
      for (const query of shelf.all()) renew(query, !!query.flight);
    },
  };
}

interface MemoryWarningPort {
  onMemoryWarning?(listener: () => void): void;
}
