import { readFileSync, statSync } from 'node:fs';
import type { Said } from '../language.js';

/** A file as text, or why it is none. */
export type ReadText = { readonly text: string } | { readonly problem: Said };

/** Far more than any text that a person or a compiler writes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a text in UTF-8, without its byte order mark. */
export function readText(path: string): ReadText {
  try {
    const stats = statSync(path);
    const { size } = stats;
    // `/dev/zero` has no end. A pipe has one: `--config <(…)`.
    if (stats.isCharacterDevice() || stats.isBlockDevice())
      return { problem: { en: 'it is a device, not a file', zh: '它是设备，不是文件' } };
    if (size > MAX_BYTES) {
      const megabytes = Math.round(size / 1024 / 1024);
      return {
        problem: { en: `it has ${megabytes} MB; too much to read`, zh: `文件有 ${megabytes} MB，太大，没有读取` },
      };
    }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { problem: { en: 'it is not UTF-8; save it as UTF-8', zh: '它不是 UTF-8 编码；请另存为 UTF-8' } };
    }
    return { problem: { en: `it cannot be read (${code})`, zh: `无法读取（${code}）` } };
  }
}
