import { byteOrderMarkOf, charsetLabelOf, decoderOf, DECODER_OR_LABEL, type CharsetDecoder } from './charset.js';
import type { HttpResponse } from './http-response.js';
import { isBytes } from './is-bytes.js';
import { isPromise } from './is-promise.js';
import type { FreshResponse } from './make-response.js';
import { NetworkError } from './network-error.js';

/** What a body is wanted as. */
export type BodyKind = 'json' | 'text' | 'arraybuffer';

/** Makes a value of the text of a body; `about` says whose: the request is there in `http$()` and its siblings. */
export type ParseJson = (text: string, about: ParseJsonContext) => unknown;

/** What a JSON parser may look at beside the text. */
export interface ParseJsonContext {
  readonly request?: { readonly url: string } | undefined;
  readonly response?: HttpResponse<unknown> | undefined;
}

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
  /**
   * Makes a value of a text, in the place of `JSON.parse`: one that keeps ids of 19 digits exact, say. What it throws is a
   * `decode` error.
   *
   * @defaultValue `JSON.parse`
   */
  readonly parseJson?: ParseJson | undefined;
  /** Gets each response with such a text that is not made an error. @defaultValue nothing is done */
  readonly onTrial?: ((response: HttpResponse<unknown>) => void) | undefined;
}

/** What counts where the call itself does not say. */
type DecodeDefaults = Pick<DecodeBodyOptions, 'decoders' | 'strictCharset' | 'parseJson'>;

/**
 * Decodes the body of an answer in its place: bytes to text, text to JSON (ENC-1, ENC-2). `decodeBody()` says how.
 *
 * @param request - Whose body it is.
 * @throws NetworkError `decode`.
 */
export function decode(
  response: FreshResponse,
  options: DecodeBodyOptions,
  defaults: DecodeDefaults = options,
  request?: ParseJsonContext['request'],
): FreshResponse {
  const { as = 'json' } = options;
  if (as === 'arraybuffer') return response;
  if (isBytes(response.body)) decodeBytes(response, response.body, options, defaults.decoders);
  else platformText(response, defaults.decoders, options.strictCharset ?? defaults.strictCharset);
  if (as === 'json') parse(response, options.parseJson ?? defaults.parseJson, request);
  return response;
}

/** Whether the platform has decoded another charset than UTF-8, which it does on trial (ENC-1). */
export function isOnTrial({ decodedBy, charset }: HttpResponse<unknown>): boolean {
  return decodedBy === 'platform' && charset !== 'utf-8';
}

function decodeBytes(
  response: FreshResponse,
  buffer: ArrayBuffer,
  { charset: wanted = 'auto', readDeclaration, fatal = false }: DecodeBodyOptions,
  decoders: readonly CharsetDecoder[] | undefined,
): void {
  const bytes = new Uint8Array(buffer);
  const mark = byteOrderMarkOf(bytes);
  const label: unknown =
    wanted === 'auto'
      ? (mark ?? charsetLabelOf(response.header('content-type')) ?? (readDeclaration?.(bytes) || 'utf-8'))
      : wanted;
  if (typeof label !== 'string')
    throw decodeError(response, `readDeclaration must return a label; got ${typeof label}`);
  const found = decoderOf(label, decoders);
  if (!found) throw decodeError(response, `the body is in ${label}; ${DECODER_OR_LABEL}`, 'ENC-1');
  const { charset, decoder } = found;
  try {
    const decoding = decoder.create(charset, { fatal });
    const text = decoding.write(bytes) + decoding.end();
    // The decoder has seen the mark, so that it counts all bytes for its error.
    response.body = mark === charset ? text.slice(1) : text;
    response.charset = charset;
    response.decodedBy = 'library';
  } catch (cause) {
    throw decodeError(response, `the body is malformed: ${(cause as Error).message}`, 'ENC-1', cause);
  }
}

function platformText(
  response: FreshResponse,
  decoders: readonly CharsetDecoder[] | undefined,
  strictCharset: boolean | undefined,
): void {
  const declared = charsetLabelOf(response.header('content-type')) ?? 'utf-8';
  const charset = decoderOf(declared, decoders)?.charset ?? declared.toLowerCase();
  if (strictCharset && charset !== 'utf-8') {
    throw decodeError(
      response,
      `the body is declared as ${charset} and the platform converted it, on trial; ask for bytes with { charset: 'auto' }`,
      'ENC-1',
    );
  }
  response.charset = charset;
  response.decodedBy = 'platform';
}

function parse(response: FreshResponse, parseJson: ParseJson | undefined, request: ParseJsonContext['request']): void {
  const { body, ok } = response;
  // The platform may have parsed already, where the caller asked it to (dataType 'json').
  if (typeof body !== 'string') return;
  try {
    response.body =
      body === '' ? undefined : parseJson ? parseJson(body, { request, response }) : (JSON.parse(body) as unknown);
  } catch (cause) {
    if (!ok) return;
    const marked = body.charCodeAt(0) === 0xfeff;
    throw decodeError(
      response,
      marked
        ? 'a second byte order mark stands before the JSON; one is stripped, and only one'
        : 'the body is not JSON; see the text on response.body',
      marked ? 'ENC-2' : undefined,
      cause,
    );
  }
  if (parseJson && isPromise(response.body))
    throw decodeError(response, 'parseJson must return the value itself; got a promise');
}

/** The error of a body that is not what it should be. */
export function decodeError(
  response: HttpResponse<unknown>,
  what: string,
  rule?: 'ENC-1' | 'ENC-2',
  cause?: unknown,
): NetworkError {
  const { api = 'request', method, url } = response;
  return new NetworkError(what, { code: 'decode', rule, phase: 'body', api, method, url, response, cause });
}
