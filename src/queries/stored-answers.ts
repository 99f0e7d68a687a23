import { catchError, endWith, map, mergeMap, of, type Observable } from 'rxjs';
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

  /** The answer, or `undefined`, also for what another version of the app has left. Emits once. */
  read(key: string): Observable<StoredAnswer | undefined> {
    return this.store.get(key).pipe(
      map((stored: unknown) => (isStored(stored) ? stored : undefined)),
      catchError((error: unknown) => {
        this.warn(`answers on the device cannot be read: ${String(error)}`);
        return of(undefined);
      }),
    );
  }

  write(key: string, answer: StoredAnswer, text: string): void {
    if (text.length > LONGEST) {
      this.warn(`an answer of ${text.length} characters is kept in memory only: the platform takes 1 MB for a key`);
      return;
    }
    this.tell(this.writeWithRoom(key, answer, MAX_TAKEN_OUT));
  }

  /** Takes out those that carry one of these tags, whether or not they are in memory. */
  removeTagged(tags: ReadonlySet<string>): void {
    const tagged = (stored: unknown) => isStored(stored) && stored.tags.some((tag) => tags.has(tag));
    this.tell(this.removeWhere(tagged));
  }

  remove(key: string): void {
    this.tell(this.store.remove(key));
  }

  clear(): void {
    this.tell(this.store.clear());
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
        let oldest: string | undefined;
        for (const [key, { usedAtMs }] of all) {
          if (key !== but && (oldest === undefined || usedAtMs < (all.get(oldest)?.usedAtMs ?? 0))) oldest = key;
        }
        if (oldest === undefined) return of(false);
        return this.store.remove(oldest).pipe(endWith(true));
      }),
    );
  }

  private removeWhere(isOne: (stored: unknown) => boolean): Observable<never> {
    return this.store.entries().pipe(
      mergeMap((all) => [...all.keys()].filter((key) => isOne(all.get(key)))),
      mergeMap((key) => this.store.remove(key)),
    );
  }

  private tell(work$: Observable<unknown>): void {
    work$.subscribe({ error: (error: unknown) => this.warn(`an answer is not kept on the device: ${String(error)}`) });
  }
}

function isStored(stored: unknown): stored is StoredAnswer {
  const { atMs, usedAtMs, tags } = (stored ?? {}) as Partial<Record<keyof StoredAnswer, unknown>>;
  return typeof atMs === 'number' && typeof usedAtMs === 'number' && Array.isArray(tags);
}
