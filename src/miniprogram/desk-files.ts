import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Simulator } from '../simulator/create-simulator.js';

/** What names a file of the phone in what `wx.chooseMedia` and its like answer. */
const FILE_KEY = /^(?:tempFilePaths?|thumbTempFilePath)$/;
const ON_PHONE = /^(?:wxfile|https?):\/\//;

/**
 * Puts the files of the computer that an answer names onto the phone, and their paths there into the answer:
 * `{ tempFiles: [{ tempFilePath: 'photo.png' }] }`. Paths are relative to the working folder.
 *
 * @throws TypeError where a file cannot be read.
 */
export function withFiles(api: string, result: object, simulator: Simulator): object {
  // Of a launch, or of another mini program, it is a page.
  const isFile = (key: string) => FILE_KEY.test(key) || (key === 'path' && api.startsWith('choose'));
  const copied = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' && isFile(key)) return ON_PHONE.test(value) ? value : onPhone(value, simulator);
    if (Array.isArray(value)) return value.map((item: unknown) => copied(key, item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(name, item)]));
  };
  return copied('', result) as object;
}

function onPhone(file: string, { wx }: Simulator): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(file));
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new TypeError(
      `answer: expected a file of this computer, or a wxfile:// path; got '${file}', which cannot be read (${code})`,
      { cause: error },
    );
  }
  const path = `${wx.env.USER_DATA_PATH}/${basename(file)}`;
  const { buffer, byteOffset, byteLength } = bytes;
  wx.getFileSystemManager().writeFileSync(path, buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
  return path;
}
