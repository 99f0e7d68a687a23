import { filter, map, type Observable } from 'rxjs';
import { cookiesOf } from '../platform/cookies.js';
import type { HttpResponse } from '../platform/http-response.js';
import type { WxRequestSuccess } from '../platform/wx.js';

/**
 * Makes the `response` event of a source into an answer, and drops the other events. Any status is an answer (CB-1).
 *
 * ```text
 * source  s---r|      s = sent, r = response
 * result  ----r|
 * ```
 *
 * @example
 * ```ts
 * request$({ url: 'https://api.example.com/me' })
 *   .pipe(mapResponse())
 *   .subscribe(({ status, header }) => console.log(status, header('content-type')));
 * ```
 */
export function mapResponse(): (source: Observable<{ readonly type: string }>) => Observable<HttpResponse<unknown>> {
  return (source) => source.pipe(filter(isResponse), map(toResponse));
}

interface ResponseEvent extends WxRequestSuccess {
  readonly type: 'response';
  readonly method: string;
  readonly url: string;
  readonly durationMs: number;
}

function isResponse(event: { readonly type: string }): event is ResponseEvent {
  return event.type === 'response';
}

function toResponse(event: ResponseEvent): HttpResponse<unknown> {
  const { statusCode, header: fields = {}, cookies, data, profile, method, url, durationMs } = event;
  const headers = fields as Readonly<Record<string, string>>;
  const header = (name: string): string | undefined => {
    const wanted = name.toLowerCase();
    for (const key of Object.keys(headers)) if (key.toLowerCase() === wanted) return String(headers[key]);
    return undefined;
  };
  // Some clients hand the status over as a string.
  const status = Number(statusCode);
  return {
    status,
    ok: status >= 200 && status <= 299,
    method,
    url,
    headers,
    header,
    cookies: cookiesOf(cookies, header('set-cookie')),
    body: data,
    timing: { durationMs, profile },
    charset: undefined,
    decodedBy: undefined,
  };
}
