import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { byteOrderMarkOf, charsetLabelOf, charsetOfLabel } from '../../platform/charset.js';
import { STANDARD_LABELS } from '../../platform/charset-labels.js';
import { check, type Check } from './check.js';
import type { Hop } from './hop.js';

const TEXT = /^text\/|[/+](?:json|xml|javascript)\b/i;
/** Below it compression gains nothing. */
const WORTH_COMPRESSING_BYTES = 1_400;
const MAX_BYTES = 16 * 1024 * 1024;

/** Judges charset, byte order marks and compression of an answer: ENC-1, ENC-2. */
export function bodyChecks({ header, body, cut }: Hop): Check[] {
  const type = header['content-type'];
  const coding = header['content-encoding'];
  const bytes = decompressed(body, coding);
  if (bytes === undefined) {
    // The end of a long one was not read.
    if (cut) return [];
    return [
      check(
        'compression',
        'bad',
        [`the body is not ${coding ?? ''}, as it is declared`, `正文不是声明的 ${coding ?? ''}`],
        ['the phone cannot read it', '手机无法读取'],
        ['compress in one place only, the server or its proxy', '只在一处压缩：服务器或代理'],
      ),
    ];
  }
  const isText = type === undefined ? looksLikeText(bytes) : TEXT.test(type) || charsetLabelOf(type) !== undefined;
  if (bytes.length === 0 || !isText) return [];
  return [...charsetChecks(bytes, type, cut), ...markChecks(bytes), ...compressionChecks(body.length, coding)];
}

function charsetChecks(bytes: Uint8Array, type: string | undefined, cut: boolean): Check[] {
  const label = charsetLabelOf(type);
  const charset = charsetOfLabel(label ?? 'utf-8', [STANDARD_LABELS]);
  const found = isUtf8(bytes, cut) ? 'UTF-8' : 'not UTF-8';
  const what: readonly [string, string] = [
    `declared ${label ?? 'nothing'}, found ${found}`,
    `声明 ${label ?? '无'}，实际${found === 'UTF-8' ? '是 UTF-8' : '不是 UTF-8'}`,
  ];
  const fix = [
    'answer in UTF-8, and say so: Content-Type: application/json; charset=utf-8',
    '请以 UTF-8 应答并声明：Content-Type: application/json; charset=utf-8',
  ] as const;
  // Pure ASCII is all of them at once.
  if (charset !== undefined && charset !== 'utf-8' && !isAscii(bytes)) {
    return [
      check(
        'ENC-1',
        'warning',
        what,
        ['the phone converts it on trial, and may garble it', '手机会尝试转换，可能乱码'],
        fix,
      ),
    ];
  }
  if (found === 'UTF-8') return [check('ENC-1', 'good', what)];
  return [
    check(
      'ENC-1',
      'bad',
      what,
      [
        'the phone takes it for UTF-8, and shows garbage or fails with 602302',
        '手机按 UTF-8 读取，会乱码或以 602302 失败',
      ],
      fix,
    ),
  ];
}

function markChecks(bytes: Uint8Array): Check[] {
  let marks = 0;
  let rest = bytes;
  for (let mark = byteOrderMarkOf(rest); mark; mark = byteOrderMarkOf(rest)) {
    marks++;
    rest = rest.subarray(mark === 'utf-8' ? 3 : 2);
  }
  if (marks === 0) return [];
  const what = [`${marks} byte order mark${marks === 1 ? '' : 's'}`, `有 ${marks} 个 BOM`] as const;
  const fix = ['save the source files without one', '请把源文件保存为不带 BOM 的格式'] as const;
  return [
    marks === 1
      ? check('ENC-2', 'note', what, ['the platform strips one', '平台会去掉一个'], fix)
      : check(
          'ENC-2',
          'bad',
          what,
          ['the platform strips one; the next breaks JSON.parse', '平台只去掉一个，剩下的会让 JSON.parse 失败'],
          fix,
        ),
  ];
}

function compressionChecks(length: number, coding: string | undefined): Check[] {
  if (coding !== undefined && coding !== 'identity') return [check('compression', 'good', [coding, coding])];
  if (length < WORTH_COMPRESSING_BYTES) return [];
  return [
    check(
      'compression',
      'warning',
      [`none, for ${length} bytes of text`, `${length} 字节的文本没有压缩`],
      ['slow on a mobile network', '移动网络下会变慢'],
      [
        'switch on gzip, as in nginx: gzip on; gzip_types application/json',
        '请启用 gzip，例如 nginx：gzip on; gzip_types application/json',
      ],
    ),
  ];
}

function decompressed(body: Buffer, coding: string | undefined): Uint8Array | undefined {
  const options = { maxOutputLength: MAX_BYTES };
  try {
    switch (coding?.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, options);
      case 'deflate':
        return inflateSync(body, options);
      case 'br':
        return brotliDecompressSync(body, options);
      default:
        return body;
    }
  } catch {
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array, cut: boolean): boolean {
  try {
    // A cut body may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return true;
  } catch {
    return false;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function looksLikeText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 512).includes(0);
}
