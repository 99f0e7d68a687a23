import type { Observable } from 'rxjs';
import type { HttpResponse } from '../../platform/http-response.js';
import { ownOptions } from '../../platform/own-options.js';
import type { Network } from '../create-network.js';
import { internalsOf, type NetworkInternals } from '../internals.js';
import { answer$ } from '../pipeline.js';
import { defaultNetwork } from '../default-network.js';
import type { HttpRequest } from './http-request.js';
import { HTTP } from './http-spec.js';
import { withOptions } from './with-options.js';

/** The options of a call beside those that its method's helper takes. */
export type HttpCallOptions = Omit<HttpRequest, 'url' | 'method' | 'data'>;

/** A call without a body, by its URL. */
export interface HttpGet {
  (
    url: string,
    options: HttpCallOptions & Pick<HttpRequest, 'data'> & { readonly as: 'text' },
  ): Observable<HttpResponse<string>>;
  (
    url: string,
    options: HttpCallOptions & Pick<HttpRequest, 'data'> & { readonly as: 'arraybuffer' },
  ): Observable<HttpResponse<ArrayBuffer>>;
  <T = unknown>(url: string, options?: HttpCallOptions & Pick<HttpRequest, 'data'>): Observable<HttpResponse<T>>;
}

/** A call with a body, by its URL. */
export interface HttpSend {
  (
    url: string,
    data: HttpRequest['data'],
    options: HttpCallOptions & { readonly as: 'text' },
  ): Observable<HttpResponse<string>>;
  (
    url: string,
    data: HttpRequest['data'],
    options: HttpCallOptions & { readonly as: 'arraybuffer' },
  ): Observable<HttpResponse<ArrayBuffer>>;
  <T = unknown>(url: string, data?: HttpRequest['data'], options?: HttpCallOptions): Observable<HttpResponse<T>>;
}

/** One call a subscription, one answer a call. Any status is an answer: look at `ok`, or add `requireOk()` (CB-1). */
export interface Http {
  (request: HttpRequest & { readonly as: 'text' }): Observable<HttpResponse<string>>;
  (request: HttpRequest & { readonly as: 'arraybuffer' }): Observable<HttpResponse<ArrayBuffer>>;
  <T = unknown>(request: string | HttpRequest): Observable<HttpResponse<T>>;

  readonly get: HttpGet;
  readonly post: HttpSend;
  readonly put: HttpSend;
  readonly delete: HttpSend;
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
  const all = internalsOf(network);
  return httpOn(() => all);
}

/**
 * `http$()` over the global `wx`, with every default. Its network is made at the first subscription; nothing runs at import.
 *
 * @example
 * ```ts
 * http$.get<Item[]>('https://api.example.com/items').subscribe(({ body }) => page.setData({ items: body }));
 * ```
 */
export const http$: Http = /* @__PURE__ */ httpOn(defaultNetwork);

function httpOn(networkOf: () => NetworkInternals): Http {
  const call = (input: string | HttpRequest, options?: unknown) =>
    answer$(networkOf, HTTP, withOptions(input, options));
  const given = (options: HttpCallOptions = {}) => ownOptions(options, HTTP.options);
  const withData =
    (method: 'POST' | 'PUT' | 'DELETE') =>
    (url: string, data?: HttpRequest['data'], options?: HttpCallOptions, more?: unknown) =>
      call({ ...given(options), url, method, data }, more);

  return Object.assign(call, {
    get: (url: string, options?: HttpCallOptions, more?: unknown) =>
      call({ ...given(options), url, method: 'GET' }, more),
    post: withData('POST'),
    put: withData('PUT'),
    delete: withData('DELETE'),
  }) as Http;
}
