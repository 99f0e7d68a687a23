import { utf8 } from './utf8.js';

/** The charsets that Chinese, Japanese and Korean servers answer in, by the names of the WHATWG Encoding Standard. */
export type Charset =
  'utf-8' | 'gbk' | 'gb18030' | 'big5' | 'shift_jis' | 'euc-jp' | 'euc-kr' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A decoder, as far as its charsets go. */
type Knowing = Pick<CharsetDecoder, 'charsets'>;

/** Who has a label such as `GB2312`, and the standard's name for it, `gbk`. UTF-8 is always there. */
export function decoderOf<Decoder extends Knowing>(
  label: string,
  decoders: readonly Decoder[] = [],
): { readonly charset: Charset; readonly decoder: Decoder | CharsetDecoder } | undefined {
  // Most are: a look into the lists was a tenth of what a call costs in an interpreter.
  if (label === 'utf-8') return { charset: label, decoder: utf8 };
  // ASCII letters only: the lower case of the Kelvin sign U+212A is a "k" too.
  const wanted = label.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  for (const decoder of [utf8, ...decoders]) {
    for (const [charset, labels] of Object.entries(decoder.charsets)) {
      if (labels.split(' ').includes(wanted)) return { charset: charset as Charset, decoder };
    }
  }
  return undefined;
}

/** The standard's name for a label, or `undefined` for one that neither UTF-8 nor one of the decoders has. */
export function charsetOfLabel(label: string, decoders: readonly Knowing[]): Charset | undefined {
  return decoderOf(label, decoders)?.charset;
}

/** What is wrong with a charset that was asked for. */
export function problemOfCharset(charset: string, decoders: readonly Knowing[] | undefined): string | undefined {
  if (charset === 'auto' || decoderOf(charset, decoders)) return undefined;
  return `charset must be 'auto', or a label of the WHATWG Encoding Standard that a decoder has; got '${charset}'; ${PASS_A_DECODER}`;
}

/** Says that a decoder is none: what is imported under a wrong name is `undefined`, and would be met by the first body. */
export function problemOfDecoders(decoders: readonly unknown[]): string | undefined {
  const index = decoders.findIndex((given) => {
    const { charsets, create } = (given ?? {}) as Partial<CharsetDecoder>;
    return typeof charsets !== 'object' || typeof create !== 'function';
  });
  return index < 0 ? undefined : `decoders[${index}] must be a decoder, such as gb18030 of rx-miniprogram/charsets`;
}

/** What to do about a charset that nobody here decodes. */
export const PASS_A_DECODER = 'pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }';

/** The same where the server has said it, who may be wrong, or say what nobody decodes. */
export const DECODER_OR_LABEL = `${PASS_A_DECODER}; where there is none, or the label is wrong, say what it is, as with { charset: 'utf-8' }`;

/** The label in a Content-Type, as written: `GBK` in `text/html; charset="GBK"`, and in what servers make of that. */
export function charsetLabelOf(contentType: string | undefined): string | undefined {
  // Most have none, and an expression costs an interpreter more than a look for the sign.
  if (!contentType?.includes('=')) return undefined;
  return /;\s*charset\s*=\s*["']?([^"';,\s]+)/i.exec(contentType)?.[1];
}

/** The charset that a byte order mark announces (ENC-2). */
export function byteOrderMarkOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Turns the bytes of one text into characters, a piece at a time; `end` reports what was left unfinished. */
export interface StreamingDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** What plugs into `decodeBody` for a charset other than UTF-8. */
export interface CharsetDecoder {
  /** What it decodes: by the standard's name of a charset, the labels that mean it, in lower case, with spaces between. */
  readonly charsets: { readonly [Name in Charset]?: string };
  /** @param options - With `fatal`, malformed input throws a RangeError that names the byte; else it reads U+FFFD. */
  create(charset: Charset, options: { readonly fatal: boolean }): StreamingDecoder;
}
