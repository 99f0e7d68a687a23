import { STANDARD_LABELS } from '../../src/platform/charset-labels.js';
import { byteOrderMarkOf, charsetLabelOf, charsetOfLabel, type Charset } from '../../src/platform/charset.js';

/** https://encoding.spec.whatwg.org/#names-and-labels, the rows that are wanted here. */
const STANDARD: { readonly [Name in Charset]: string } = {
  'utf-8': 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8',
  gbk: 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk',
  gb18030: 'gb18030',
  big5: 'big5 big5-hkscs cn-big5 csbig5 x-x-big5',
  shift_jis: 'csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis',
  'euc-jp': 'cseucpkdfmtjapanese euc-jp x-euc-jp',
  'euc-kr': 'cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  'utf-16le': 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le',
  'utf-16be': 'unicodefffe utf-16be',
  'windows-1252':
    'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 ' +
    'iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252',
};
const LABELS = (Object.keys(STANDARD) as Charset[]).flatMap((name) =>
  STANDARD[name].split(' ').map((label) => [label, name]),
);

describe('charsetOfLabel', () => {
  it.each(LABELS)('[ENC-1] reads %s as %s', (label, name) => {
    expect(charsetOfLabel(label, [STANDARD_LABELS])).toBe(name);
    expect(charsetOfLabel(` ${label.toUpperCase()}\t`, [STANDARD_LABELS])).toBe(name);
  });

  it.each(['', ' ', 'utf', 'utf-7', 'gb', 'gbk gb2312', 'koi8-r', 'replacement', 'constructor', 'gb\u212a'])(
    '[ENC-1] does not know %j',
    (label) => {
      expect(charsetOfLabel(label, [STANDARD_LABELS])).toBeUndefined();
    },
  );
});

it('[ENC-1] has the labels of the decoders that there are, and those of UTF-8', () => {
  expect(charsetOfLabel('gb2312', [])).toBeUndefined();
  expect(charsetOfLabel('gb2312', [{ charsets: { gbk: 'gb2312' } }])).toBe('gbk');
  expect(charsetOfLabel('utf8', [])).toBe('utf-8');
});

describe('charsetLabelOf', () => {
  it.each([
    ['text/html; charset=GBK', 'GBK'],
    ['text/html;charset=gb2312', 'gb2312'],
    ['text/html; CHARSET="GB18030"', 'GB18030'],
    ['text/html; charset = "big5" ; boundary=x', 'big5'],
    ['text/html; boundary=x; charset=utf-8', 'utf-8'],
    ['text/html; charset=utf-8;', 'utf-8'],
  ])('[ENC-1] reads %s', (contentType, label) => {
    expect(charsetLabelOf(contentType)).toBe(label);
  });

  it.each([
    [undefined],
    [''],
    ['text/html'],
    ['text/html; charset='],
    ['text/html; charset=""'],
    ['text/html; xcharset=gbk'],
  ])('[ENC-1] finds none in %j', (contentType) => {
    expect(charsetLabelOf(contentType)).toBeUndefined();
  });
});

describe('byteOrderMarkOf', () => {
  it.each([
    [[0xef, 0xbb, 0xbf], 'utf-8'],
    [[0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], 'utf-8'],
    [[0xff, 0xfe, 0x41, 0x00], 'utf-16le'],
    [[0xfe, 0xff, 0x00, 0x41], 'utf-16be'],
  ])('[ENC-2] knows the mark of %j', (bytes, mark) => {
    expect(byteOrderMarkOf(Uint8Array.from(bytes))).toBe(mark);
  });

  it.each([
    [[]],
    [[0xef]],
    [[0xef, 0xbb]],
    [[0xff]],
    [[0xfe]],
    [[0x41, 0xef, 0xbb, 0xbf]],
    [[0xbf, 0xbb, 0xef]],
    [[0xef, 0x41, 0xbf]],
    [[0x41, 0xbb, 0xbf]],
    [[0x41, 0xfe]],
    [[0x41, 0xff]],
  ])('[ENC-2] finds no mark in %j', (bytes) => {
    expect(byteOrderMarkOf(Uint8Array.from(bytes))).toBeUndefined();
  });
});
