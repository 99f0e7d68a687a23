import { asyncScheduler, type Observable } from 'rxjs';
import type { WxFailure, WxHeadersReceived, WxRequestOption, WxRequestPort, WxRequestSuccess } from '../platform/wx.js';

/** What happens on the wire: an answer, or its header; a failure is the stream's error. */
export type WireMark = Partial<WxRequestSuccess> | { readonly headers: WxHeadersReceived };

/** A bare `wx.request`, for tests that count what a source does to it. */
export interface ScriptedWx extends WxRequestPort {
  /** `sent @0`, `aborted @4` … in the order of events. */
  readonly log: string[];
  readonly options: WxRequestOption[];
  readonly listeners: Set<(result: WxHeadersReceived) => void>;
}

/** Answers each call from the stream that `answers` makes for it. `abort` reports a failure in the same turn, the worst case. */
export function scriptedWx(answers: (option: WxRequestOption) => Observable<WireMark>): ScriptedWx {
  const log: string[] = [];
  const options: WxRequestOption[] = [];
  const listeners = new Set<(result: WxHeadersReceived) => void>();
  const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);

  return {
    log,
    options,
    listeners,
    request(option) {
      note('sent');
      options.push(option);
      const wire = answers(option).subscribe({
        next: (mark) => {
          if ('headers' in mark) for (const listener of listeners) listener(mark.headers);
          else option.success?.({ data: '', statusCode: 200, header: {}, errMsg: 'request:ok', ...mark });
        },
        error: (failure: unknown) => option.fail?.(failure as WxFailure),
      });
      return {
        abort() {
          note('aborted');
          wire.unsubscribe();
          option.fail?.({ errMsg: 'request:fail abort' });
        },
        onHeadersReceived: (listener) => listeners.add(listener),
        offHeadersReceived: (listener) => listeners.delete(listener),
      };
    },
  };
}
