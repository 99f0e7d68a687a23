import { asyncScheduler, defer, filter, map, tap, type Observable, type SchedulerLike } from 'rxjs';
import { cookiesOf } from '../platform/cookies.js';
import type { WxRequestSuccess } from '../platform/wx.js';

/** How long an answer took. */
export interface ResponseTiming {
  /** From the call of `wx` to its answer, in milliseconds. */
  readonly durationMs: number;
  /** The platform's own figures (`profile`), where it gives them. */
  readonly profile: object | undefined;
}

/** An answer, whatever its status (CB-1). */
export interface HttpResponse<T> {
  readonly status: number;
  /** Whether the status is 200–299. */
  readonly ok: boolean;
  /** All fields, named as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** One field, whatever the case of its name: the platform hands names over as the server or HTTP/2 wrote them. */
  header(name: string): string | undefined;
  /** One string a cookie. The platform keeps none: what should be sent back is sent by the app. */
  readonly cookies: readonly string[];
  readonly body: T;
  readonly timing: ResponseTiming;
  /** The charset of the body's bytes, once `decodeBody` has found it. */
  readonly charset?: string | undefined;
  /** Who turned bytes into text, once `decodeBody` has run: `'library'`, or `'platform'`, on trial (ENC-1). */
  readonly decodedBy?: 'platform' | 'library' | undefined;
}

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
 *
 * @param seam - `scheduler`: the clock of `timing`; defaults to `asyncScheduler`.
 */
export function mapResponse({ scheduler = asyncScheduler }: { readonly scheduler?: SchedulerLike | undefined } = {}): (
  source: Observable<{ readonly type: string }>,
) => Observable<HttpResponse<unknown>> {
  return (source) =>
    defer(() => {
      let sentAt = scheduler.now();
      return source.pipe(
        tap(({ type }) => {
          if (type === 'sent') sentAt = scheduler.now();
        }),
        filter(isResponse),
        map((event) => toResponse(event, scheduler.now() - sentAt)),
      );
    });
}

type ResponseEvent = { readonly type: 'response' } & WxRequestSuccess;

function isResponse(event: { readonly type: string }): event is ResponseEvent {
  return event.type === 'response';
}

function toResponse(
  { statusCode, header: fields, cookies, data, profile }: ResponseEvent,
  durationMs: number,
): HttpResponse<unknown> {
  const headers = fields as Readonly<Record<string, string>>;
  const header = (name: string): string | undefined => {
    const wanted = name.toLowerCase();
    const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === wanted);
    return key === undefined ? undefined : String(headers[key]);
  };
  // Some clients hand the status over as a string.
  const status = Number(statusCode);
  return {
    status,
    ok: status >= 200 && status <= 299,
    headers,
    header,
    cookies: cookiesOf(cookies, header('set-cookie')),
    body: data,
    timing: { durationMs, profile },
  };
}
