import { map, type Observable } from 'rxjs';
import type { HttpResponse } from '../platform/http-response.js';
import { NetworkError } from '../platform/network-error.js';

/**
 * Makes an answer with a status outside 200–299 into a `status` error that carries the answer (CB-1: for the platform
 * every status is a success). Events on the way to an answer, such as progress, pass.
 *
 * ```text
 * source  --a--n|      a: 200, n: 404
 * result  --a--#
 * ```
 *
 * @example
 * ```ts
 * http$<User>('https://api.example.com/me').pipe(
 *   requireOk(),
 *   map(({ body }) => body),
 *   catchError((error) => (isNetworkError(error, 'status') ? of(guest) : throwError(() => error))),
 * );
 * ```
 */
export function requireOk(): <
  Response extends { readonly ok: boolean; readonly status: number } | { readonly type: string },
>(
  source: Observable<Response>,
) => Observable<OkOnly<Response>> {
  return (source) =>
    source.pipe(
      map((response) => {
        if (!('ok' in response) || response.ok) return response as OkOnly<typeof response>;
        throw statusError(response as unknown as HttpResponse<unknown>);
      }),
    );
}

/** The answers that are left: where a type tells good ones and bad ones apart, the good ones. */
export type OkOnly<Response> = Response extends { readonly ok: false } ? never : Response;

/** The error that stands for an answer. */
export function statusError(response: HttpResponse<unknown>): NetworkError {
  const { api = 'request', status, method, url } = response;
  return new NetworkError(`the server answered with status ${status}`, {
    code: 'status',
    rule: 'CB-1',
    phase: 'body',
    api,
    method,
    url,
    response,
  });
}
