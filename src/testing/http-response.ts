import type { HttpResponse } from '../platform/http-response.js';

/**
 * Makes an answer as `http$` gives it, for a test of what comes after: an operator, or a page whose calls are stubbed.
 *
 * @example
 * ```ts
 * const http$ = () => of(httpResponse({ status: 404, body: { why: 'gone' } }));
 * ```
 *
 * @param fields - What the test is about; `ok` follows from `status`, and `header()` looks the fields of `headers` up.
 * @defaultValue an empty answer with status 200 to `GET https://api.example.com/`
 */
export function httpResponse<T = undefined>(fields: Partial<HttpResponse<T>> = {}): HttpResponse<T> {
  const { status = 200, headers = {} } = fields;
  return {
    status,
    ok: status >= 200 && status <= 299,
    method: 'GET',
    url: 'https://api.example.com/',
    headers,
    header: (name) => headers[Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase()) ?? ''],
    cookies: [],
    body: undefined as T,
    timing: { durationMs: 0, profile: undefined },
    charset: undefined,
    decodedBy: undefined,
    ...fields,
  };
}
