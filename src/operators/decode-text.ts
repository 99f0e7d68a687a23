import { concat, defer, filter, map, of, type Observable } from 'rxjs';
import {
  byteOrderMarkOf,
  charsetLabelOf,
  decoderOf,
  DECODER_OR_LABEL,
  problemOfCharset,
  problemOfDecoders,
  type CharsetDecoder,
  type StreamingDecoder,
} from '../platform/charset.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { NetworkError } from '../platform/network-error.js';

/** How the bytes of a stream are decoded. */
export interface DecodeTextOptions {
  /**
   * A label such as `'gbk'`, or `'auto'` for byte order mark, then Content-Type, then UTF-8.
   *
   * @defaultValue `'auto'`
   */
  readonly charset?: string | undefined;
  /** Decoders for charsets other than UTF-8. @defaultValue none */
  readonly decoders?: readonly CharsetDecoder[] | undefined;
  /** Malformed bytes are a `decode` error that names the byte, and not U+FFFD. @defaultValue `false` */
  readonly fatal?: boolean | undefined;
}

/**
 * Bytes, or the events of `stream$()`: of those it takes what is a `chunk`, and the Content-Type of `headers`, and drops
 * the rest.
 */
export type BytesOrEvent = ArrayBuffer | Uint8Array | { readonly type: string };

/**
 * Decodes bytes as they come, cut anywhere, into pieces of text that are never cut within a character (ENC-1, ENC-2).
 *
 * ```text
 * source  --a--b--c-|      a: E4 BD, b: A0 E5 A5, c: BD
 * result  -----d--e-|      d: 你, e: 好
 * ```
 *
 * Exactly one byte order mark is stripped, if it is that of the charset. A piece that completes no character emits
 * nothing. Each subscription decodes one text.
 *
 * @example
 * ```ts
 * stream$('https://api.example.com/poem')
 *   .pipe(decodeText())
 *   .subscribe((text) => page.setData({ poem: page.data.poem + text }));
 * ```
 *
 * @throws TypeError for an unknown option, and when `charset` is a label that no decoder knows.
 * @returns An operator whose streams error with `decode` where there is no decoder for the charset and, with `fatal`,
 * where the bytes are malformed.
 */
export function decodeText(options: DecodeTextOptions = {}): (source: Observable<BytesOrEvent>) => Observable<string> {
  checkOptions('decodeText', options, OPTIONS);
  const { charset = 'auto', decoders = [], fatal = false } = options;
  const problem = problemOfDecoders(decoders) ?? problemOfCharset(charset, decoders);
  if (problem !== undefined) throw new TypeError(`decodeText: ${problem}`);

  return (source) =>
    defer(() => {
      let declared: string | undefined;
      let decoder: StreamingDecoder | undefined;
      // Until it is clear whether a mark stands before the text.
      let head: Uint8Array = new Uint8Array(0);

      const start = () => {
        const mark = byteOrderMarkOf(head);
        const label = charset === 'auto' ? (mark ?? declared ?? 'utf-8') : charset;
        const found = decoderOf(label, decoders);
        if (!found) throw failure(`the stream is in ${label}; ${DECODER_OR_LABEL}`);
        decoder = found.decoder.create(found.charset, { fatal });
        const text = decoder.write(head);
        // The decoder has seen the mark, so that it counts all bytes for its error.
        return mark === found.charset ? text.slice(1) : text;
      };
      const written = (bytes: Uint8Array) => {
        if (decoder) return decoder.write(bytes);
        head = joined(head, bytes);
        return mayBecomeMark(head) ? '' : start();
      };
      const ended = () => (decoder ? '' : start()) + (decoder as StreamingDecoder).end();

      const pieces$ = source.pipe(
        map((chunk) => {
          const bytes = bytesOf(chunk);
          if (!bytes) declared = contentCharsetOf(chunk as object) ?? declared;
          return bytes ? orFail(() => written(bytes)) : '';
        }),
      );
      return concat(
        pieces$,
        defer(() => of(orFail(ended))),
      ).pipe(filter((text) => text !== ''));
    });
}

const OPTIONS: KindsOf<DecodeTextOptions> = { charset: 'string', decoders: 'array', fatal: 'boolean' };

/** The bytes to decode; `undefined` for an event that has none. */
function bytesOf(chunk: BytesOrEvent): Uint8Array | undefined {
  const { type, data } = ((chunk as unknown) ?? {}) as { readonly type?: unknown; readonly data?: unknown };
  const bytes = type === 'chunk' ? data : chunk;
  // Not instanceof: the platform's may come from another realm.
  const kind = Object.prototype.toString.call(bytes).slice(8, -1);
  if (kind === 'Uint8Array') return bytes as Uint8Array;
  if (kind === 'ArrayBuffer') return new Uint8Array(bytes as ArrayBuffer);
  if (typeof type === 'string' && type !== 'chunk') return undefined;
  throw new NetworkError(`decodeText takes ArrayBuffer, Uint8Array or the events of stream$(); got ${kind}`, {
    code: 'invalid-argument',
    phase: 'check',
  });
}

function contentCharsetOf(event: { readonly header?: unknown }): string | undefined {
  if (typeof event.header !== 'function') return undefined;
  return charsetLabelOf((event.header as (name: string) => string | undefined)('content-type'));
}

function mayBecomeMark([first, second, third]: Uint8Array): boolean {
  if (first === undefined) return true;
  if (first === 0xfe || first === 0xff) return second === undefined;
  return first === 0xef && (second === undefined || (second === 0xbb && third === undefined));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function orFail(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw cause instanceof NetworkError
      ? cause
      : failure(`the stream is malformed: ${(cause as Error).message}`, cause);
  }
}

function failure(what: string, cause?: unknown): NetworkError {
  return new NetworkError(what, { code: 'decode', rule: 'ENC-1', phase: 'body', cause });
}
