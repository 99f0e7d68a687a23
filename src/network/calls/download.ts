import type { Observable } from 'rxjs';
import type { OptionKind } from '../../platform/check-options.js';
import { makeResponse } from '../../platform/make-response.js';
import type { WxDownloadFilePort, WxDownloadFileSuccess } from '../../platform/wx-files.js';
import { downloadFileEvents$ } from '../../sources/download-file.js';
import type { Network } from '../create-network.js';
import { internalsOf, type NetworkInternals } from '../internals.js';
import { event$ } from '../pipeline.js';
import { defaultNetwork } from '../default-network.js';
import type { AnswerEvent, ProgressEvent, SentEvent } from './call-events.js';
import { CALL_OPTIONS, FOREIGN_NAMES, platformOf, type CallSpec } from './call-spec.js';
import type { CallOptions } from './http-request.js';
import { withOptions } from './with-options.js';

/** One call of `download$`. */
export interface DownloadRequest extends CallOptions {
  /** Where to put the file, under `wx.env.USER_DATA_PATH`. @defaultValue a temporary place that the platform chooses */
  readonly filePath?: string | undefined;
}

/** The last event of a download: the answer, and where the file is. */
export interface DownloadAnswerEvent extends AnswerEvent<undefined> {
  /** The place asked for, else a temporary one, which lasts until the app is closed. */
  readonly filePath: string;
}

/** What happens to a download, told apart by `type`; the last is the answer. */
export type DownloadEvent = SentEvent | ProgressEvent | DownloadAnswerEvent;

/** One download a subscription. Any status is an answer: look at `ok`, or add `requireOk()` (CB-1). */
export type Download = (request: string | DownloadRequest) => Observable<DownloadEvent>;

/**
 * Makes `download$()` on a network: a file, under the rules and in the queue of `http$()`.
 *
 * ```text
 * app        f---------b-----f----------
 * download$  s--p--q-r|                     s = sent, p and q = progress, r = the answer
 * download$           (held)-s--p--q-r|     called in the background
 * ```
 *
 * Its domains are those of `downloadFile`, its timeout is `networkTimeout.downloadFile`. It is a GET: an interruption
 * replays it, from the start, and its events say by `attempt` which time it is. The platform takes files of up to
 * 200 MB; above, the error is `too-large`. Whatever the status, the platform writes what came to the file, an error page
 * too, so add `requireOk()`.
 *
 * @example
 * ```ts
 * download$('https://dl.example.com/report.pdf')
 *   .pipe(requireOk())
 *   .subscribe((event) => {
 *     if (event.type === 'progress') page.setData({ percent: event.percent });
 *     if (event.type === 'response') wx.openDocument({ filePath: event.filePath });
 *   });
 * ```
 *
 * @returns A function whose observables error with a {@link NetworkError}.
 */
export function createDownload(network: Network): Download {
  const all = internalsOf(network);
  return downloadOn(() => all);
}

/** `download$()` over the global `wx`, with every default, in the queue of the default network. */
export const download$: Download = /* @__PURE__ */ downloadOn(defaultNetwork);

function downloadOn(networkOf: () => NetworkInternals): Download {
  return (request: string | DownloadRequest, options?: unknown) =>
    event$(networkOf, DOWNLOAD, withOptions(request, options)) as Observable<DownloadEvent>;
}

const IN_THE_URL = 'write it into the url, as a query';
const AS_IT_COMES = 'leave it out; a file is kept as it comes';

const DOWNLOAD: CallSpec<DownloadRequest> = {
  client: 'download$',
  apiOf: () => 'downloadFile',
  methods: ['GET'],
  options: {
    ...CALL_OPTIONS,
    filePath: 'string',
  } satisfies Record<keyof DownloadRequest | 'method', OptionKind>,
  hints: {
    ...FOREIGN_NAMES,
    data: IN_THE_URL,
    params: IN_THE_URL,
    body: IN_THE_URL,
    responseType: AS_IT_COMES,
    dataType: AS_IT_COMES,
  },
  problemOf: ({ filePath }) => (filePath === '' ? 'filePath is empty; leave it out for a temporary place' : undefined),
  content: ['platform'],
  written: (request) => request,
  identity: ['filePath'],

  send({ settings, wx, scheduler }, { request, header, policy }, attempt) {
    const { url, filePath } = request;
    const platform = platformOf(settings, request);
    const asked = { url, header, filePath, timeoutMs: policy.attemptMs, platform };
    downloadFileEvents$(asked, { wx: wx as WxDownloadFilePort, scheduler }).subscribe(attempt);
  },

  answer({ result, durationMs }, { request, method }) {
    const { url, filePath = (result as Partial<WxDownloadFileSuccess>).tempFilePath } = request;
    return Object.assign(makeResponse(result, method, url, durationMs), {
      api: 'downloadFile',
      body: undefined,
      filePath,
    });
  },
};
