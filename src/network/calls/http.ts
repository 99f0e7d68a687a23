import { defer, type Observable } from 'rxjs';
import { decodeBody } from '../../operators/decode-body.js';
import { mapResponse } from '../../operators/map-response.js';
import type { HttpResponse } from '../../platform/http-response.js';
import { requestEvents$ } from '../../sources/request.js';
import type { Network } from '../create-network.js';
import type { HttpHandler, HttpRequest } from './http-request.js';
import { absoluteRequest, HTTP_CALL, wellFormed, type CheckedRequest } from './prepare-request.js';
import { readyMade } from '../ready-made.js';
import { sendUnderRules$, throughInterceptors, type AttemptLimits } from '../send-under-rules.js';

/** The options of a call beside those that its method's helper takes. */
export type HttpCallOptions = Omit<HttpRequest, 'url' | 'method' | 'data'>;

type AsText = { readonly as: 'text' };
type AsBytes = { readonly as: 'arraybuffer' };
type Answer$<T> = Observable<HttpResponse<T>>;

interface Get {
  (url: string, options: HttpCallOptions & Pick<HttpRequest, 'data'> & AsText): Answer$<string>;
  (url: string, options: HttpCallOptions & Pick<HttpRequest, 'data'> & AsBytes): Answer$<ArrayBuffer>;
  <T = unknown>(url: string, options?: HttpCallOptions & Pick<HttpRequest, 'data'>): Answer$<T>;
}

interface Send {
  (url: string, data: HttpRequest['data'], options: HttpCallOptions & AsText): Answer$<string>;
  (url: string, data: HttpRequest['data'], options: HttpCallOptions & AsBytes): Answer$<ArrayBuffer>;
  <T = unknown>(url: string, data?: HttpRequest['data'], options?: HttpCallOptions): Answer$<T>;
}

/** One call a subscription, one answer a call. Any status is an answer: look at `ok`, or add `requireOk()` (CB-1). */
export interface Http {
  (request: HttpRequest & AsText): Answer$<string>;
  (request: HttpRequest & AsBytes): Answer$<ArrayBuffer>;
  <T = unknown>(request: string | HttpRequest): Answer$<T>;

  readonly get: Get;
  readonly post: Send;
  readonly put: Send;
  readonly delete: Send;
}

/**
 * Makes `http$()` on a network: a request under every rule of the platform.
 *
 * ```text
 * app     f-------b-----f-------
 * http$   -----r|                  answered
 * http$           (held)-----r|    called in the background: sent after the return
 * ```
 *
 * What a call goes through, outermost first: interceptors → domains → total deadline → replay → queue (paused in the
 * background) → attempt and idle deadline → interruption → `wx.request` → response → decoding. Cold: nothing is sent
 * before `subscribe`, and once more at each one. Unsubscribing, wherever the call is, ends it in the same turn: a
 * waiting one is never sent, a running one is aborted.
 *
 * @example
 * ```ts
 * const http$ = createHttp(createNetwork({ baseUrl: 'https://api.example.com' }));
 *
 * http$<User>('/me').subscribe(({ ok, body }) => page.setData({ me: ok ? body : null }));
 * ```
 *
 * @returns A function whose observables error with a {@link NetworkError}: see its codes. What the app's own functions
 * throw (interceptors, `beforeSend`, `device`, decoders) passes unchanged.
 */
export function createHttp(network: Network): Http {
  return httpOn(() => network);
}

/**
 * `http$()` over the global `wx`, with every default. Its network is made at the first subscription; nothing runs at import.
 *
 * @example
 * ```ts
 * http$.get<Item[]>('https://api.example.com/items').subscribe(({ body }) => page.setData({ items: body }));
 * ```
 */
export const http$: Http = /* @__PURE__ */ httpOn(readyMade);

function httpOn(networkOf: () => Network): Http {
  let handle: HttpHandler | undefined;
  const call = (input: string | HttpRequest) =>
    defer(() => {
      const network = networkOf();
      handle ??= handlerOn(network);
      return handle(absoluteRequest(network, input));
    });
  const withData =
    (method: 'POST' | 'PUT' | 'DELETE') => (url: string, data?: HttpRequest['data'], options?: HttpCallOptions) =>
      call({ ...options, url, method, data });

  return Object.assign(call, {
    get: (url: string, options?: HttpCallOptions) => call({ ...options, url, method: 'GET' }),
    post: withData('POST'),
    put: withData('PUT'),
    delete: withData('DELETE'),
  }) as Http;
}

function handlerOn(network: Network): HttpHandler {
  return throughInterceptors(network, sendHttp(network), checkAndSendHttp(network));
}

/** What `next` of an interceptor does, where the call is one of `http$`. */
export function checkAndSendHttp(network: Network): HttpHandler {
  const send = sendHttp(network);
  return (request) => send(wellFormed(network, request));
}

function sendHttp(network: Network): HttpHandler {
  return (request) =>
    sendUnderRules$(network, request, HTTP_CALL, (sent, limits) => answerOnce(network, sent, limits), true);
}

/** What one attempt goes through, once it has its place. */
function answerOnce(
  network: Network,
  { request, method, header, attemptMs }: CheckedRequest,
  limits: AttemptLimits,
): Observable<HttpResponse<unknown>> {
  const { options, wx, scheduler } = network;
  const { url, data, as, charset, readDeclaration, fatal, platform, strictCharset = options.strictCharset } = request;
  const wantsBytes = as === 'arraybuffer' || charset !== undefined || readDeclaration !== undefined || fatal;
  const responseType = wantsBytes ? 'arraybuffer' : 'text';
  const onTrial = (response: HttpResponse<unknown>) => warnOfTrial(network, response);

  return requestEvents$(
    { url, method, header, data, timeoutMs: attemptMs, responseType, platform },
    { wx, scheduler },
  ).pipe(
    // First: that the call was sent is news for nobody behind it.
    mapResponse(),
    limits,
    decodeBody({ as, charset, readDeclaration, fatal, strictCharset, decoders: options.decoders, onTrial }),
  );
}

function warnOfTrial({ warn }: Network, { url, charset }: HttpResponse<unknown>): void {
  const host = url.split('/').slice(0, 3).join('/');
  warn(
    `charset ${host}`,
    `[ENC-1] ${host} answers in ${charset}, which the platform converts on trial; ask for bytes with { charset: 'auto' }, or let the server answer in UTF-8`,
  );
}
