import type { HttpResponse } from '../../src/index.js';

/** An answer to `GET https://api.example.com/me`, as far as the test does not say otherwise. */
export function answer(over: Partial<HttpResponse<unknown>> = {}): HttpResponse<unknown> {
  const { status = 200, headers = {} } = over;
  return {
    status,
    ok: status >= 200 && status <= 299,
    method: 'GET',
    url: 'https://api.example.com/me',
    headers,
    header: (name) => headers[Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase()) ?? ''],
    cookies: [],
    body: undefined,
    timing: { durationMs: 0, profile: undefined },
    charset: undefined,
    decodedBy: undefined,
    ...over,
  };
}
