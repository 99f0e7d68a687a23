import { Query } from './query.js';
import type { Question } from './question.js';

/** The queries that are kept, from the least to the most recently used, and which of them have to go. */
export class QueryShelf {
  private readonly queries = new Map<string, Query>();

  /**
   * @param maxBytes - So many bytes of answers are kept of queries that nobody watches.
   * @param now - The clock of the network, in milliseconds.
   */
  constructor(
    private readonly maxBytes: number,
    private readonly now: () => number,
  ) {}

  all(): readonly Query[] {
    return [...this.queries.values()];
  }

  find(key: string): Query | undefined {
    return this.queries.get(key);
  }

  /** The query of that key, a new one where there is none, as the most recently used. */
  use(key: string, question: Question): Query {
    const found = this.queries.get(key);
    if (found && this.isOver(found)) this.drop(found);
    const query = this.queries.get(key) ?? new Query(key, question);
    // The last one of the map is the one used last.
    this.queries.delete(key);
    this.queries.set(key, query);
    return query;
  }

  drop(query: Query): void {
    query.forget();
    this.queries.delete(query.key);
  }

  dropUnused(): void {
    for (const query of this.all()) if (isUnused(query)) this.drop(query);
  }

  makeRoom(): void {
    // Counted anew: a subscriber may invalidate an answer, or leave, while it is told of it.
    let bytes = this.all().reduce((sum, { size }) => sum + size, 0);
    for (const query of this.all()) {
      if (!isUnused(query) || !(bytes > this.maxBytes || this.isOver(query))) continue;
      bytes -= query.size;
      this.drop(query);
    }
  }

  /** Nobody has watched it for as long as it was to be kept. */
  private isOver(query: Query): boolean {
    return isUnused(query) && this.now() - query.leftAt > query.keepMs;
  }
}

function isUnused({ watchers, flight }: Query): boolean {
  return watchers.size === 0 && !flight;
}
