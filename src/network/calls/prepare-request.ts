import { PRIORITIES } from '../../operators/waiting-line.js';
import { BACKGROUND_POLICIES } from '../../platform/app-state.js';
import { problemOfCharset } from '../../platform/charset.js';
import { problemOfOptions, type OptionKind, type OptionKinds } from '../../platform/check-options.js';
import { NetworkError, withoutSecrets } from '../../platform/network-error.js';
import type { Header, HttpMethod } from '../../platform/wx.js';
import { attemptLimit } from './attempt-limit.js';
import type { Network } from '../create-network.js';
import type { CallOptions, HttpRequest } from './http-request.js';
import { joinHeaders, nameIn, sentHeader } from './request-header.js';

const METHODS: readonly HttpMethod[] = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];

/** The options that every call has; `method` too, since `beforeSend` sees it and hands it on. */
export const CALL_OPTIONS: { readonly [Name in keyof Required<CallOptions> | 'method']: OptionKind } = {
  url: 'string',
  method: 'string',
  header: 'object',
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

/** What one kind of call asks of its options. */
export interface CallKind {
  /** What the caller knows it as. */
  readonly face: string;
  readonly api: 'request' | 'uploadFile' | 'downloadFile';
  /** The only method that it knows. @defaultValue any, and GET where nothing is said */
  readonly method?: HttpMethod | undefined;
  readonly options: OptionKinds;
  /** What to say of names that it has not. */
  readonly hints: { readonly [name: string]: string };
  /** Says what else is wrong. */
  readonly problemOf?: ((request: HttpRequest) => string | undefined) | undefined;
}

/** What people bring along from `wx.request` and from other clients, and would otherwise wait for in vain. */
export const FOREIGN_NAMES: { readonly [name: string]: string } = {
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

/** What `http$` takes. */
export const HTTP_CALL: CallKind = {
  face: 'http$',
  api: 'request',
  options: {
    ...CALL_OPTIONS,
    data: 'anything',
    as: ['json', 'text', 'arraybuffer'],
    charset: 'string',
    readDeclaration: 'function',
    fatal: 'boolean',
    strictCharset: 'boolean',
  } satisfies Record<keyof HttpRequest, OptionKind>,
  hints: FOREIGN_NAMES,
};

const SAFE_METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS'];

/** A call that may be sent: nothing about it is missing or wrong. */
export interface CheckedRequest {
  readonly kind: CallKind;
  readonly request: HttpRequest;
  readonly method: HttpMethod;
  /** Without a Referer (LIM-1). */
  readonly header: Header | undefined;
  /** Found and, where it must be, cut (TIME-1, TIME-2). */
  readonly attemptMs: number;
}

/** The call as an interceptor sees it: absolute URL, upper-case method, the network's header joined in. */
export function absoluteRequest(network: Network, input: string | HttpRequest, kind = HTTP_CALL): HttpRequest {
  const { options } = network;
  if (typeof input === 'string')
    return { url: absoluteUrl(options.baseUrl, input, kind), method: 'GET', header: options.header };
  const { method = kind.method ?? 'GET', header, ...rest } = wellFormed(network, input, kind);
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
export function wellFormed({ options }: Network, request: HttpRequest, kind = HTTP_CALL): HttpRequest {
  if (typeof request !== 'object' || typeof (request as HttpRequest | null)?.url !== 'string') {
    throw invalid(
      `expected a URL, or an object with one; got ${typeof request}; did beforeSend or an interceptor forget to return?`,
      kind,
    );
  }
  const { charset, platform = {} } = request;
  // What a call sets itself, or has another name for.
  const ours = Object.keys(platform).find(
    (name) => name in kind.options || name in kind.hints || name === 'enableChunked',
  );
  const problem =
    problemOfOptions(request, kind.options, kind.hints) ??
    (ours === undefined
      ? undefined
      : `platform cannot have '${ours}'; ${ours === 'enableChunked' ? 'stream$' : kind.face} sets it`) ??
    kind.problemOf?.(request) ??
    (charset === undefined ? undefined : problemOfCharset(charset));
  if (problem !== undefined) throw invalid(problem, kind);
  return { ...request, url: absoluteUrl(options.baseUrl, request.url, kind) };
}

function absoluteUrl(baseUrl: string | undefined, url: string, kind: CallKind): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  if (baseUrl === undefined) {
    throw invalid(
      `'${withoutSecrets(url)}' is relative, and the network has no baseUrl; write the whole URL, or createNetwork({ baseUrl })`,
      kind,
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
export function checkedRequest(network: Network, request: HttpRequest, kind = HTTP_CALL): CheckedRequest {
  const { method = kind.method ?? 'GET', attemptMs } = request;

  if (kind.method && method !== kind.method) {
    throw invalid(`the platform's ${kind.api} knows ${kind.method} only; got '${method}'`, kind);
  }
  if (!METHODS.includes(method)) {
    throw invalid(
      (method as string) === 'PATCH'
        ? "the platform has no PATCH; send method: 'POST' with header: { 'X-HTTP-Method-Override': 'PATCH' }, if your server knows it"
        : `method must be one of ${METHODS.join(', ')}; got '${method}'`,
      kind,
    );
  }
  const key = request.idempotencyKey;
  const header = key === undefined ? request.header : joinHeaders({ 'Idempotency-Key': key }, request.header);
  return {
    kind,
    request,
    method,
    header: sentHeader(network, header, kind.api),
    attemptMs: attemptLimit(network, kind.api, attemptMs),
  };
}

function invalid(what: string, { api }: CallKind): NetworkError {
  return new NetworkError(what, { code: 'invalid-argument', phase: 'check', api });
}
