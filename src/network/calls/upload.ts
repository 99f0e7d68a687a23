import { forkJoin, map, mergeMap, of, type Observable } from 'rxjs';
import { decodeBody } from '../../operators/decode-body.js';
import { multipart, type FormFile } from '../../platform/multipart.js';
import type { WxReadFilePort, WxUploadFilePort } from '../../platform/wx-files.js';
import { readFile$ } from '../../sources/read-file.js';
import { requestEvents$ } from '../../sources/request.js';
import { uploadFile$ } from '../../sources/upload-file.js';
import {
  callEvents$,
  mapAnswer,
  type AnswerEvent,
  type AttemptOnce,
  type ProgressEvent,
  type SentEvent,
} from './call-events.js';
import type { Network } from '../create-network.js';
import type { CheckedRequest } from './prepare-request.js';
import { readyMade } from '../ready-made.js';
import { joinHeaders, withoutField } from './request-header.js';
import { FILE_UPLOAD, FORM_UPLOAD, type UploadFile, type UploadRequest } from './upload-request.js';

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
  return uploadOn(() => network);
}

/** `upload$()` over the global `wx`, with every default, in the queue of the ready-made `http$()`. */
export const upload$: Upload = /* @__PURE__ */ uploadOn(readyMade);

function uploadOn(networkOf: () => Network): Upload {
  return ((request: UploadRequest) =>
    request?.files === undefined
      ? callEvents$(networkOf, request, FILE_UPLOAD, sendFile)
      : callEvents$(networkOf, request, FORM_UPLOAD, sendForm)) as Upload;
}

const sendFile: AttemptOnce = ({ options, wx, scheduler }, sent, limits) => {
  const { url, filePath = '', name = '', formData, as, platform } = sent.request as UploadRequest;
  const header = withoutField(sent.header, 'content-type');
  const asked = { url, filePath, name, formData, header, timeoutMs: sent.attemptMs, platform };
  return uploadFile$(asked, { wx: wx as WxUploadFilePort, scheduler }).pipe(
    limits,
    mapAnswer('uploadFile', decodeBody({ as, strictCharset: options.strictCharset })),
  );
};

const sendForm: AttemptOnce = (network, sent, limits) => {
  const { files = [], as } = sent.request as UploadRequest;
  const { options, wx } = network;
  return forkJoin(files.map((file) => read(file, wx as WxReadFilePort))).pipe(
    mergeMap((read) => formEvents$(network, sent, read)),
    limits,
    mapAnswer('request', decodeBody({ as, strictCharset: options.strictCharset })),
  );
};

function read(file: UploadFile, wx: WxReadFilePort): Observable<FormFile> {
  const { name, filePath = '', contentType, bytes } = file;
  const { fileName = filePath.replace(/^.*\//, '') } = file;
  const bytes$ = bytes ? of(bytes) : readFile$(filePath, { wx });
  return bytes$.pipe(map((read) => ({ name, fileName, contentType, bytes: read })));
}

function formEvents$(
  { wx, scheduler }: Network,
  { request, header, attemptMs }: CheckedRequest,
  files: readonly FormFile[],
): Observable<{ readonly type: string }> {
  const { url, formData = {}, platform } = request as UploadRequest;
  const { contentType, body } = multipart(formData, files);
  const asked = {
    url,
    method: 'POST',
    header: joinHeaders(header, { 'content-type': contentType }),
    data: body,
    timeoutMs: attemptMs,
    platform,
  } as const;
  const whole = { percent: 100, bytes: body.byteLength, totalBytes: body.byteLength };
  return requestEvents$(asked, { wx, scheduler }).pipe(
    mergeMap((event) => (event.type === 'response' ? of({ type: 'progress', ...whole }, event) : of(event))),
  );
}
