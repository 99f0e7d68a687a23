import { catchError, defer, EMPTY, endWith, filter, mergeMap, of, type Observable } from 'rxjs';
import { isNetworkError } from '../platform/network-error.js';
import type { Store } from '../resilience/store.js';

/** An answer on the device. */
export interface StoredAnswer {
  readonly value: unknown;
  readonly etag?: string | undefined;
  /** When it was answered, by the clock. */
  readonly atMs: number;
  /** When it was last of use. */
  readonly usedAtMs: number;
  readonly tags: readonly string[];
}

/** More than this the platform takes for one key, key and all. Characters, of which each may be three bytes. */
const LONGEST = 300_000;
/** So many are taken out, the oldest first, before an answer is left out that has no room. */
const MAX_TAKEN_OUT = 8;

/** The answers that outlive the app. A store that fails is told, and is done without: nothing waits for it to write. */
export class StoredAnswers {
  constructor(
    private readonly store: Store<StoredAnswer>,
    private readonly warn: (what: string) => void,
  ) {}

  /** The answer, if there is one; what another version of the app has left is none. */
  read(key: string): Observable<StoredAnswer> {
    return defer(() => this.store.get(key)).pipe(
      filter(isStored),
      catchError((error: unknown) => {
        this.warn(`an answer is not read from the device: ${String(error)}`);
        return EMPTY;
      }),
    );
  }

  write(key: string, answer: StoredAnswer, text: string): void {
    if (text.length > LONGEST) {
      this.warn(`an answer of ${text.length} characters is kept in memory only: a key has room for 1 MB`);
      return;
    }
    this.tell(() => this.writeWithRoom(key, answer, MAX_TAKEN_OUT));
  }

  /** Takes out those that carry one of these tags, whether or not they are in memory. */
  removeTagged(tags: readonly string[]): void {
    this.tell(() =>
      this.store.entries().pipe(
        mergeMap((all) =>
          [...all].filter(([, stored]) => isStored(stored) && stored.tags.some((tag) => tags.includes(tag))),
        ),
        mergeMap(([key]) => this.store.remove(key)),
      ),
    );
  }

  clear(): void {
    this.tell(() => this.store.clear());
  }

  private writeWithRoom(key: string, answer: StoredAnswer, left: number): Observable<never> {
    return this.store.set(key, answer).pipe(
      catchError((error: unknown) => {
        if (left === 0 || !isNetworkError(error, 'storage-full')) throw error;
        return this.removeOldest(key).pipe(
          mergeMap((found) => {
            if (!found) throw error;
            return this.writeWithRoom(key, answer, left - 1);
          }),
        );
      }),
    );
  }

  /** Emits whether there was another. */
  private removeOldest(but: string): Observable<boolean> {
    return this.store.entries().pipe(
      mergeMap((all) => {
        const [oldest] = [...all].filter(([key]) => key !== but).sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
        return oldest ? this.store.remove(oldest[0]).pipe(endWith(true)) : of(false);
      }),
    );
  }

  private tell(work: () => Observable<unknown>): void {
    defer(work).subscribe({ error: (error: unknown) => this.warn(`an answer is not kept on the device: ${String(error)}`) });
  }
}

function isStored(stored: unknown): stored is StoredAnswer {
  const { atMs, usedAtMs, tags } = (stored ?? {}) as Partial<Record<keyof StoredAnswer, unknown>>;
  return typeof atMs === 'number' && typeof usedAtMs === 'number' && Array.isArray(tags);
}
