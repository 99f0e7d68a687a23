import { defer, type Observable } from 'rxjs';
import type { KindsOf } from '../platform/check-options.js';
import { isNetworkError, type NetworkError } from '../platform/network-error.js';
import type {
  WxDownloadFileOption,
  WxDownloadFilePort,
  WxDownloadFileSuccess,
  WxDownloadProgress,
} from '../platform/wx-files.js';
import type { PlatformOptions } from '../platform/platform-options.js';
import type { Header } from '../platform/wx.js';
import type { WithWxAndScheduler } from './call-wx.js';
import { checkSource } from './check-source.js';
import { fileEvents$, withResponse, type FileEvent, type FileKind, type FileTaskEvent } from './file-events.js';

/** What to ask `wx.downloadFile` for; each field is the option of the same meaning, untouched. */
export interface DownloadFileOptions {
  /** Absolute address. */
  readonly url: string;
  readonly header?: Header | undefined;
  /** Where to put the file, under `wx.env.USER_DATA_PATH`. @defaultValue a temporary place that the platform chooses */
  readonly filePath?: string | undefined;
  /** The platform's own timeout, in milliseconds. @defaultValue `networkTimeout.downloadFile` of app.json, else 60 000 */
  readonly timeoutMs?: number | undefined;
  /** Emit a `headers` event as soon as they are in. @defaultValue `false` */
  readonly headersEvent?: boolean | undefined;
  /** Any other option of `wx.downloadFile`, such as `enableHttp2`. */
  readonly platform?: PlatformOptions | undefined;
}

/** What happens to one download, told apart by `type`: `sent`, `headers` if asked, `progress`, `response`. */
export type DownloadFileEvent = FileEvent<'GET', WxDownloadFileSuccess>;

/**
 * Calls `wx.downloadFile` each time it is subscribed to, and aborts the task on unsubscribe.
 *
 * ```text
 * wx.downloadFile  ---p----q--r         ---p-----
 * leaves                                ^-----!
 * downloadFile$    s--p----q--(r|)      s--p--       s = sent, p and q = progress, r = response
 * ```
 *
 * The answer says where the file is: `filePath` if one was asked for, else `tempFilePath`. Whatever the status, what
 * came is written to it, an error page too: look at `statusCode`. Progress never goes back, and comes to 100 % exactly
 * once before the response; where the server gives no length it stands below 100 until then, and `bytes` tells more.
 *
 * @example
 * ```ts
 * downloadFile$({ url: 'https://dl.example.com/report.pdf' }).subscribe((event) => {
 *   if (event.type === 'response' && event.tempFilePath) wx.openDocument({ filePath: event.tempFilePath });
 * });
 * ```
 *
 * @returns An observable that errors with a {@link NetworkError} when the platform reports a failure: `too-large` for
 * what is over its limit of 200 MB. Any status is an answer (CB-1).
 * @throws NetworkError `invalid-argument` for an unknown option, or that cannot be.
 */
export function downloadFile$(
  options: DownloadFileOptions,
  dependencies: WithWxAndScheduler<WxDownloadFilePort> = {},
): Observable<DownloadFileEvent> {
  checkSource('downloadFile', options, OPTIONS);
  return defer(() => downloadFileEvents$(options, dependencies)).pipe(withResponse('GET', options.url));
}

const OPTIONS: KindsOf<DownloadFileOptions> = {
  url: 'string',
  header: 'object',
  filePath: 'string',
  timeoutMs: 'delay',
  headersEvent: 'boolean',
  platform: 'object',
};

/** {@link downloadFile$} for the network, which has checked the options already. */
export function downloadFileEvents$(
  options: DownloadFileOptions,
  dependencies: WithWxAndScheduler<WxDownloadFilePort>,
): Observable<FileTaskEvent<WxDownloadFileSuccess>> {
  const { url, headersEvent = false } = options;
  return fileEvents$(
    { api: 'downloadFile', method: 'GET', url },
    dependencies,
    headersEvent,
    wxOptionOf(options),
    DOWNLOAD,
  );
}

/** The platform says that something is too large, and not what it would have taken. */
function withLimits(error: NetworkError): NetworkError {
  if (!isNetworkError(error, 'too-large')) return error;
  return error.as({}, `${error.what}; the platform takes files of up to 200 MB, and as much for all that an app keeps`);
}

const DOWNLOAD: FileKind<WxDownloadProgress> = {
  amounts: ({ progress, totalBytesWritten, totalBytesExpectedToWrite }) => [
    progress,
    totalBytesWritten,
    totalBytesExpectedToWrite,
  ],
  failed: withLimits,
};

function wxOptionOf({ url, header, filePath, timeoutMs, platform }: DownloadFileOptions): WxDownloadFileOption {
  const option: WxDownloadFileOption = { ...platform, url };
  // A key that is there with the value undefined is not the same to the platform as one that is not there.
  if (header) option.header = { ...header };
  if (filePath !== undefined) option.filePath = filePath;
  if (timeoutMs !== undefined) option.timeout = timeoutMs;
  return option;
}
