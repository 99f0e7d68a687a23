import { map, type Observable } from 'rxjs';
import type { KindsOf } from '../platform/check-options.js';
import type { RequestPlatformOptions } from '../platform/platform-options.js';
import type {
  Header,
  HttpMethod,
  RequestData,
  WxChunkReceived,
  WxHeadersReceived,
  WxRequestOption,
  WxRequestPort,
  WxRequestSuccess,
} from '../platform/wx.js';
import type { WithWxAndScheduler } from './call-wx.js';
import { checkSource } from './check-source.js';
import { taskAnswer, taskEvents$, type TaskAnswer } from './task-events.js';

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
  /**
   * Emit a `chunk` event for each piece of the body as it comes. The answer's own `data` is empty then, whatever the
   * status: so the platform has it.
   *
   * @defaultValue `false`
   */
  readonly enableChunked?: boolean | undefined;
  /** Any other option of `wx.request`, such as `enableHttp2` or `redirect`. */
  readonly platform?: RequestPlatformOptions | undefined;
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
  | { readonly type: 'sent' }
  | ({ readonly type: 'headers' } & WxHeadersReceived)
  | ({ readonly type: 'chunk' } & WxChunkReceived)
  | RequestResponseEvent;

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
 * @throws NetworkError `invalid-argument` for an unknown option, or that cannot be.
 */
export function request$(
  options: RequestOptions,
  dependencies: WithWxAndScheduler<WxRequestPort> = {},
): Observable<RequestEvent> {
  checkSource('request', options, OPTIONS);
  const { url, method = 'GET' } = options;
  return requestEvents$(options, dependencies).pipe(
    map((event) => (event.type === 'response' ? responseEvent(event, method, url) : event)),
  );
}

function responseEvent(
  { type, result, durationMs }: TaskAnswer<WxRequestSuccess>,
  method: HttpMethod,
  url: string,
): RequestResponseEvent {
  const { data, statusCode, header, cookies, profile, errMsg, exception, useHttpDNS } = result;
  const response = { type, method, url, durationMs, data, statusCode, header, cookies, profile, errMsg };
  const isDiagnosed = exception !== undefined || useHttpDNS !== undefined;
  return isDiagnosed ? { ...response, exception, useHttpDNS } : response;
}

const OPTIONS: KindsOf<RequestOptions> = {
  url: 'string',
  method: 'string',
  header: 'object',
  data: 'anything',
  timeoutMs: 'delay',
  responseType: ['text', 'arraybuffer'],
  dataType: ['json', 'text'],
  headersEvent: 'boolean',
  enableChunked: 'boolean',
  platform: 'object',
};

/** What happens to one request, before its answer is made an event. */
export type RequestTaskEvent = Exclude<RequestEvent, RequestResponseEvent> | TaskAnswer<WxRequestSuccess>;

/** {@link request$} for the network, which has checked the options already. */
export function requestEvents$(
  options: RequestOptions,
  dependencies: WithWxAndScheduler<WxRequestPort> = {},
): Observable<RequestTaskEvent> {
  const { url, method = 'GET', headersEvent = false, enableChunked = false } = options;

  return taskEvents$<WxRequestPort, WxRequestSuccess, RequestTaskEvent>(
    { api: 'request', method, url },
    dependencies,
    (out) => ({
      option: requestOption(options),
      listeners: {
        HeadersReceived: headersEvent && ((result: WxHeadersReceived) => out.next({ type: 'headers', ...result })),
        ChunkReceived: enableChunked && (({ data }: WxChunkReceived) => out.next({ type: 'chunk', data })),
      },
      answered: taskAnswer,
    }),
  );
}

/** What `wx.request` is given for it. */
export function requestOption(options: RequestOptions): WxRequestOption {
  const { url, method = 'GET', header, data, timeoutMs, responseType, dataType = 'text', enableChunked } = options;
  const option: WxRequestOption = { url, method, dataType };
  // Ours count. Put in, where there are any: a spread of none would cost every call.
  if (options.platform) Object.assign(option, options.platform, { url, method, dataType });
  // A key that is there with the value undefined is not the same to the platform as one that is not there.
  if (header) option.header = { ...header };
  if (data !== undefined) option.data = data;
  if (timeoutMs !== undefined) option.timeout = timeoutMs;
  if (responseType !== undefined) option.responseType = responseType;
  if (enableChunked) option.enableChunked = true;
  return option;
}
