import type { BodyKind } from '../operators/decode-body.js';
import { PRIORITIES } from '../operators/waiting-line.js';
import { BACKGROUND_POLICIES } from '../platform/app-state.js';
import { charsetOfLabel } from '../platform/charset.js';
import { isDelay } from '../platform/limits.js';
import { NetworkError } from '../platform/network-error.js';
import { effectiveTimeout } from '../platform/network-timeout.js';
import type { Header, HttpMethod } from '../platform/wx.js';
import type { Network } from './create-network.js';
import type { HttpRequest } from './http-request.js';
import { joinHeaders, nameIn } from './request-header.js';

const METHODS: readonly HttpMethod[] = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
const BODY_KINDS: readonly BodyKind[] = ['json', 'text', 'arraybuffer'];

/** The options of a call; whatever else comes is misspelt, or brought along from somewhere else. */
const OPTION_NAMES: { readonly [Name in keyof Required<HttpRequest>]: 1 } = {
  url: 1,
  method: 1,
  header: 1,
  data: 1,
  as: 1,
  charset: 1,
  strictCharset: 1,
  priority: 1,
  maxWaitMs: 1,
  attemptMs: 1,
  idleMs: 1,
  totalMs: 1,
  background: 1,
  interruptInBackground: 1,
  idempotencyKey: 1,
  platform: 1,
};

/** What people bring along from `wx.request` and from other clients, and would otherwise wait for in vain. */
const FOREIGN_NAMES: { readonly [name: string]: string } = {
  timeout: 'write attemptMs, in milliseconds',
  success: 'subscribe({ next }) to the answer',
  fail: 'subscribe({ error }) to the failure',
  complete: 'add finalize() to the pipe',
  params: 'write data; for GET the platform makes a query of it',
  body: 'write data',
  headers: 'write header',
  dataType: "write as: 'json' or as: 'text'",
  responseType: "write as: 'arraybuffer'",
};

const SAFE_METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS'];

/** A call that may be sent: nothing about it is missing or wrong. */
export interface CheckedRequest {
  readonly request: HttpRequest;
  readonly method: HttpMethod;
  /** Without a Referer (LIM-1). */
  readonly header: Header | undefined;
  /** Found and, where it must be, cut (TIME-1, TIME-2). */
  readonly attemptMs: number;
}

/** The call as an interceptor sees it: absolute URL, upper-case method, the network's header joined in. */
export function absoluteRequest({ options }: Network, input: string | HttpRequest): HttpRequest {
  if (typeof input === 'string')
    return { url: absoluteUrl(options.baseUrl, input), method: 'GET', header: options.header };
  const request: HttpRequest | null | undefined = input;
  if (typeof request?.url !== 'string') {
    throw invalid(
      `expected a URL, or an object with one; got ${request === null ? 'null' : typeof (request?.url ?? request)}`,
    );
  }
  refuseUnknownNames(input);
  const { url, method = 'GET', header } = request;
  return {
    ...request,
    url: absoluteUrl(options.baseUrl, url),
    method: method.toUpperCase() as HttpMethod,
    header: options.header ? joinHeaders(options.header, header) : header,
  };
}

function absoluteUrl(baseUrl: string | undefined, url: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  if (baseUrl === undefined) {
    throw invalid(
      `'${url}' is relative, and the network has no baseUrl; write the whole URL, or createNetwork({ baseUrl })`,
    );
  }
  return `${baseUrl.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

/** Whether a call may be sent again although it may have arrived: a safe method, or a key by which the server knows it. */
export function mayRepeat({ method, header }: CheckedRequest): boolean {
  return SAFE_METHODS.includes(method) || nameIn(header, 'idempotency-key') !== undefined;
}

/**
 * The call as it will be sent: checked, its Referer dropped (LIM-1), its timeout found (TIME-1, TIME-2).
 *
 * @throws NetworkError `invalid-argument` for what the platform could not, or must not, be asked.
 */
export function checkedRequest(network: Network, request: HttpRequest): CheckedRequest {
  if (typeof (request as HttpRequest | undefined)?.url !== 'string') {
    throw invalid('an interceptor or beforeSend must hand on a request with a url; did it forget to return one?');
  }
  const { options } = network;
  const { method = 'GET', idleMs, totalMs, maxWaitMs, attemptMs, charset } = request;

  if (!METHODS.includes(method)) {
    throw invalid(
      (method as string) === 'PATCH'
        ? "the platform has no PATCH; send method: 'POST' with header: { 'X-HTTP-Method-Override': 'PATCH' }, if your server knows it"
        : `method must be one of ${METHODS.join(', ')}; got '${method}'`,
    );
  }
  checkOneOf('as', request.as, BODY_KINDS);
  checkOneOf('priority', request.priority, PRIORITIES);
  checkOneOf('background', request.background, BACKGROUND_POLICIES);
  if (charset !== undefined && charset !== 'auto' && charsetOfLabel(charset) === undefined) {
    throw invalid(`charset must be 'auto' or a label of the WHATWG Encoding Standard such as 'gbk'; got '${charset}'`);
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
      'timeout',
      `[TIME-1] a timeout of ${clampedFromMs} ms is cut to ${timeoutMs}; where the platform allows more, raise maxTimeoutMs`,
    );
  }
  const key = request.idempotencyKey;
  const header = key === undefined ? request.header : joinHeaders({ 'Idempotency-Key': key }, request.header);
  return { request, method, header: withoutReferer(network, header), attemptMs: timeoutMs };
}

function withoutReferer(network: Network, header: Header | undefined): Header | undefined {
  const referer = nameIn(header, 'referer');
  if (referer === undefined) return header;
  network.warn(
    'referer',
    '[LIM-1] the Referer cannot be set; the platform sends https://servicewechat.com/{appid}/{version}/page-frame.html',
  );
  const rest = { ...header };
  delete rest[referer];
  return rest;
}

function refuseUnknownNames(request: HttpRequest): void {
  for (const name of Object.keys(request)) {
    if (hasOwn(OPTION_NAMES, name)) continue;
    const hint = hasOwn(FOREIGN_NAMES, name)
      ? FOREIGN_NAMES[name]
      : `there are ${Object.keys(OPTION_NAMES).join(', ')}`;
    throw invalid(`there is no option '${name}'; ${hint}; other options of wx.request go into platform: { … }`);
  }
}

function hasOwn(object: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, name);
}

function checkOneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value)) {
    throw invalid(`${name} must be one of ${known.join(', ')}; got '${value}'`);
  }
}

function checkDelay(name: string, ms: number | undefined): void {
  if (ms !== undefined && !isDelay(ms)) {
    throw invalid(`${name} must be a positive number of milliseconds below 2^31; got ${ms}`);
  }
}

function invalid(what: string): NetworkError {
  return new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'request' });
}
