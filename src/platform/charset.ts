/** The charsets that Chinese, Japanese and Korean servers answer in, by the names of the WHATWG Encoding Standard. */
export type Charset =
  'utf-8' | 'gbk' | 'gb18030' | 'big5' | 'shift_jis' | 'euc-jp' | 'euc-kr' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const LABELS: { readonly [Name in Charset]: string } = {
  'utf-8': 'utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8',
  gbk: 'gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk',
  gb18030: 'gb18030',
  big5: 'big5 big5-hkscs cn-big5 csbig5 x-x-big5',
  shift_jis: 'shift_jis shift-jis sjis x-sjis ms_kanji ms932 csshiftjis windows-31j',
  'euc-jp': 'euc-jp x-euc-jp cseucpkdfmtjapanese',
  'euc-kr': 'euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  'utf-16le': 'utf-16le utf-16 ucs-2 csunicode iso-10646-ucs-2 unicode unicodefeff',
  'utf-16be': 'utf-16be unicodefffe',
  'windows-1252':
    'windows-1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 l1 csisolatin1 ' +
    'ascii us-ascii ansi_x3.4-1968 cp1252 x-cp1252 cp819 ibm819',
};

/** The standard's name for a label such as `GB2312` (which is `gbk`), or `undefined` for one that is not known here. */
export function charsetOfLabel(label: string): Charset | undefined {
  // ASCII letters only: the lower case of the Kelvin sign U+212A is a "k" too.
  const wanted = label.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return (Object.keys(LABELS) as Charset[]).find((name) => LABELS[name].split(' ').includes(wanted));
}

/** What is wrong with a charset that was asked for. */
export function problemOfCharset(charset: string): string | undefined {
  if (charset === 'auto' || charsetOfLabel(charset)) return undefined;
  return `charset must be 'auto' or a label of the WHATWG Encoding Standard such as 'gbk'; got '${charset}'`;
}

/** The label in a Content-Type, as written: `GBK` in `text/html; charset="GBK"`. */
export function charsetLabelOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1];
}

/** The charset that a byte order mark announces, and the mark's length in bytes (ENC-2). */
export function byteOrderMarkOf(bytes: Uint8Array): { readonly charset: Charset; readonly length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', length: 2 };
  return undefined;
}

/** Turns the bytes of one text into characters, a piece at a time; `end` reports what was left unfinished. */
export interface StreamingDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** What plugs into `decodeBody` for a charset other than UTF-8. */
export interface CharsetDecoder {
  readonly charsets: readonly Charset[];
  /** @param options - With `fatal`, malformed input throws a RangeError that names the byte; else it reads U+FFFD. */
  create(charset: Charset, options: { readonly fatal: boolean }): StreamingDecoder;
}
