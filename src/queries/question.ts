import { map, type Observable } from 'rxjs';
import type { Http } from '../network/calls/http.js';
import type { HttpRequest } from '../network/calls/http-request.js';
import { statusError } from '../operators/require-ok.js';
import { isBytes } from '../platform/is-bytes.js';

/** What came of a question. */
export interface Reply {
  readonly value: unknown;
  /** JSON, by which two answers are compared and counted; `undefined` where there is none that says all. */
  readonly text: string | undefined;
  readonly etag?: string | undefined;
}

/** What is asked, by whoever it is. */
export interface Question {
  readonly id: string;
  /** Emits once. */
  readonly ask$: (http$: Http, before: Reply | undefined) => Observable<Reply>;
}

/** One call: a 304 says that the answer before is still the answer. */
export function answer$(http$: Http, request: HttpRequest, before: Reply | undefined): Observable<Reply> {
  const { etag } = { ...before };
  const header = etag === undefined ? request.header : { ...request.header, 'If-None-Match': etag };
  return http$({ ...request, header }).pipe(
    map((response) => {
      if (response.status === 304 && before) return before;
      if (!response.ok) throw statusError(response);
      const { body } = response;
      return { value: body, text: textOf(body), etag: response.header('etag') };
    }),
  );
}

/** `undefined` for what has none, such as bytes, or a `BigInt` of the app's own parser. */
export function textOf(value: unknown): string | undefined {
  try {
    return isBytes(value) ? undefined : String(JSON.stringify(value));
  } catch {
    return undefined;
  }
}
