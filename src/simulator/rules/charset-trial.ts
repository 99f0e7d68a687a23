import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { byteOrderMarkOf, charsetLabelOf, charsetOfLabel } from '../../platform/charset.js';
import { STANDARD_LABELS } from '../../platform/charset-labels.js';
import { CallFailure } from './failure.js';

/** What becomes of an answer that is not UTF-8 (ENC-1). */
export type CharsetTrial = 'garble' | 'convert' | 'fail' | 'silent';

/**
 * Makes text of an answer. UTF-8 is read as such; for anything else the platform tries to convert, and may fail (ENC-1).
 *
 * - Evidence: discoveries/rules.md; errno 602302 in discoveries/charsets.md; no callback at all on GBK in discoveries/charsets.md
 * - Not known: which charsets convert, and by what they are recognised. Here: byte order mark, then Content-Type
 *
 * @returns `undefined` when the platform never calls back.
 * @throws CallFailure, errno 602302.
 */
export function textOnTrial(
  bytes: Uint8Array,
  contentType: string | undefined,
  trial: CharsetTrial,
): string | undefined {
  const label = charsetLabelOf(contentType);
  const declared = label === undefined ? undefined : charsetOfLabel(label, [STANDARD_LABELS]);
  const charset = byteOrderMarkOf(bytes) ?? declared ?? 'utf-8';
  const readable = isUtf8(bytes) && (charset === 'utf-8' || isAscii(bytes));
  if (readable) return utf8Of(bytes);

  switch (trial) {
    case 'silent':
      return undefined;
    case 'fail':
      throw new CallFailure({ kind: 'charset' });
    case 'convert':
      // The platform takes one mark off, and not the decoder (ENC-2).
      return iconv.decode(Buffer.from(bytes), charset, { stripBOM: false });
    case 'garble':
      return utf8Of(bytes);
  }
}

function utf8Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
