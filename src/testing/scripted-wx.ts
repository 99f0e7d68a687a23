import { asyncScheduler, type Observable } from 'rxjs';
import type {
  WxDownloadFileOption,
  WxDownloadFilePort,
  WxDownloadFileSuccess,
  WxDownloadProgress,
  WxUploadFileOption,
  WxUploadFilePort,
  WxUploadProgress,
} from '../platform/wx-files.js';
import type {
  WxChunkReceived,
  WxFailure,
  WxHeadersReceived,
  WxRequestOption,
  WxRequestPort,
  WxRequestSuccess,
} from '../platform/wx.js';

/** What happens on the wire: an answer, or what comes before it; a failure is the stream's error. */
export type WireMark =
  | Partial<WxRequestSuccess & Pick<WxDownloadFileSuccess, 'filePath' | 'tempFilePath'>>
  | { readonly headers: WxHeadersReceived }
  | { readonly chunk: WxChunkReceived }
  | { readonly progress: WxUploadProgress | WxDownloadProgress };

type Option = WxRequestOption | WxUploadFileOption | WxDownloadFileOption;

/** A bare `wx`, for tests that count what a source does to it. */
export interface ScriptedWx extends WxRequestPort, WxUploadFilePort, WxDownloadFilePort {
  /** `sent @0`, `aborted @4` … in the order of events. */
  readonly log: string[];
  readonly options: WxRequestOption[];
  /** All that are attached, to any task. */
  readonly listeners: Set<(report: never) => void>;
}

/** Answers each call from the stream that `answers` makes for it. `abort` reports a failure in the same turn, the worst case. */
export function scriptedWx(answers: (option: WxRequestOption) => Observable<WireMark>): ScriptedWx {
  const log: string[] = [];
  const options: WxRequestOption[] = [];
  const listeners = new Set<(report: never) => void>();
  const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);

  const answeredBy = (api: string) => (given: Option) => {
    const option = given as WxRequestOption;
    const mine = new Map<string, ((report: unknown) => void)[]>([
      ['headers', []],
      ['chunk', []],
      ['progress', []],
    ]);
    note('sent');
    options.push(option);
    const wire = answers(option).subscribe({
      next: (mark) => {
        const event = [...mine.keys()].find((name) => name in mark);
        if (event)
          for (const listener of mine.get(event) ?? []) listener((mark as { [event: string]: unknown })[event]);
        else option.success?.({ data: '', statusCode: 200, header: {}, errMsg: `${api}:ok`, ...mark });
      },
      error: (failure: unknown) => option.fail?.(failure as WxFailure),
    });
    const on = (event: string) => (listener: (report: never) => void) => {
      listeners.add(listener);
      mine.get(event)?.push(listener as (report: unknown) => void);
    };
    const off = (event: string) => (listener: (report: never) => void) => {
      listeners.delete(listener);
      mine.set(event, mine.get(event)?.filter((other) => other !== listener) ?? []);
    };
    return {
      abort() {
        note('aborted');
        wire.unsubscribe();
        option.fail?.({ errMsg: `${api}:fail abort` });
      },
      onHeadersReceived: on('headers'),
      offHeadersReceived: off('headers'),
      onChunkReceived: on('chunk'),
      offChunkReceived: off('chunk'),
      onProgressUpdate: on('progress'),
      offProgressUpdate: off('progress'),
    };
  };

  return {
    log,
    options,
    listeners,
    request: answeredBy('request'),
    uploadFile: answeredBy('uploadFile'),
    downloadFile: answeredBy('downloadFile'),
  };
}
