import { filter, map, type Observable } from 'rxjs';
import type { HttpResponse } from '../platform/http-response.js';
import { makeResponse, type WxAnswer } from '../platform/make-response.js';

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
  return (source) =>
    source.pipe(
      filter(isResponse),
      map((event) => makeResponse(event, event.method, event.url, event.durationMs)),
    );
}

interface ResponseEvent extends WxAnswer {
  readonly type: 'response';
  readonly method: string;
  readonly url: string;
  readonly durationMs: number;
}

function isResponse(event: { readonly type: string }): event is ResponseEvent {
  return event.type === 'response';
}
