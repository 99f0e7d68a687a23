import { Observable } from 'rxjs';
import { NetworkError } from '../platform/network-error.js';
import type { WxStoragePort } from '../platform/wx-storage.js';
import type { WxFailure } from '../platform/wx.js';
import { callBack } from '../sources/call-wx.js';

// Android: entry size limit reached, quota reached; iOS and the developer tools: exceed storage max size; SQLite: disk is full.
const FULL = /exceed|quota|limit|full|no space/i;

type Members = Required<WxStoragePort>;
type ResultOf<Api extends keyof Members> = Parameters<NonNullable<Parameters<Members[Api]>[0]['success']>>[0];

/**
 * Calls a member of the storage, and tells what it told. Leaving does not undo it: the platform cannot take it back.
 *
 * @returns An observable that errors with a `NetworkError`: `storage-full` where that is what the phone says, else `storage`.
 */
export function storageCall$<Api extends keyof Members>(
  port: WxStoragePort,
  api: Api,
  option: Omit<Parameters<Members[Api]>[0], 'success' | 'fail'>,
): Observable<ResultOf<Api>> {
  return told$(api, (callbacks) => (port[api] as (option: object) => unknown)({ ...option, ...callbacks }));
}

/** The same of anything that the platform keeps, such as files. */
export function told$<Result>(api: string, call: (callbacks: object) => unknown): Observable<Result> {
  return new Observable((subscriber) => {
    try {
      callBack<Result>(api, { api, url: '' }, call, {
        success(result) {
          subscriber.next(result);
          subscriber.complete();
        },
        fail: (failure) => subscriber.error(storageError(api, failure)),
      });
    } catch (cause) {
      subscriber.error(new NetworkError(`${api} threw`, { code: 'storage', phase: 'attempt', api, cause }));
    }
  });
}

/** Whether the platform says that there is no such value. */
export function isNotFound(error: unknown): boolean {
  return /not found/i.test((error as Partial<NetworkError>).errMsg ?? '');
}

function storageError(api: string, failure: WxFailure): NetworkError {
  // A wrapper may reject with something else, or with nothing.
  const { errMsg, errno } = { errMsg: '', ...(failure as Partial<WxFailure> | undefined) };
  const full = FULL.test(errMsg);
  const what = full
    ? 'the storage has no room for it: a value may have 1 MB, an app 10 MB; remove something, here or among your own keys'
    : `the platform did not do it, and nothing has changed: ${errMsg}`;
  const code = full ? 'storage-full' : 'storage';
  return new NetworkError(what, { code, phase: 'attempt', api, errno, errMsg, cause: failure });
}
