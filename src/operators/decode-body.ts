import { map, type Observable } from 'rxjs';
import { problemOfCharset } from '../platform/charset.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { decode, isOnTrial, type DecodeBodyOptions } from '../platform/decode.js';
import type { HttpResponse } from '../platform/http-response.js';

/**
 * Decodes the body of an answer: bytes to text, text to JSON (ENC-1, ENC-2).
 *
 * ```text
 * source  --r|      r: bytes EF BB BF 7B 7D
 * result  --o|      o: {}
 * ```
 *
 * Exactly one byte order mark is stripped, in whichever layer did not: from bytes by us, from text by the platform. JSON
 * that does not parse is a `decode` error with the text on its `response`, unless the status is outside 200–299: then
 * the body stays a text, because the status is the news. An empty body reads `undefined` as JSON.
 *
 * @example
 * ```ts
 * request$({ url: 'https://old.example.com/page', responseType: 'arraybuffer' }).pipe(
 *   mapResponse(),
 *   decodeBody({ as: 'text', charset: 'gbk', decoders: [gb18030] }),
 * );
 * ```
 *
 * @throws TypeError when `charset` is a label that no decoder knows, or `readDeclaration` no function.
 */
export function decodeBody<T = unknown>(
  options: DecodeBodyOptions = {},
): (source: Observable<HttpResponse<unknown>>) => Observable<HttpResponse<T>> {
  checkOptions('decodeBody', options, OPTIONS);
  const { charset = 'auto', readDeclaration, decoders = [], onTrial } = options;
  const problem =
    readDeclaration !== undefined && typeof readDeclaration !== 'function'
      ? 'readDeclaration must be a function; write readDeclaration: declaredCharsetOf'
      : problemOfCharset(charset, decoders);
  if (problem !== undefined) throw new TypeError(`decodeBody: ${problem}`);
  return (source) =>
    source.pipe(
      map((response) => {
        const decoded = decode({ ...response }, options);
        if (isOnTrial(decoded)) onTrial?.(decoded);
        return decoded as HttpResponse<T>;
      }),
    );
}

const OPTIONS: KindsOf<DecodeBodyOptions> = {
  as: ['json', 'text', 'arraybuffer'],
  charset: 'string',
  readDeclaration: 'anything',
  decoders: 'array',
  fatal: 'boolean',
  strictCharset: 'boolean',
  parseJson: 'function',
  onTrial: 'function',
};
