import type { Charset } from './charset.js';

/*
 * What the WHATWG Encoding Standard takes for each charset, in lower case. A text each, of which only what a decoder names is
 * bundled; the table below is for those who read no body themselves.
 */

export const GBK = 'gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk';
export const GB18030 = 'gb18030';
export const BIG5 = 'big5 big5-hkscs cn-big5 csbig5 x-x-big5';
export const SHIFT_JIS = 'shift_jis shift-jis sjis x-sjis ms_kanji ms932 csshiftjis windows-31j';
export const EUC_JP = 'euc-jp x-euc-jp cseucpkdfmtjapanese';
export const EUC_KR =
  'euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949';
export const UTF_16LE = 'utf-16le utf-16 ucs-2 csunicode iso-10646-ucs-2 unicode unicodefeff';
export const UTF_16BE = 'utf-16be unicodefffe';
export const WINDOWS_1252 =
  'windows-1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 l1 csisolatin1 ' +
  'ascii us-ascii ansi_x3.4-1968 cp1252 x-cp1252 cp819 ibm819';

/** The labels of all charsets but UTF-8, which everybody has: for `charsetOfLabel`. */
export const STANDARD_LABELS: { readonly charsets: { readonly [Name in Exclude<Charset, 'utf-8'>]: string } } = {
  charsets: {
    gbk: GBK,
    gb18030: GB18030,
    big5: BIG5,
    shift_jis: SHIFT_JIS,
    'euc-jp': EUC_JP,
    'euc-kr': EUC_KR,
    'utf-16le': UTF_16LE,
    'utf-16be': UTF_16BE,
    'windows-1252': WINDOWS_1252,
  },
};
