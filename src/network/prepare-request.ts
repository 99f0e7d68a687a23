import { PRIORITIES } from '../operators/waiting-line.js';
import { BACKGROUND_POLICIES } from '../platform/app-state.js';
import { charsetOfLabel } from '../platform/charset.js';
import { problemOfOptions, type OptionKind } from '../platform/check-options.js';
import { NetworkError, withoutSecrets } from '../platform/network-error.js';
import { effectiveTimeout } from '../platform/network-timeout.js';
import type { Header, HttpMethod } from '../platform/wx.js';
import type { Network } from './create-network.js';
import type { HttpRequest } from './http-request.js';
import { joinHeaders, nameIn } from './request-header.js';

const METHODS: readonly HttpMethod[] = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];

const OPTION_KINDS: { readonly [Name in keyof Required<HttpRequest>]: OptionKind } = {
  url: 'string',
  method: 'string',
  header: 'object',
  data: 'anything',
  as: ['json', 'text', 'arraybuffer'],
  charset: 'string',
  strictCharset: 'boolean',
  priority: PRIORITIES,
  maxWaitMs: 'delay',
  attemptMs: 'delay',
  idleMs: 'delay',
  totalMs: 'delay',
  background: BACKGROUND_POLICIES,
  interruptInBackground: 'boolean',
  idempotencyKey: 'string',
  platform: 'object',
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

/** What a call sets itself, and `platform` must not. */
const OWN_OPTIONS = [
  'url',
  'data',
  'header',
  'method',
  'timeout',
  'dataType',
  'responseType',
  'success',
  'fail',
  'complete',
];

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
export function absoluteRequest(network: Network, input: string | HttpRequest): HttpRequest {
  const { options } = network;
  if (typeof input === 'string')
    return { url: absoluteUrl(options.baseUrl, input), method: 'GET', header: options.header };
  const { method = 'GET', header, ...rest } = wellFormed(network, input);
  return {
    ...rest,
    method: method.toUpperCase() as HttpMethod,
    header: options.header ? joinHeaders(options.header, header) : header,
  };
}

/**
 * The request, if it is one, with an absolute URL: also what interceptors and `beforeSend` hand on goes through here.
 *
 * @throws NetworkError `invalid-argument` that says what was expected, what came, and what to write.
 */
export function wellFormed({ options }: Network, request: HttpRequest): HttpRequest {
  if (typeof request !== 'object' || typeof (request as HttpRequest | null)?.url !== 'string') {
    throw invalid(
      `expected a URL, or an object with one; got ${typeof request}; did beforeSend or an interceptor forget to return?`,
    );
  }
  const { charset, platform = {} } = request;
  const ours = Object.keys(platform).find((name) => OWN_OPTIONS.includes(name));
  const problem =
    problemOfOptions(request, OPTION_KINDS, FOREIGN_NAMES) ??
    (ours === undefined ? undefined : `platform cannot have '${ours}'; http$ sets it`);
  if (problem !== undefined) throw invalid(problem);
  if (charset !== undefined && charset !== 'auto' && charsetOfLabel(charset) === undefined) {
    throw invalid(`charset must be 'auto' or a label of the WHATWG Encoding Standard such as 'gbk'; got '${charset}'`);
  }
  return { ...request, url: absoluteUrl(options.baseUrl, request.url) };
}

function absoluteUrl(baseUrl: string | undefined, url: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  if (baseUrl === undefined) {
    throw invalid(
      `'${withoutSecrets(url)}' is relative, and the network has no baseUrl; write the whole URL, or createNetwork({ baseUrl })`,
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
  const { options } = network;
  const { method = 'GET', attemptMs } = request;

  if (!METHODS.includes(method)) {
    throw invalid(
      (method as string) === 'PATCH'
        ? "the platform has no PATCH; send method: 'POST' with header: { 'X-HTTP-Method-Override': 'PATCH' }, if your server knows it"
        : `method must be one of ${METHODS.join(', ')}; got '${method}'`,
    );
  }
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
  if (header === undefined) return undefined;
  checkHeader(header);
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

/** Header fields as HTTP allows them: what a server would read as another field, or not at all, is not sent. */
function checkHeader(header: Header): void {
  for (const [name, value] of Object.entries(header) as [string, unknown][]) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw invalid(`'${name}' is not a name of a header field`);
    if (/[\0\r\n]/.test(String(value))) throw invalid(`the header field '${name}' has a line break in its value`);
  }
}

function invalid(what: string): NetworkError {
  return new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'request' });
}
