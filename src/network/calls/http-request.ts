import type { Observable } from 'rxjs';
import type { Priority } from '../../operators/waiting-line.js';
import type { BackgroundPolicy } from '../../platform/app-state.js';
import type { BodyKind, DecodeBodyOptions, ParseJson } from '../../platform/decode.js';
import type { ArrayStyle } from '../../platform/encode-query.js';
import type { HttpResponse } from '../../platform/http-response.js';
import type { PlatformOptions, RequestPlatformOptions } from '../../platform/platform-options.js';
import type { Header, HttpMethod, RequestData } from '../../platform/wx.js';

/** What every call over HTTP may say, of whatever kind. */
export interface CallOptions {
  /** Absolute, or relative to the network's `baseUrl`. */
  readonly url: string;
  /** Joined with the network's; a field of the same name wins, whatever its case. `Referer` is dropped (LIM-1). */
  readonly header?: Header | undefined;

  /** Who goes first when calls wait. @defaultValue `'normal'` */
  readonly priority?: Priority | undefined;
  /** Longest wait for a place, in milliseconds in which the queue is not paused, for whatever reason. @defaultValue the network's, else no limit */
  readonly maxWaitMs?: number | undefined;
  /** Longest attempt, in milliseconds; also given to the platform. @defaultValue `networkTimeout` of the API, else 60 000 (TIME-1) */
  readonly attemptMs?: number | undefined;
  /** Longest silence within an attempt, in milliseconds. @defaultValue the network's, else no limit */
  readonly idleMs?: number | undefined;
  /** Longest whole, with waiting and replays, in milliseconds of foreground. @defaultValue the network's, else no limit */
  readonly totalMs?: number | undefined;

  /**
   * What the call does while the app is in the background (BG-2). `'refuse'` also ends a call that waits when the app is
   * hidden, and one that is cut: it is never replayed.
   *
   * @defaultValue the network's, else `'hold'`
   */
  readonly background?: BackgroundPolicy | undefined;
  /** Whether five seconds of background end the call (BG-1). @defaultValue the network's, else `true` */
  readonly interruptInBackground?: boolean | undefined;
  /** Sent as `Idempotency-Key`. With it an interrupted call is replayed whatever its method. */
  readonly idempotencyKey?: string | undefined;

  /** Any other option of the `wx` function, such as `enableHttp2`; over those of the network, one by one. */
  readonly platform?: PlatformOptions | undefined;
}

/** One call of `http$`. */
export interface HttpRequest extends CallOptions {
  /** @defaultValue `'GET'` */
  readonly method?: HttpMethod | undefined;
  /**
   * For GET and HEAD an object, of which a query is made. Else a text, bytes (a view such as a `Uint8Array` is sent as the bytes
   * that it shows), or an object, of which JSON is made, or a form where the content type says so. In a query and a form,
   * fields that are `undefined` or `null` are left out, lists are written as `arrays` says, and other objects are refused.
   */
  readonly data?: RequestData | undefined;
  /** How a list is written in a query or a form. @defaultValue the network's, else a list is refused */
  readonly arrays?: ArrayStyle | undefined;

  /** What the body is wanted as. @defaultValue `'json'` */
  readonly as?: BodyKind | undefined;
  /**
   * Ask for bytes and decode them here: a label such as `'gbk'`, or `'auto'` (byte order mark, Content-Type, UTF-8).
   *
   * @defaultValue the platform decodes, which is faster and reliable for UTF-8 only (ENC-1)
   */
  readonly charset?: string | undefined;
  /**
   * `declaredCharsetOf` looks for `<meta charset>` or `<?xml encoding?>`, too, where nothing else tells the charset. Asks for
   * bytes, as `charset` does.
   *
   * @defaultValue none: not looked for
   */
  readonly readDeclaration?: DecodeBodyOptions['readDeclaration'];
  /** Malformed bytes are a `decode` error that names the byte, and not U+FFFD. `true` asks for bytes. @defaultValue `false` */
  readonly fatal?: boolean | undefined;
  /** A text that the platform decoded from another charset than UTF-8 is a `decode` error. @defaultValue the network's */
  readonly strictCharset?: boolean | undefined;
  /** Makes a value of the text of a JSON body. @defaultValue the network's, else `JSON.parse` */
  readonly parseJson?: ParseJson | undefined;
  /** Any other option of `wx.request`, such as `enableHttp2` or `redirect`; over those of the network, one by one. */
  readonly platform?: RequestPlatformOptions | undefined;
}

/** Sends a request, each time its observable is subscribed to: what an interceptor is given twice. */
export type HttpHandler = (request: HttpRequest) => Observable<HttpResponse<unknown>>;

/** What an interceptor returns: an observable of the answer, or, of an `async` function, a promise of either. */
export type HttpInterceptorResult =
  Observable<HttpResponse<unknown>> | PromiseLike<HttpResponse<unknown> | Observable<HttpResponse<unknown>>>;

/**
 * Sees a call once, before any policy, and its decoded answer. Return `next(request)`, changed before or after; to change
 * the request, copy it: `next({ ...request, header })`.
 *
 * `next` belongs to the call that it was made for: an upload stays an upload, with its file, and a POST a POST, with its data,
 * its key and the way its answer is read, where it is given nothing else; `undefined` leaves an option out. The same goes for
 * `beforeSend`. Call `next` once, never, or again. `send` sends another call below the interceptors, such as a login, as `http$` would: through `http$`
 * it would meet itself.
 *
 * @example
 * ```ts
 * const login: HttpInterceptor = (request, next, send) =>
 *   send({ url: '/login', method: 'POST' }).pipe(
 *     mergeMap(({ body }) => next({ ...request, header: { ...request.header, token: String(body) } })),
 *   );
 * ```
 */
export type HttpInterceptor = (request: HttpRequest, next: HttpHandler, send: HttpHandler) => HttpInterceptorResult;
