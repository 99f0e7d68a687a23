import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import { NetworkError } from '../platform/network-error.js';
import {
  globalWx,
  type Header,
  type HttpMethod,
  type WxHeadersReceived,
  type WxRequestOption,
  type WxRequestPort,
  type WxRequestSuccess,
  type WxRequestTask,
  type RequestData,
} from '../platform/wx.js';

/** What to ask `wx.request` for; each field is the option of the same meaning, untouched. */
export interface RequestOptions {
  /** Absolute address. */
  readonly url: string;
  /** @defaultValue `'GET'` */
  readonly method?: HttpMethod | undefined;
  readonly header?: Header | undefined;
  /** Serialised by the platform according to method and content type. */
  readonly data?: RequestData | undefined;
  /** The platform's own timeout, in milliseconds. @defaultValue `networkTimeout.request` of app.json, else 60 000 */
  readonly timeoutMs?: number | undefined;
  /** `'arraybuffer'` asks for bytes. @defaultValue `'text'` */
  readonly responseType?: 'text' | 'arraybuffer' | undefined;
  /** `'json'` lets the platform parse; a body that is not JSON then stays a string. @defaultValue `'text'` */
  readonly dataType?: 'json' | 'text' | undefined;
  /** Emit a `headers` event as soon as they are in. It costs a listener. @defaultValue `false` */
  readonly headersEvent?: boolean | undefined;
  /** Any other option of `wx.request`, such as `enableHttp2` or `redirect`. */
  readonly platform?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer to a request. */
export interface RequestResponseEvent extends WxRequestSuccess {
  readonly type: 'response';
  readonly method: HttpMethod;
  readonly url: string;
  /** From the call of `wx` to its answer, in milliseconds. */
  readonly durationMs: number;
}

/** What happens to one request, told apart by `type`. */
export type RequestEvent =
  { readonly type: 'sent' } | ({ readonly type: 'headers' } & WxHeadersReceived) | RequestResponseEvent;

/** Where to send it: the seam for the simulator and for tests. */
export interface RequestSeam {
  /** @defaultValue the global `wx`, looked up at each subscription */
  readonly wx?: WxRequestPort | undefined;
  /** The clock of `durationMs`. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Calls `wx.request` each time it is subscribed to, and aborts the task on unsubscribe.
 *
 * ```text
 * wx.request  -----200|     ---------
 * leaves                    ^---!
 * request$    s----(r|)     s---       s = sent, r = response
 * ```
 *
 * One subscription is one call and at most one response. Queueing, deadlines, replays and decoding are operators;
 * nothing of the kind happens in here. The task is aborted exactly when it was started and has not ended.
 *
 * @example
 * ```ts
 * request$({ url: 'https://api.example.com/me' })
 *   .pipe(mapResponse(), decodeBody())
 *   .subscribe(({ body }) => page.setData({ me: body }));
 * ```
 *
 * @returns An observable that errors with a {@link NetworkError} when the platform reports a failure. Any status is
 * an answer (CB-1).
 */
export function request$(
  options: RequestOptions,
  { wx, scheduler = asyncScheduler }: RequestSeam = {},
): Observable<RequestEvent> {
  const { url, method = 'GET', headersEvent = false } = options;

  return new Observable((subscriber) => {
    let ended = false;
    const sentAt = scheduler.now();
    const call = { api: 'request', method, url };

    const option = wxOptionOf(options);
    option.success = (result) => {
      ended = true;
      const { data, statusCode, header, cookies, profile, errMsg } = result;
      const durationMs = scheduler.now() - sentAt;
      subscriber.next({
        type: 'response',
        method,
        url,
        durationMs,
        data,
        statusCode,
        header,
        cookies,
        profile,
        errMsg,
      });
      subscriber.complete();
    };
    option.fail = (failure) => {
      ended = true;
      subscriber.error(classifyFailure(failure, call));
    };
    const port = wx ?? globalWx<WxRequestPort>();
    let task: WxRequestTask;
    try {
      task = port.request(option);
    } catch (cause) {
      subscriber.error(new NetworkError('wx.request threw', { ...call, code: 'unknown', phase: 'attempt', cause }));
      return;
    }

    const onHeaders = (result: WxHeadersReceived) => subscriber.next({ type: 'headers', ...result });
    // In the same turn as the call, or the platform may have told already.
    if (headersEvent) task.onHeadersReceived?.(onHeaders);
    if (!ended) subscriber.next({ type: 'sent' });

    return () => {
      if (headersEvent) task.offHeadersReceived?.(onHeaders);
      if (ended) return;
      try {
        task.abort();
      } catch {
        // A task that cannot be aborted is over for us all the same: leaving must not fail.
      }
    };
  });
}

function wxOptionOf(options: RequestOptions): WxRequestOption {
  const { url, method = 'GET', header, data, timeoutMs, responseType, dataType = 'text', platform } = options;
  const option: WxRequestOption = { ...platform, url, method, dataType };
  // A key that is there with the value undefined is not the same to the platform as one that is not there.
  if (header) option.header = { ...header };
  if (data !== undefined) option.data = data;
  if (timeoutMs !== undefined) option.timeout = timeoutMs;
  if (responseType !== undefined) option.responseType = responseType;
  return option;
}
