import { noop } from 'rxjs';
import { problemOfCharset } from '../../platform/charset.js';
import { checkedHeader, problemOfHeader } from '../../platform/check-header.js';
import { problemOfOptions, unreadable } from '../../platform/check-options.js';
import { copyOf } from '../../platform/copy-of.js';
import { isObject, kindOf, type Refuse } from '../../platform/field-text.js';
import { nameIn } from '../../platform/header-field.js';
import { NetworkError, withoutSecrets, type NetworkErrorCode } from '../../platform/network-error.js';
import { ownOptions, picked } from '../../platform/own-options.js';
import type { HttpMethod } from '../../platform/wx.js';
import { hearPromise } from '../../sources/call-wx.js';
import type { NetworkInternals } from '../internals.js';
import { policyOf } from '../policy.js';
import { problemOfPlatform, type CallApi, type CallSpec, type PreparedCall } from './call-spec.js';
import type { CallOptions } from './http-request.js';
import { joinHeaders, withoutReferer } from './request-header.js';

/** What may be sent again although it may have arrived. */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The options that not every client has; they are checked wherever they are given. */
interface AnyRequest extends CallOptions {
  readonly method?: HttpMethod;
  readonly charset?: string;
}

/**
 * Checks a request as it came: from the caller, from an interceptor, or from `beforeSend`.
 *
 * @param from - Who it came from.
 * @throws NetworkError `invalid-argument` that says what was expected, what came, and what to write.
 */
export function validate<Request extends CallOptions>(
  spec: CallSpec<Request>,
  request: unknown,
  from?: string,
): asserts request is Request {
  const problem = problemOf(spec, request, from);
  if (problem) throw refusal(spec, problem, request as Request);
}

/**
 * The call as an interceptor sees it: a copy of our own with an absolute URL, an upper-case method, the network's header
 * joined in.
 */
export function normalize<Request extends CallOptions>(
  network: NetworkInternals,
  spec: CallSpec<Request>,
  input: string | Request,
): Request {
  const { settings } = network;
  // There is nothing wrong with a string, where a URL is enough.
  const isUrl = typeof input === 'string' && !spec.problemOf;
  const given = typeof input === 'string' ? ({ url: input } as Request) : copyOfRequest(spec, input);
  if (!isUrl) validate(spec, given);
  const { method, header } = given as AnyRequest;
  const url = absoluteUrl(spec, settings.baseUrl, given.url);
  const written = method === undefined ? spec.methods[0] : method.toUpperCase();
  const joined = settings.header ? joinHeaders(settings.header, header) : header && { ...header };
  const said = { url, method: written, header: joined };
  return isUrl ? (said as unknown as Request) : Object.assign(given, said);
}

/** A request that an interceptor or `beforeSend` hands on: checked, with an absolute URL, and with what makes it this call. */
export function handedOn<Request extends CallOptions>(
  network: NetworkInternals,
  spec: CallSpec<Request>,
  call: Request,
  request: unknown,
  from: string,
): Request {
  const own = copyOfRequest(spec, request as Request);
  const whole: unknown = own === request ? request : { ...picked(call, identityOf(spec, call, own)), ...own };
  validate(spec, whole, from);
  return { ...whole, url: absoluteUrl(spec, network.settings.baseUrl, whole.url) };
}

/** What is the call's own where it is not given; of another method, not what it was to send. */
function identityOf<Request extends CallOptions>(
  { identity, content, methods }: CallSpec<Request>,
  { method = methods[0] }: AnyRequest,
  handed: AnyRequest,
): CallSpec<Request>['identity'] {
  const isOther = handed.method !== undefined && handed.method !== method;
  return isOther ? identity.filter((name) => !content.includes(name)) : identity;
}

/**
 * The call as it will be sent: its Referer dropped (LIM-1), its timeout found (TIME-1, TIME-2), its policy resolved.
 *
 * @throws NetworkError `invalid-argument` for what the platform could not, or must not, be asked.
 */
export function prepare<Request extends CallOptions>(
  network: NetworkInternals,
  spec: CallSpec<Request>,
  request: Request,
): PreparedCall<Request> {
  const { method = spec.methods[0], charset } = request as AnyRequest;
  const api = spec.apiOf(request);
  const refuse: Refuse = (what) => {
    throw refusal(spec, what, request);
  };
  const problem =
    problemOfMethod(spec, api, method) ||
    (charset === undefined ? '' : problemOfCharset(charset, network.settings.decoders));
  if (problem) refuse(problem);
  const key = request.idempotencyKey;
  // An empty one is known to no server, and yet the call would be sent again.
  if (key === '') refuse('idempotencyKey must not be empty');
  const given = request.header && checkedHeader(request.header, refuse);
  const keyed = key === undefined ? given : checkedHeader(joinHeaders({ 'Idempotency-Key': key }, given), refuse);
  const header = keyed && withoutReferer(network, keyed);
  const written = spec.written(request, method, header, network, refuse);
  return { request: written, api, method, header, policy: policyOf(network, api, request, spec.longMs) };
}

/** The request with a copy of what is sent as its body, for a call that waits or may be sent again. */
export function contentKept<Request extends CallOptions>(spec: CallSpec<Request>, request: Request): Request {
  let own: Request | undefined;
  for (const name of spec.content) {
    if (typeof request[name] !== 'object') continue;
    own ??= { ...request };
    own[name] = copied(spec, request, name);
  }
  return own ?? request;
}

/** Whether a call may be sent again although it may have arrived: a safe method, or a key by which the server knows it. */
export function mayRepeat({ method, header }: PreparedCall<CallOptions>): boolean {
  return SAFE_METHODS.includes(method) || nameIn(header, 'idempotency-key') !== undefined;
}

function problemOfMethod<Request extends CallOptions>(
  { methods }: CallSpec<Request>,
  api: CallApi,
  method: string,
): string | undefined {
  if ((methods as readonly string[]).includes(method)) return undefined;
  const instead =
    method === 'PATCH'
      ? "; send method: 'POST' with header: { 'X-HTTP-Method-Override': 'PATCH' }, if your server knows it"
      : '';
  return `the platform's ${api} knows ${methods.join(', ')} only; got '${method}'${instead}`;
}

function problemOf<Request extends CallOptions>(
  spec: CallSpec<Request>,
  request: unknown,
  from: string | undefined,
): string | undefined {
  if (!isObject(request)) {
    const forgotten = from ? '; did beforeSend or an interceptor forget to return?' : '';
    return `expected a URL, or an object with one; got ${kindOf(request)}${forgotten}`;
  }
  const { url, header, platform } = request as AnyRequest;
  if (hearPromise(request, undefined, noop)) {
    const synchronous = from ? `: ${from} is synchronous, so that nothing is stale; wait in an interceptor` : '';
    return `expected a request; got a promise${synchronous}`;
  }
  if (typeof (url as unknown) !== 'string')
    return `expected a URL, or an object with one; got an object whose url is ${kindOf(url)}`;
  return (
    problemOfOptions(request, spec.options, spec.hints) ||
    problemOfPlatform(platform, spec.client, spec.options, spec.hints) ||
    problemOfHeader(header) ||
    spec.problemOf?.(request as Request)
  );
}

/**
 * A copy, in which every option is a value: a getter may throw, and an instance of a class keeps its options where a spread
 * does not look. What is no object, or a promise, is the check's to tell.
 */
function copyOfRequest<Request extends CallOptions>(spec: CallSpec<Request>, request: Request): Request {
  if (!isObject(request)) return request;
  try {
    if ('then' in request) return request;
    return { ...ownOptions(request, spec.options) };
  } catch (cause) {
    throw refusal(spec, problemOfOptions(request, spec.options) ?? unreadable('the request', cause), undefined);
  }
}

function copied<Request extends CallOptions, Name extends keyof Request & string>(
  spec: CallSpec<Request>,
  request: Request,
  name: Name,
): Request[Name] {
  try {
    return copyOf(request[name]);
  } catch (cause) {
    throw refusal(spec, `${name}: ${(cause as Error).message}`, request);
  }
}

function absoluteUrl<Request extends CallOptions>(
  spec: CallSpec<Request>,
  baseUrl: string | undefined,
  url: string,
): string {
  if (url.startsWith('https://') || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  if (baseUrl !== undefined && !url.startsWith('//')) return `${baseUrl}/${url.replace(/^\/+/, '')}`;
  const shown = withoutSecrets(url);
  throw url.startsWith('//')
    ? refusal(spec, `'${shown}' has no scheme; write 'https:${shown}'`, undefined, 'invalid-url')
    : refusal(
        spec,
        `'${shown}' is relative, and the network has no baseUrl; write the whole URL, or createNetwork({ baseUrl })`,
        undefined,
      );
}

function refusal<Request extends CallOptions>(
  spec: CallSpec<Request>,
  what: string,
  request: Request | undefined,
  code: NetworkErrorCode = 'invalid-argument',
): NetworkError {
  return new NetworkError(what, { code, phase: 'check', api: spec.apiOf(request ?? ({} as Request)) });
}
