import { defer, type Observable } from 'rxjs';
import { domainError } from '../operators/allow-domains.js';
import { decodeBody } from '../operators/decode-body.js';
import { interruptInBackground } from '../operators/interrupt-in-background.js';
import { limitConcurrency } from '../operators/limit-concurrency.js';
import { mapResponse } from '../operators/map-response.js';
import { replayAfterInterruption } from '../operators/replay-after-interruption.js';
import { timeLimit } from '../operators/time-limit.js';
import type { HttpResponse } from '../platform/http-response.js';
import { MAX_TIMER_MS } from '../platform/limits.js';
import type { CallDetails } from '../platform/network-error.js';
import { request$ } from '../sources/request.js';
import { createNetwork, type Network } from './create-network.js';
import type { HttpHandler, HttpRequest } from './http-request.js';
import { absoluteRequest, checkedRequest, mayRepeat, wellFormed, type CheckedRequest } from './prepare-request.js';

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

/** Our own timer fires so long after the platform's, for calls that it never calls back. Milliseconds. */
const BACKSTOP_MS = 1_000;

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

let readyMade: Network | undefined;

/**
 * `http$()` over the global `wx`, with every default. Its network is made at the first subscription; nothing runs at import.
 *
 * @example
 * ```ts
 * http$.get<Item[]>('https://api.example.com/items').subscribe(({ body }) => page.setData({ items: body }));
 * ```
 */
export const http$: Http = /* @__PURE__ */ httpOn(() => (readyMade ??= createNetwork()));

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
  const { interceptors = [] } = network.options;
  if (interceptors.length === 0) return (request) => sendUnderRules(network, request);
  return interceptors.reduceRight<HttpHandler>(
    (next, interceptor) => (request) => interceptor(request, next),
    (request) => defer(() => sendUnderRules(network, wellFormed(network, request))),
  );
}

/** What a call goes through outside the queue: all that a waiting call costs. */
function sendUnderRules(network: Network, request: HttpRequest): Observable<HttpResponse<unknown>> {
  const { options, app$, requestQueue, scheduler } = network;
  const { interruptInBackground: cutsAtAll = true } = options;
  const { url, priority, background = options.background ?? 'hold' } = request;
  const { totalMs = options.totalMs, maxWaitMs = options.maxWaitMs } = request;
  const checked = checkedRequest(network, request);
  const call: CallDetails = { api: 'request', method: checked.method, url };
  refuseUnlisted(network, url);

  // What was sent last decides whether it may be sent again: beforeSend may have made another request of it.
  let sent = checked;
  let attempts = 0;
  const attempt$ = defer(() => {
    attempts++;
    sent = readyToSend(network, checked);
    return attemptOnce(network, sent);
  });

  return attempt$.pipe(
    limitConcurrency(requestQueue, { priority, maxWaitMs, background, atHead: () => attempts > 0, call }),
    background === 'refuse'
      ? unchanged
      : replayAfterInterruption(app$, { when: () => mayRepeat(sent), single: true, scheduler }),
    totalMs === undefined ? unchanged : timeLimit({ totalMs, app$: cutsAtAll ? app$ : undefined, scheduler, call }),
  );
}

function readyToSend(network: Network, checked: CheckedRequest): CheckedRequest {
  const { beforeSend } = network.options;
  if (!beforeSend) return checked;
  const { request, method, header } = checked;
  const changed = checkedRequest(network, wellFormed(network, beforeSend({ ...request, method, header })));
  if (changed.request.url !== request.url) refuseUnlisted(network, changed.request.url);
  return changed;
}

/** What one attempt goes through, once it has its place. */
function attemptOnce(network: Network, checked: CheckedRequest): Observable<HttpResponse<unknown>> {
  const { options, wx, app$, scheduler } = network;
  const { request, method, header, attemptMs } = checked;
  const { url, data, as, charset, platform } = request;
  const { idleMs = options.idleMs, strictCharset = options.strictCharset } = request;
  const { interruptInBackground: cuts = options.interruptInBackground ?? true } = request;
  const call: CallDetails = { api: 'request', method, url };

  const responseType = as === 'arraybuffer' || charset !== undefined ? 'arraybuffer' : 'text';
  const onTrial = (response: HttpResponse<unknown>) => warnOfTrial(network, response);

  return request$({ url, method, header, data, timeoutMs: attemptMs, responseType, platform }, { wx, scheduler }).pipe(
    cuts ? interruptInBackground(app$, { scheduler, call }) : unchanged,
    timeLimit({
      attemptMs: Math.min(attemptMs + BACKSTOP_MS, MAX_TIMER_MS),
      idleMs,
      scheduler,
      call,
      app$: cuts ? app$ : undefined,
    }),
    mapResponse(),
    decodeBody({ as, charset, strictCharset, decoders: options.decoders, onTrial }),
  );
}

function refuseUnlisted({ options, domains, warn }: Network, url: string): void {
  const refusal = domainError('request', url, domains, options.device?.());
  if (!refusal) return;
  if (options.onRefusal !== 'warn') throw refusal;
  warn(`${refusal.rule} ${url.split('/').slice(0, 3).join('/')}`, refusal.message);
}

function warnOfTrial({ warn }: Network, { url, charset }: HttpResponse<unknown>): void {
  const host = url.split('/').slice(0, 3).join('/');
  warn(
    `charset ${host}`,
    `[ENC-1] ${host} answers in ${charset}, which the platform converts on trial; ask for bytes with { charset: 'auto' }, or let the server answer in UTF-8`,
  );
}

function unchanged<T>(source: Observable<T>): Observable<T> {
  return source;
}
