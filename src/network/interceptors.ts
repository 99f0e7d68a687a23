import { defer, map, mergeMap, type Observable } from 'rxjs';
import type { HttpResponse } from '../platform/http-response.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import type { HttpHandler, HttpInterceptor, HttpRequest } from './calls/http-request.js';

/**
 * The interceptors around the sending, the first of them outermost. What they return is looked at: a forgotten `return` is
 * told at once, and not by a call that never answers.
 *
 * @param next - Sends on the call that it was made for.
 * @param send - Sends another.
 */
export function throughInterceptors(
  interceptors: readonly HttpInterceptor[],
  next: HttpHandler,
  send: HttpHandler,
): HttpHandler {
  return interceptors.reduceRight<HttpHandler>(
    (inner, interceptor, index) => (request) =>
      defer(() => answerOf(interceptor(request, inner, send), nameOf(interceptor, index), request)),
    next,
  );
}

function answerOf(result: unknown, name: string, request: HttpRequest): Observable<HttpResponse<unknown>> {
  const check = (answer: unknown): HttpResponse<unknown> => {
    if (typeof memberOf(answer, 'status') === 'number') return answer as HttpResponse<unknown>;
    throw returnedWrong(name, answer, request);
  };
  // By defer() and a list: from() and of() would bring rxjs' schedulers of every kind of input along.
  if (isStream(result)) return defer(() => result).pipe(map(check));
  if (typeof memberOf(result, 'then') !== 'function') throw returnedWrong(name, result, request);
  return defer(() => result as PromiseLike<unknown>).pipe(
    mergeMap((settled) => (isStream(settled) ? settled : [settled])),
    map(check),
  );
}

function isStream(value: unknown): value is Observable<unknown> {
  return typeof memberOf(value, 'subscribe') === 'function';
}

/** What throws as it is looked at, a proxy that has been revoked, is no answer. */
function memberOf(value: unknown, name: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

function nameOf({ name }: HttpInterceptor, index: number): string {
  return `interceptors[${index}]${name ? ` (${name})` : ''}`;
}

function returnedWrong(name: string, value: unknown, { url, method }: HttpRequest): NetworkError {
  const came = value === null ? 'null' : typeof value;
  const what = `${name} must return next(request), or an observable or a promise of an answer; got ${came}`;
  const call: CallDetails = { api: 'request', method, url };
  return new NetworkError(what, { ...call, code: 'invalid-argument', phase: 'check' });
}
