import { map, type Observable } from 'rxjs';
import { FILE_SIGNS } from '../platform/file-signs.js';
import { steadyProgress, type Progress } from '../platform/progress.js';
import type { NetworkError } from '../platform/network-error.js';
import type { WxDownloadFileOption, WxUploadFileOption } from '../platform/wx-files.js';
import type { WxHeadersReceived } from '../platform/wx.js';
import type { WithWxAndScheduler } from './call-wx.js';
import { taskAnswer, taskEvents$, type TaskAnswer } from './task-events.js';

/** What happens to one file on its way, told apart by `type`. */
export type FileEvent<Method extends string, Result> =
  | { readonly type: 'sent' }
  | ({ readonly type: 'headers' } & WxHeadersReceived)
  | ({ readonly type: 'progress' } & Progress)
  | FileResponseEvent<Method, Result>;

/** What happens to one file on its way, before the answer is made an event. */
export type FileTaskEvent<Result> =
  Exclude<FileEvent<string, Result>, { readonly type: 'response' }> | TaskAnswer<Result>;

/** The answer to an upload or a download. */
export type FileResponseEvent<Method extends string, Result> = Result & {
  readonly type: 'response';
  readonly method: Method;
  readonly url: string;
  /** From the call of `wx` to its answer, in milliseconds. */
  readonly durationMs: number;
};

interface FileCall {
  readonly api: 'uploadFile' | 'downloadFile';
  readonly method: string;
  readonly url: string;
}

interface FileResult {
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly cookies?: readonly string[] | undefined;
}

/** What is peculiar to uploads, and to downloads. */
export interface FileKind<Report> {
  readonly amounts: (report: Report) => readonly [percent: number, bytes: number, totalBytes: number];
  readonly failed?: (error: NetworkError) => NetworkError;
}

/**
 * What uploads and downloads have in common: steady progress, and a header that comes apart from the answer.
 *
 * @param option - Of one call: the callbacks are put into it.
 */
export function fileEvents$<Port, Result extends FileResult, Report>(
  call: FileCall,
  dependencies: WithWxAndScheduler<Port>,
  headersEvent: boolean,
  option: WxUploadFileOption | WxDownloadFileOption,
  { amounts, failed }: FileKind<Report>,
): Observable<FileTaskEvent<Result>> {
  return taskEvents$<Port, Result, FileTaskEvent<Result>>(call, dependencies, (out) => {
    const progress = steadyProgress();
    const progressed = (step: Progress | undefined) => step && out.next({ type: 'progress', ...step });
    let received: WxHeadersReceived | undefined;

    return {
      option,
      signs: FILE_SIGNS,
      listeners: {
        HeadersReceived(result: WxHeadersReceived) {
          received = result;
          if (headersEvent) out.next({ type: 'headers', ...result });
        },
        ProgressUpdate: (report?: Report) => report && progressed(progress.report(...amounts(report))),
      },
      answered(result, durationMs) {
        progressed(progress.finish());
        const { header = received?.header, cookies = received?.cookies } = result;
        return taskAnswer({ ...result, header, cookies }, durationMs);
      },
      failed,
    };
  });
}

/** The answer as an event of its own, for a caller of the source alone. */
export function withResponse<Method extends string, Result>(
  method: Method,
  url: string,
): (events$: Observable<FileTaskEvent<Result>>) => Observable<FileEvent<Method, Result>> {
  return map((event) => {
    if (event.type !== 'response') return event;
    const { type, result, durationMs } = event as TaskAnswer<Result>;
    return { ...result, type, method, url, durationMs };
  });
}
