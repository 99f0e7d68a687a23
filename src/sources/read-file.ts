import { Observable } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import type { WxReadFilePort } from '../platform/wx-files.js';
import { globalWx } from '../platform/wx.js';

/** Where to read: the seam for the simulator and for tests. */
export interface ReadFileSeam {
  /** @defaultValue the global `wx`, looked up at each subscription */
  readonly wx?: WxReadFilePort | undefined;
}

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
export function readFile$(filePath: string, { wx }: ReadFileSeam = {}): Observable<ArrayBuffer> {
  return new Observable((subscriber) => {
    (wx ?? globalWx<WxReadFilePort>()).getFileSystemManager().readFile({
      filePath,
      success({ data }) {
        // Without an encoding it is bytes.
        subscriber.next(data as ArrayBuffer);
        subscriber.complete();
      },
      fail: (failure) => subscriber.error(classifyFailure(failure, { api: 'readFile', url: filePath })),
    });
  });
}
