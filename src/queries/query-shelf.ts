import { Query } from './query.js';
import type { Question } from './question.js';

/** The queries that are kept, from the least to the most recently used, and which of them have to go. */
export interface QueryShelf {
  all(): readonly Query[];
  find(key: string): Query | undefined;
  /** The query of that key, a new one where there is none, as the most recently used. */
  use(key: string, question: Question): Query;
  drop(query: Query): void;
  /** Drops what nobody watches any more, until no more bytes than this are kept of it. */
  makeRoom(most?: number): void;
}

/**
 * Functions and no class: names of members stay as long as they are in what apps bundle.
 *
 * @param maxBytes - So many bytes of answers are kept of queries that nobody watches.
 * @param now - The clock of the network, in milliseconds.
 */
export function queryShelf(maxBytes: number, now: () => number): QueryShelf {
  const queries = new Map<string, Query>();
  const all = () => [...queries.values()];
  const drop = (query: Query) => {
    query.forget();
    queries.delete(query.key);
  };
  const isUnused = ({ watchers, flight }: Query) => watchers.size === 0 && !flight;
  /** Nobody has watched it for as long as it was to be kept. */
  const isOver = (query: Query) => isUnused(query) && now() - query.leftAt > query.keepMs;

  return {
    all,
    drop,
    find: (key) => queries.get(key),
    use(key, question) {
      let query = queries.get(key);
      if (!query || isOver(query)) query = new Query(key, question);
      // The last one of the map is the one used last.
      queries.delete(key);
      queries.set(key, query);
      return query;
    },
    makeRoom(most = maxBytes) {
      // Counted anew: one who is told of an answer may invalidate it, or leave, in the middle of it.
      let bytes = all().reduce((sum, { size }) => sum + size, 0);
      for (const query of all()) {
        if (!isUnused(query) || !(bytes > most || isOver(query))) continue;
        bytes -= query.size;
        drop(query);
      }
    },
  };
}
