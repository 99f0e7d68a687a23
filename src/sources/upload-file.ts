import { defer, type Observable } from 'rxjs';
import type { KindsOf } from '../platform/check-options.js';
import type {
  WxUploadFileOption,
  WxUploadFilePort,
  WxUploadFileSuccess,
  WxUploadProgress,
} from '../platform/wx-files.js';
import type { PlatformOptions } from '../platform/platform-options.js';
import type { Header } from '../platform/wx.js';
import type { WithWxAndScheduler } from './call-wx.js';
import { checkSource } from './check-source.js';
import { fileEvents$, withResponse, type FileEvent, type FileKind, type FileTaskEvent } from './file-events.js';

/** What to ask `wx.uploadFile` for; each field is the option of the same meaning, untouched. */
export interface UploadFileOptions {
  /** Absolute address. */
  readonly url: string;
  /** On the device: `wxfile://…`, `http://tmp/…`. */
  readonly filePath: string;
  /** Of the form field that holds the file. */
  readonly name: string;
  readonly header?: Header | undefined;
  /** The other fields of the form. */
  readonly formData?: Readonly<Record<string, unknown>> | undefined;
  /** The platform's own timeout, in milliseconds. @defaultValue `networkTimeout.uploadFile` of app.json, else 60 000 */
  readonly timeoutMs?: number | undefined;
  /** Emit a `headers` event as soon as they are in. @defaultValue `false` */
  readonly headersEvent?: boolean | undefined;
  /** Any other option of `wx.uploadFile`, such as `enableHttp2`. */
  readonly platform?: PlatformOptions | undefined;
}

/** What happens to one upload, told apart by `type`: `sent`, `headers` if asked, `progress`, `response`. */
export type UploadFileEvent = FileEvent<'POST', WxUploadFileSuccess>;

/**
 * Calls `wx.uploadFile` each time it is subscribed to, and aborts the task on unsubscribe.
 *
 * ```text
 * wx.uploadFile  ---p----q--r         ---p-----
 * leaves                              ^-----!
 * uploadFile$    s--p----q--(r|)      s--p--       s = sent, p and q = progress, r = response
 * ```
 *
 * The file goes out as one field of a form (multipart/form-data), by POST. Progress never goes back, and comes to 100 %
 * exactly once before the response, whatever the phone reports. The answer's header is the platform's, which tells it
 * apart from the answer.
 *
 * @example
 * ```ts
 * uploadFile$({ url: 'https://up.example.com/photos', filePath, name: 'photo' }).subscribe((event) => {
 *   if (event.type === 'progress') page.setData({ percent: event.percent });
 * });
 * ```
 *
 * @returns An observable that errors with a {@link NetworkError} when the platform reports a failure. Any status is
 * an answer (CB-1).
 * @throws NetworkError `invalid-argument` for an unknown option, or that cannot be.
 */
export function uploadFile$(
  options: UploadFileOptions,
  dependencies: WithWxAndScheduler<WxUploadFilePort> = {},
): Observable<UploadFileEvent> {
  checkSource('uploadFile', options, OPTIONS);
  return defer(() => uploadFileEvents$(options, dependencies)).pipe(withResponse('POST', options.url));
}

const OPTIONS: KindsOf<UploadFileOptions> = {
  url: 'string',
  filePath: 'string',
  name: 'string',
  header: 'object',
  formData: 'object',
  timeoutMs: 'delay',
  headersEvent: 'boolean',
  platform: 'object',
};

/** {@link uploadFile$} for the network, which has checked the options already. */
export function uploadFileEvents$(
  options: UploadFileOptions,
  dependencies: WithWxAndScheduler<WxUploadFilePort>,
): Observable<FileTaskEvent<WxUploadFileSuccess>> {
  const { url, headersEvent = false } = options;
  return fileEvents$(
    { api: 'uploadFile', method: 'POST', url },
    dependencies,
    headersEvent,
    wxOptionOf(options),
    UPLOAD,
  );
}

const UPLOAD: FileKind<WxUploadProgress> = {
  amounts: ({ progress, totalBytesSent, totalBytesExpectedToSend }) => [
    progress,
    totalBytesSent,
    totalBytesExpectedToSend,
  ],
};

function wxOptionOf({
  url,
  filePath,
  name,
  header,
  formData,
  timeoutMs,
  platform,
}: UploadFileOptions): WxUploadFileOption {
  const option: WxUploadFileOption = { ...platform, url, filePath, name };
  // A key that is there with the value undefined is not the same to the platform as one that is not there.
  if (header) option.header = { ...header };
  if (formData) option.formData = { ...formData };
  if (timeoutMs !== undefined) option.timeout = timeoutMs;
  return option;
}
