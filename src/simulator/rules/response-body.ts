import { textOnTrial, type CharsetTrial } from './charset-trial.js';
import { CallFailure } from './failure.js';

/** How the app wants the body. */
export interface BodyOptions {
  readonly responseType: string;
  readonly dataType: string;
}

/**
 * Makes `data` of an answer's bytes. Exactly one byte order mark is taken off text and none off bytes (ENC-2); text is
 * parsed when `dataType` is `'json'`, and stays text when it cannot be.
 *
 * - Evidence: discoveries/rules.md; the string in place of bad JSON in discoveries/request.md
 * - Not known: whether a mark stays on an ArrayBuffer. Presumably (discoveries/charsets.md)
 *
 * @returns `undefined` when the platform never calls back.
 * @throws CallFailure, errno 602302, when the charset's trial fails.
 */
export function responseData(
  bytes: Uint8Array,
  contentType: string | undefined,
  { responseType, dataType }: BodyOptions,
  trial: CharsetTrial,
): unknown {
  if (responseType === 'arraybuffer') return arrayBufferOf(bytes);

  const marked = textOnTrial(bytes, contentType, trial);
  const text = marked?.startsWith('\ufeff') ? marked.slice(1) : marked;
  return text !== undefined && dataType === 'json' ? parsedOrText(text) : text;
}

/** A copy of its own: the app may keep it, or write into it. */
export function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

/**
 * Collects the chunks of a body.
 *
 * @throws CallFailure, errno 602300, from `add`, when they are too many bytes.
 */
export function collectedBody(maxBodyBytes: number): {
  readonly add: (chunk: Uint8Array) => void;
  readonly bytes: () => Uint8Array;
} {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;

  return {
    add: (chunk) => {
      byteLength += chunk.byteLength;
      if (byteLength > maxBodyBytes) throw new CallFailure({ kind: 'too-large' });
      chunks.push(chunk);
    },
    bytes: () => (chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)),
  };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
