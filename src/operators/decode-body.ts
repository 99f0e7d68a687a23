import { map, type Observable } from 'rxjs';
import {
  byteOrderMarkOf,
  charsetLabelOf,
  charsetOfLabel,
  problemOfCharset,
  type Charset,
  type CharsetDecoder,
} from '../platform/charset.js';
import type { HttpResponse } from '../platform/http-response.js';
import { isBytes } from '../platform/is-bytes.js';
import { NetworkError } from '../platform/network-error.js';
import { utf8 } from '../platform/utf8.js';

/** What a body is wanted as. */
export type BodyKind = 'json' | 'text' | 'arraybuffer';

/** How a body is decoded. */
export interface DecodeBodyOptions {
  /** @defaultValue `'json'` */
  readonly as?: BodyKind | undefined;
  /**
   * The charset of a body that came as bytes: a label such as `'gbk'`, or `'auto'` for byte order mark, then
   * Content-Type, then what `readDeclaration` finds, then UTF-8.
   *
   * @defaultValue `'auto'`
   */
  readonly charset?: string | undefined;
  /**
   * `declaredCharsetOf` looks into the first 1024 bytes for `<meta charset>` or `<?xml encoding?>`, where nothing else tells
   * the charset. A function, so that only who reads pages carries the code.
   *
   * @defaultValue none: not looked for
   */
  readonly readDeclaration?: ((bytes: Uint8Array) => string | undefined) | undefined;
  /** Decoders for charsets other than UTF-8. @defaultValue none */
  readonly decoders?: readonly CharsetDecoder[] | undefined;
  /** Malformed bytes are a `decode` error that names the byte, and not U+FFFD. @defaultValue `false` */
  readonly fatal?: boolean | undefined;
  /**
   * What to do with a text that the platform has decoded although another charset than UTF-8 is declared (ENC-1): its
   * conversion is on trial. `true` makes it a `decode` error; otherwise the response says `decodedBy: 'platform'`.
   *
   * @defaultValue `false`
   */
  readonly strictCharset?: boolean | undefined;
  /** Gets each response with such a text that is not made an error. @defaultValue nothing is done */
  readonly onTrial?: ((response: HttpResponse<unknown>) => void) | undefined;
}

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
 * @throws TypeError when `charset` is a label that nobody knows, or `readDeclaration` no function.
 */
export function decodeBody<T = unknown>({
  as = 'json',
  charset = 'auto',
  readDeclaration,
  decoders = [],
  fatal = false,
  strictCharset = false,
  onTrial,
}: DecodeBodyOptions = {}): (source: Observable<HttpResponse<unknown>>) => Observable<HttpResponse<T>> {
  const problem =
    readDeclaration !== undefined && typeof readDeclaration !== 'function'
      ? 'readDeclaration must be a function; write readDeclaration: declaredCharsetOf'
      : problemOfCharset(charset);
  if (problem !== undefined) throw new TypeError(`decodeBody: ${problem}`);
  const asked = charset === 'auto' ? undefined : charsetOfLabel(charset);
  return (source) =>
    source.pipe(
      map((response) => {
        if (as === 'arraybuffer') return response as HttpResponse<T>;
        const decoded = isBytes(response.body)
          ? decodeBytes(response, response.body, asked, { readDeclaration, decoders, fatal })
          : platformText(response, strictCharset, onTrial);
        if (as === 'json') parse(decoded);
        return decoded as HttpResponse<T>;
      }),
    );
}

/** A copy of our own: its body may still become what its text says. */
interface Decoded extends HttpResponse<unknown> {
  body: unknown;
}

interface BytesOptions {
  readonly readDeclaration: DecodeBodyOptions['readDeclaration'];
  readonly decoders: readonly CharsetDecoder[];
  readonly fatal: boolean;
}

function decodeBytes(
  response: HttpResponse<unknown>,
  buffer: ArrayBuffer,
  asked: Charset | undefined,
  { readDeclaration, decoders, fatal }: BytesOptions,
): Decoded {
  const bytes = new Uint8Array(buffer);
  const mark = byteOrderMarkOf(bytes);
  const label = charsetLabelOf(response.header('content-type'));
  const declared = label ?? (mark ? undefined : readDeclaration?.(bytes));
  const charset = asked ?? mark?.charset ?? (declared === undefined ? 'utf-8' : charsetOfLabel(declared));
  const decoder = charset && [utf8, ...decoders].find(({ charsets }) => charsets.includes(charset));
  if (!decoder) {
    throw failure(
      response,
      `the body is in ${charset ?? declared}; pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }`,
      'ENC-1',
    );
  }
  try {
    const decoding = decoder.create(charset, { fatal });
    const text = decoding.write(bytes) + decoding.end();
    // The decoder has seen the mark, so that it counts all bytes for its error.
    const body = mark?.charset === charset ? text.slice(1) : text;
    return { ...response, body, charset, decodedBy: 'library' };
  } catch (cause) {
    throw failure(response, `the body is malformed: ${(cause as Error).message}`, 'ENC-1', cause);
  }
}

function platformText(
  response: HttpResponse<unknown>,
  strictCharset: boolean,
  onTrial: DecodeBodyOptions['onTrial'],
): Decoded {
  const declared = charsetLabelOf(response.header('content-type'));
  const charset = declared === undefined ? 'utf-8' : (charsetOfLabel(declared) ?? declared.toLowerCase());
  if (strictCharset && charset !== 'utf-8') {
    throw failure(
      response,
      `the body is declared as ${charset} and the platform converted it, on trial; ask for bytes with { charset: 'auto' }`,
      'ENC-1',
    );
  }
  const decoded: Decoded = { ...response, charset, decodedBy: 'platform' };
  if (charset !== 'utf-8') onTrial?.(decoded);
  return decoded;
}

function parse(response: Decoded): void {
  const { body, ok } = response;
  // The platform may have parsed already, where the caller asked it to (dataType 'json').
  if (typeof body !== 'string') return;
  try {
    response.body = body === '' ? undefined : (JSON.parse(body) as unknown);
  } catch (cause) {
    if (!ok) return;
    throw body.charCodeAt(0) === 0xfeff
      ? failure(
          response,
          'a second byte order mark stands before the JSON; one is stripped, and only one',
          'ENC-2',
          cause,
        )
      : failure(response, 'the body is not JSON; see the text on response.body', undefined, cause);
  }
}

function failure(
  response: HttpResponse<unknown>,
  what: string,
  rule: 'ENC-1' | 'ENC-2' | undefined,
  cause?: unknown,
): NetworkError {
  const { api = 'request', method, url } = response;
  return new NetworkError(what, { code: 'decode', rule, phase: 'body', api, method, url, response, cause });
}
