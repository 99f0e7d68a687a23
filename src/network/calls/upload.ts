import type { Observable } from 'rxjs';
import type { Network } from '../create-network.js';
import { internalsOf, type NetworkInternals } from '../internals.js';
import { event$ } from '../pipeline.js';
import { defaultNetwork } from '../default-network.js';
import type { AnswerEvent, ProgressEvent, SentEvent } from './call-events.js';
import type { UploadRequest } from './upload-request.js';
import { UPLOAD } from './upload-spec.js';
import { withOptions } from './with-options.js';

/** What happens to an upload, told apart by `type`; the last is the answer. */
export type UploadEvent<T> = SentEvent | ProgressEvent | AnswerEvent<T>;

/** One upload a subscription. Any status is an answer: look at `ok`, or add `requireOk()` (CB-1). */
export interface Upload {
  (request: UploadRequest & { readonly as: 'text' }): Observable<UploadEvent<string>>;
  <T = unknown>(request: UploadRequest): Observable<UploadEvent<T>>;
}

/**
 * Makes `upload$()` on a network: a file, or several, under the rules and in the queue of `http$()`.
 *
 * ```text
 * app      f---------b-----f----------
 * upload$  s--p--q-r|                     s = sent, p and q = progress, r = the answer
 * upload$           (held)-s--p--q-r|     called in the background
 * ```
 *
 * Its domains are those of `uploadFile`, its timeout is `networkTimeout.uploadFile`. Progress never goes back within an
 * attempt and ends at 100 %; each event says which `attempt` it belongs to. A POST is replayed after an interruption only
 * with an `idempotencyKey`. Give big uploads `priority: 'low'`: then what the user taps goes first, whenever a place is
 * free. Interceptors see the call and its answer. `Content-Type` is the form's, always.
 *
 * @example
 * ```ts
 * upload$<{ id: string }>({ url: 'https://up.example.com/photos', filePath, name: 'photo', priority: 'low' })
 *   .pipe(requireOk())
 *   .subscribe((event) => {
 *     if (event.type === 'progress') page.setData({ percent: event.percent });
 *     if (event.type === 'response') page.setData({ photo: event.body.id });
 *   });
 * ```
 *
 * @returns A function whose observables error with a {@link NetworkError}, at once where `filePath` or `name` is missing.
 */
export function createUpload(network: Network): Upload {
  const all = internalsOf(network);
  return uploadOn(() => all);
}

/** `upload$()` over the global `wx`, with every default, in the queue of the default network. */
export const upload$: Upload = /* @__PURE__ */ uploadOn(defaultNetwork);

function uploadOn(networkOf: () => NetworkInternals): Upload {
  return ((request: UploadRequest, options?: unknown) =>
    event$(networkOf, UPLOAD, withOptions(request, options))) as Upload;
}
