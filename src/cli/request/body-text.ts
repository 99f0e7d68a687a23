import { byteOrderMarkOf, charsetLabelOf, charsetOfLabel } from '../../platform/charset.js';
import { STANDARD_LABELS } from '../../platform/charset-labels.js';

/** A body read as text, or left as bytes where it is none. */
export interface ReadBody {
  readonly body: string | ArrayBuffer;
  /** What it was read in, where that is not UTF-8. */
  readonly charset?: string | undefined;
  /** It should have been text, and is not in the charset that was said. */
  readonly unreadable?: string | undefined;
}

const TEXT_TYPES = /^text\/|[/+](json|xml|javascript|x-www-form-urlencoded)\b|;\s*charset=/i;

/**
 * Reads a body: its charset by the user's word, its byte order mark, its Content-Type, else UTF-8. Strips one mark
 * (ENC-2).
 */
export function readBody(body: ArrayBuffer, contentType: string | undefined, asked: string | undefined): ReadBody {
  const bytes = new Uint8Array(body);
  const mark = byteOrderMarkOf(bytes);
  const declared = asked !== undefined && asked !== 'auto' ? asked : (mark ?? charsetLabelOf(contentType));
  if (asked === undefined && contentType !== undefined && !TEXT_TYPES.test(contentType)) return { body };

  const charset = charsetOfLabel(declared ?? 'utf-8', [STANDARD_LABELS]) ?? declared ?? 'utf-8';
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    // Without a type, bytes that hold zeros are no text.
    if (contentType === undefined && asked === undefined && text.includes('\0')) return { body };
    return { body: text, charset: charset === 'utf-8' ? undefined : charset };
  } catch {
    return contentType === undefined && asked === undefined ? { body } : { body, unreadable: charset };
  }
}
