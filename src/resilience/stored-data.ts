import { catchError, EMPTY, map, mergeMap, of, throwError, type Observable } from 'rxjs';
import type { WxStoragePort } from '../platform/wx-storage.js';
import { isNotFound, storageCall$ } from './storage-calls.js';

/** How many calls read at once. */
const CALLS = 16;

/**
 * Reads what the storage has under some keys, and tells each as it comes: all by one call, where the platform can, as it is the
 * calls that take the time. What that does not tell as it is expected, a text for each key, is looked at by itself: its shape is
 * documented nowhere, and what is taken for broken is removed.
 *
 * @param encrypted - What each call is made with; what is encrypted can be read one by one only.
 */
export function storedData$(
  port: WxStoragePort,
  keys: string[],
  encrypted: { readonly encrypt: true } | false,
  tell: (key: string, data: unknown) => void,
): Observable<unknown> {
  const one$ = (key: string) =>
    storageCall$(port, 'getStorage', { key, ...encrypted }).pipe(
      map(({ data }) => tell(key, data)),
      // Removed by somebody in between.
      catchError((error: unknown) => (isNotFound(error) ? EMPTY : throwError(() => error))),
    );
  const none$: Observable<{ readonly dataList?: readonly unknown[] }> = of({});
  const all$: typeof none$ =
    keys.length > 0 && port.batchGetStorage && !encrypted
      ? storageCall$(port, 'batchGetStorage', { keyList: keys }).pipe(catchError(() => none$))
      : none$;
  return all$.pipe(
    mergeMap(({ dataList = [] }) =>
      keys.filter((key, index) => {
        const data = dataList.length === keys.length && dataList[index];
        if (typeof data !== 'string' || !data) return true;
        tell(key, data);
        return false;
      }),
    ),
    mergeMap(one$, CALLS),
  );
}
