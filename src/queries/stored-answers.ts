import { catchError, concat, defer, EMPTY, filter, mergeMap, type Observable } from 'rxjs';
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
export interface StoredAnswers {
  /** The answer, if there is one; what another version of the app has left is none. */
  read(key: string): Observable<StoredAnswer>;
  write(key: string, answer: StoredAnswer, text: string): void;
  /** Takes out those that carry one of these tags, whether or not they are in memory. */
  removeTagged(tags: readonly string[]): void;
  clear(): void;
}

/** Functions and no class: names of members stay as long as they are in what apps bundle. */
export function storedAnswers(store: Store<StoredAnswer>, warn: (what: string) => void): StoredAnswers {
  const failed = (done: string) => (error: unknown) => {
    warn(`an answer is not ${done} the device: ${String(error)}`);
    return EMPTY;
  };
  const tell = (work: () => Observable<unknown>): void => {
    defer(work)
      .pipe(catchError(failed('kept on')))
      .subscribe();
  };

  const writeWithRoom = (key: string, answer: StoredAnswer, left: number): Observable<never> =>
    store.set(key, answer).pipe(
      catchError((error: unknown) => {
        if (left === 0 || !isNetworkError(error, 'storage-full')) throw error;
        return store.entries().pipe(
          mergeMap((all) => {
            const others = [...all].filter(([other]) => other !== key);
            const [oldest] = others.sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
            if (!oldest) throw error;
            return concat(store.remove(oldest[0]), writeWithRoom(key, answer, left - 1));
          }),
        );
      }),
    );

  return {
    read: (key) => defer(() => store.get(key)).pipe(filter(isStored), catchError(failed('read from'))),
    write(key, answer, text) {
      tell(() => {
        if (text.length > LONGEST) throw new Error(`a key has no room for ${text.length} characters`);
        return writeWithRoom(key, answer, MAX_TAKEN_OUT);
      });
    },
    removeTagged(tags) {
      tell(() =>
        store.entries().pipe(
          mergeMap((all) =>
            [...all].filter(([, stored]) => isStored(stored) && stored.tags.some((tag) => tags.includes(tag))),
          ),
          mergeMap(([key]) => store.remove(key)),
        ),
      );
    },
    clear: () => tell(() => store.clear()),
  };
}

function isStored(stored: unknown): stored is StoredAnswer {
  const { atMs, tags } = { ...(stored as object) } as Partial<StoredAnswer>;
  return typeof atMs === 'number' && Array.isArray(tags);
}
