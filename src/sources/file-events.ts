import type { Observable } from 'rxjs';
import { steadyProgress, type Progress } from '../platform/progress.js';
import type { WxDownloadFileOption, WxUploadFileOption } from '../platform/wx-files.js';
import type { WxHeadersReceived } from '../platform/wx.js';
import type { TimedWxSeam } from './call-wx.js';
import { taskEvents$ } from './task-events.js';

/** What happens to one file on its way, told apart by `type`. */
export type FileEvent<Method extends string, Result> =
  | { readonly type: 'sent' }
  | ({ readonly type: 'headers' } & WxHeadersReceived)
  | ({ readonly type: 'progress' } & Progress)
  | FileResponseEvent<Method, Result>;

/** The answer to an upload or a download. */
export type FileResponseEvent<Method extends string, Result> = Result & {
  readonly type: 'response';
  readonly method: Method;
  readonly url: string;
  /** From the call of `wx` to its answer, in milliseconds. */
  readonly durationMs: number;
};

interface FileCall<Method extends string> {
  readonly api: 'uploadFile' | 'downloadFile';
  readonly method: Method;
  readonly url: string;
}

interface FileResult {
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly cookies?: readonly string[] | undefined;
}

/** What uploads and downloads have in common: steady progress, and a header that comes apart from the answer. */
export function fileEvents$<Port, Method extends string, Result extends FileResult, Report>(
  { api, method, url }: FileCall<Method>,
  seam: TimedWxSeam<Port>,
  headersEvent: boolean,
  optionOf: () => WxUploadFileOption | WxDownloadFileOption,
  amountsOf: (report: Report) => readonly [percent: number, bytes: number, totalBytes: number],
): Observable<FileEvent<Method, Result>> {
  return taskEvents$<Port, Result, FileEvent<Method, Result>>({ api, method, url }, seam, (out) => {
    const progress = steadyProgress();
    const progressed = (step: Progress | undefined) => step && out.next({ type: 'progress', ...step });
    let received: WxHeadersReceived | undefined;

    return {
      option: optionOf(),
      listeners: {
        HeadersReceived(result: WxHeadersReceived) {
          received = result;
          if (headersEvent) out.next({ type: 'headers', ...result });
        },
        ProgressUpdate: (report: Report) => progressed(progress.report(...amountsOf(report))),
      },
      answered(result, durationMs) {
        progressed(progress.finish());
        const { header = received?.header, cookies = received?.cookies } = result;
        out.next({ ...result, header, cookies, type: 'response', method, url, durationMs });
      },
    };
  });
}
