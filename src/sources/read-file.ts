import { Observable } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import { FILE_SIGNS } from '../platform/file-signs.js';
import type { WxReadFilePort, WxReadFileSuccess } from '../platform/wx-files.js';
import { callBack, portWith, type WithWx } from './call-wx.js';

/**
 * Reads a file of the device as bytes, each time it is subscribed to.
 *
 * ```text
 * readFile  ---b         b = its bytes
 * result    ---(b|)
 * ```
 *
 * For what the platform cannot upload: bytes by PUT, or several files in one form. The whole file is in memory then.
 *
 * @example
 * ```ts
 * readFile$(filePath).pipe(
 *   mergeMap((bytes) => http$.put(presignedUrl, bytes, { header: { 'content-type': 'image/png' }, as: 'text' })),
 * );
 * ```
 *
 * @returns An observable that errors with a {@link NetworkError} when the file cannot be read: `invalid-argument` where
 * there is none.
 */
export function readFile$(filePath: string, { wx }: WithWx<WxReadFilePort> = {}): Observable<ArrayBuffer> {
  return new Observable((subscriber) => {
    const call = { api: 'readFile', url: filePath };
    const port = portWith(wx, 'getFileSystemManager', call, 'it came with base library 1.9.9');
    callBack<WxReadFileSuccess>(
      'readFile',
      call,
      (callbacks) => port.getFileSystemManager().readFile({ filePath, ...callbacks }),
      {
        success({ data }) {
          // Without an encoding it is bytes.
          subscriber.next(data as ArrayBuffer);
          subscriber.complete();
        },
        fail: (failure) => subscriber.error(classifyFailure(failure, call, FILE_SIGNS)),
      },
    );
  });
}
