import { catchError, concat, endWith, filter, map, Observable, of, take } from 'rxjs';
import { textOf, type Reply } from './question.js';
import type { QueryOptions, QueryOrigin } from './query-state.js';
import type { StoredAnswer } from './stored-answers.js';

/** A value that was there before the network was asked. */
export interface FirstValue extends Reply {
  readonly atMs: number;
  readonly origin: QueryOrigin;
  readonly tags?: readonly string[] | undefined;
}

/** The part of `wx` that tells what the platform has fetched before the app was there. */
interface BackgroundFetchPort {
  getBackgroundFetchData?(option: {
    fetchType: string;
    success: (result: { readonly fetchedData?: string; readonly timeStamp?: number }) => void;
    fail: () => void;
  }): void;
}

/** The first that there is: of what the platform has fetched, or of the storage. Emits once, `undefined` where there is none. */
export function firstValue$(
  port: unknown,
  fetchType: QueryOptions['backgroundFetch'],
  stored$: Observable<StoredAnswer | undefined> | undefined,
): Observable<FirstValue | undefined> {
  return concat(
    fetchType === undefined ? of(undefined) : fetched$(port as BackgroundFetchPort | undefined, fetchType),
    (stored$ ?? of(undefined)).pipe(
      map((stored) => stored && { ...stored, text: textOf(stored.value), origin: 'storage' as const }),
    ),
  ).pipe(
    filter((found) => found !== undefined),
    endWith(undefined),
    take(1),
  );
}

/** Android fails where there is nothing, iOS succeeds with nothing, and HarmonyOS has no such member. */
function fetched$(port: BackgroundFetchPort | undefined, fetchType: string): Observable<FirstValue | undefined> {
  return new Observable<FirstValue | undefined>((subscriber) => {
    const tell = (found?: FirstValue) => {
      subscriber.next(found);
      subscriber.complete();
    };
    if (!port?.getBackgroundFetchData) {
      tell();
    } else {
      port.getBackgroundFetchData({
        fetchType,
        success({ fetchedData, timeStamp = 0 }) {
          // What is thrown here would be thrown into the platform, and nobody would go on.
          try {
            const value = JSON.parse(fetchedData ?? '') as unknown;
            tell({ value, text: textOf(value), atMs: timeStamp, origin: 'prefetch' });
          } catch {
            tell();
          }
        },
        fail: () => tell(),
      });
    }
  }).pipe(catchError(() => of(undefined)));
}
