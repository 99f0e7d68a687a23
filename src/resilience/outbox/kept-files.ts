import { catchError, concat, defer, EMPTY, ignoreElements, mergeMap, type Observable } from 'rxjs';
import type { NetworkError } from '../../platform/network-error.js';
import type { WxFileKeeper, WxKeptFilesPort } from '../../platform/wx-kept-files.js';
import { told$ } from '../storage-calls.js';

/** Copies of files, for as long as an item waits: a temporary file may be gone when the app starts again. */
export interface KeptFiles {
  /** Where the copy of a file is, or will be: the end of its name is kept, as a server may look at it. */
  placeOf(id: string, filePath: string): string;
  /** Copies a file; completes when it is done. */
  keep(filePath: string, place: string): Observable<never>;
  /** Removes a copy; what cannot be removed is removed at the next start. */
  drop(place: string): Observable<never>;
  /** Removes the copies of which nobody knows: the app was killed between two steps. */
  sweep(known: () => ReadonlySet<string | undefined>): Observable<never>;
}

/** @param name - Of the outbox. */
export function keptFiles(port: Partial<WxKeptFilesPort>, name: string): KeptFiles {
  const folder = `${port.env?.USER_DATA_PATH}/rx-miniprogram-outbox-${name}`;

  const call$ = <Result>(api: keyof WxFileKeeper, option: object): Observable<Result> =>
    told$(api, (callbacks) => {
      const manager = port.getFileSystemManager?.();
      if (!manager || !port.env) throw new TypeError('there is no wx.getFileSystemManager here');
      return (manager[api] as (option: object) => unknown)({ ...option, ...callbacks });
    });

  const drop = (place: string) =>
    call$<never>('unlink', { filePath: place }).pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );

  return {
    placeOf: (id, filePath) => `${folder}/${id}${/\.\w{1,8}$/.exec(filePath)?.[0] ?? ''}`,
    keep: (filePath, place) =>
      concat(
        // Some phones fail where it is there already; if it is not, the copy fails.
        call$('mkdir', { dirPath: folder, recursive: true }).pipe(catchError(() => EMPTY)),
        call$('copyFile', { srcPath: filePath, destPath: place }).pipe(
          catchError((error: unknown) => {
            throw (error as NetworkError).as({}, `the file could not be copied: ${(error as NetworkError).what}`);
          }),
        ),
      ).pipe(ignoreElements()),
    drop,
    sweep: (known) =>
      defer(() => (port.env ? call$<{ files: string[] }>('readdir', { dirPath: folder }) : EMPTY)).pipe(
        // Most have never kept a file, and have no folder.
        catchError(() => EMPTY),
        mergeMap(({ files }) => files.map((file) => `${folder}/${file}`)),
        mergeMap((place) => (known().has(place) ? EMPTY : drop(place))),
      ),
  };
}
