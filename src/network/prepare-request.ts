import { isDelay } from '../platform/limits.js';
import { NetworkError } from '../platform/network-error.js';
import { effectiveTimeout } from '../platform/network-timeout.js';
import type { Header, HttpMethod } from '../platform/wx.js';
import type { Network } from './create-network.js';
import type { HttpRequest } from './http-request.js';
import { joinHeaders, nameIn } from './request-header.js';

const METHODS: readonly HttpMethod[] = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
const SAFE_METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS'];

/** A call that may be sent: nothing about it is missing or wrong. */
export type CheckedRequest = HttpRequest & { readonly method: HttpMethod; readonly attemptMs: number };

/** The call as an interceptor sees it: absolute URL, upper-case method, the network's header joined in. */
export function absoluteRequest({ options }: Network, input: string | HttpRequest): HttpRequest {
  const request = typeof input === 'string' ? { url: input } : input;
  if (typeof request?.url !== 'string') {
    throw invalid(
      `expected a URL, or an object with one; got ${request === null ? 'null' : typeof (request?.url ?? request)}`,
    );
  }
  const { url, method = 'GET', header, idempotencyKey } = request;
  const key = idempotencyKey === undefined ? undefined : { 'Idempotency-Key': idempotencyKey };
  return {
    ...request,
    url: absoluteUrl(options.baseUrl, url),
    method: method.toUpperCase() as HttpMethod,
    header: options.header || key ? joinHeaders(options.header, key, header) : header,
  };
}

function absoluteUrl(baseUrl: string | undefined, url: string): string {
  if (baseUrl === undefined || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  return `${baseUrl.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

/** Whether a call may be sent again although it may have arrived: a safe method, or a key by which the server knows it. */
export function mayRepeat({ method = 'GET', header }: HttpRequest): boolean {
  return SAFE_METHODS.includes(method) || nameIn(header, 'idempotency-key') !== undefined;
}

/**
 * The call as it will be sent: checked, its Referer dropped (LIM-1), its timeout found (TIME-1, TIME-2).
 *
 * @throws NetworkError `invalid-argument` for what the platform could not, or must not, be asked.
 */
export function checkedRequest(network: Network, request: HttpRequest): CheckedRequest {
  const { options } = network;
  const { method = 'GET', idleMs, totalMs, maxWaitMs, attemptMs } = request;

  if (!METHODS.includes(method)) {
    throw invalid(
      (method as string) === 'PATCH'
        ? "the platform has no PATCH; send method: 'POST' with header: { 'X-HTTP-Method-Override': 'PATCH' }, if your server knows it"
        : `method must be one of ${METHODS.join(', ')}; got '${method}'`,
    );
  }
  checkDelay('attemptMs', attemptMs);
  checkDelay('idleMs', idleMs);
  checkDelay('totalMs', totalMs);
  checkDelay('maxWaitMs', maxWaitMs);

  const { timeoutMs, clampedFromMs } = effectiveTimeout(
    'request',
    attemptMs,
    options.networkTimeout,
    options.maxTimeoutMs,
  );
  if (clampedFromMs !== undefined) {
    network.warn(
      `timeout ${clampedFromMs}`,
      `[TIME-1] a timeout of ${clampedFromMs} ms is cut to ${timeoutMs}; where the platform allows more, raise maxTimeoutMs`,
    );
  }
  return { ...request, method, attemptMs: timeoutMs, header: withoutReferer(network, request.header) };
}

function withoutReferer(network: Network, header: Header | undefined): Header | undefined {
  const referer = nameIn(header, 'referer');
  if (referer === undefined) return header;
  network.warn(
    'referer',
    '[LIM-1] the Referer cannot be set; the platform sends https://servicewechat.com/{appid}/{version}/page-frame.html',
  );
  const { [referer]: _dropped, ...rest } = header as Header;
  return rest;
}

function checkDelay(name: string, ms: number | undefined): void {
  if (ms !== undefined && !isDelay(ms)) {
    throw invalid(`${name} must be a positive number of milliseconds below 2^31; got ${ms}`);
  }
}

function invalid(what: string): NetworkError {
  return new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'request' });
}
