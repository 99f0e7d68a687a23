import { catchError, concat, EMPTY, map, merge, Observable, of, take, timer, type SchedulerLike } from 'rxjs';
import { textOf, type Reply } from './question.js';
import type { QueryOptions, QueryOrigin } from './query-state.js';
import type { StoredAnswer } from './stored-answers.js';

/** A value that was there before the network was asked. */
export interface FirstValue extends Reply, Pick<StoredAnswer, 'atMs' | 'usedAtMs' | 'tags'> {
  readonly origin: QueryOrigin;
}

/** The part of `wx` that tells what the platform has fetched before the app was there. */
interface BackgroundFetchPort {
  getBackgroundFetchData?(option: {
    fetchType: string;
    success: (result: { readonly fetchedData: string; readonly timeStamp?: number }) => void;
    fail: () => void;
  }): void;
}

/** So long is looked for it before the network is asked: a call of the platform may never come back. Milliseconds. */
const LOOK_MS = 3_000;

/** The first that there is: of what the platform has fetched, or of the storage. Emits once, `undefined` where there is none. */
export function firstValue$(
  wx: BackgroundFetchPort,
  fetchType: QueryOptions['backgroundFetch'] | false,
  stored$: Observable<StoredAnswer>,
  scheduler: SchedulerLike,
): Observable<FirstValue | undefined> {
  return merge(
    concat(
      fetched$(wx, fetchType),
      stored$.pipe(map((stored) => ({ ...stored, text: textOf(stored.value), origin: 'storage' as const }))),
      of(undefined),
    ),
    timer(LOOK_MS, scheduler).pipe(map(() => undefined)),
  ).pipe(take(1));
}

/** Android fails where there is nothing, iOS succeeds with nothing, and HarmonyOS has no such member. */
function fetched$(wx: BackgroundFetchPort, fetchType: QueryOptions['backgroundFetch'] | false): Observable<FirstValue> {
  return new Observable<FirstValue>((subscriber) => {
    const fail = () => subscriber.complete();
    if (!fetchType || !wx.getBackgroundFetchData) return fail();
    return wx.getBackgroundFetchData({
      fetchType,
      success(result) {
        // What is thrown here would be thrown into the platform, and nobody would go on.
        try {
          const { fetchedData, timeStamp = 0 } = result;
          const value = JSON.parse(fetchedData) as unknown;
          subscriber.next({
            value,
            text: textOf(value),
            atMs: timeStamp,
            usedAtMs: timeStamp,
            tags: [],
            origin: 'prefetch',
          });
        } catch {
          // It is none.
        }
        fail();
      },
      fail,
    });
  }).pipe(catchError(() => EMPTY));
}
