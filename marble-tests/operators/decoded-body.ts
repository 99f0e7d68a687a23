import { of } from 'rxjs';
import { decodeBody, NetworkError, type DecodeBodyOptions, type HttpResponse } from '../../src/index.js';
import { httpResponse } from '../../src/testing/index.js';

/** A body of these bytes. */
export function bytes(...values: number[]): ArrayBuffer {
  return new Uint8Array(values).buffer;
}

/** An answer with a body that nobody has decoded. */
export function answer(body: unknown, status = 200, contentType?: string): HttpResponse<unknown> {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType };
  return httpResponse<unknown>({ url: 'https://api.example.com/me', body, status, headers });
}

/** What becomes of such an answer. */
export function decoded(
  body: unknown,
  options?: DecodeBodyOptions,
  contentType?: string,
  status?: number,
): HttpResponse<unknown> {
  const results: HttpResponse<unknown>[] = [];
  of(answer(body, status, contentType))
    .pipe(decodeBody(options))
    .subscribe((response) => results.push(response));
  expect(results).toHaveLength(1);
  return results[0] as HttpResponse<unknown>;
}

/** What it ends with, where it cannot be decoded. */
export function failureOf(source: HttpResponse<unknown>, options?: DecodeBodyOptions): NetworkError {
  let failure: unknown;
  of(source)
    .pipe(decodeBody(options))
    .subscribe({ error: (error) => (failure = error) });
  expect(failure).toBeInstanceOf(NetworkError);
  return failure as NetworkError;
}
