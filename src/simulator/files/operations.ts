import { createHash } from 'node:crypto';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  truncateSync,
  unlinkSync,
  type Stats,
} from 'node:fs';
import type { FileStat, FileStatAt } from '../apis/file-system-types.js';
import { shown } from '../shown.js';
import { arrayBufferOf } from '../rules/response-body.js';
import { actOn, bytesOf, encodingOf, partOf } from './arguments.js';
import { denied, diskFull, FileFailure, fileFailure, inPlatformWords } from './file-failure.js';
import { incomingFile, incomingUserFile, writeWhole } from './incoming-file.js';
import { findFile, readFound } from './read-file.js';
import { filesBelow } from './files-below.js';
import type { Storage } from './storage.js';

/** How large a file may be that is saved (discoveries/files.md). */
const MAX_SAVED_BYTES = 100 * 1024 * 1024;

/**
 * Makes the operations of the file system: in the platform's paths and words, on the files of one storage. Each throws a
 * FileFailure, and has then changed nothing. What they are given may be anything: the app may be JavaScript.
 */
export function createFileOperations(storage: Storage) {
  const isUserFolder = (path: string) => {
    const { area, segments } = storage.paths.parse(path) ?? {};
    return area === 'usr' && segments?.length === 0;
  };

  return {
    access: (path: unknown) => {
      const act = actOn('access', 'path', path);
      inPlatformWords(act, () => lstatSync(storage.locate(act, 'read')));
    },

    readFile: (filePath: unknown, encoding?: unknown, position?: unknown, length?: unknown): string | ArrayBuffer => {
      const act = actOn('open', 'filePath', filePath);
      const textEncoding = encodingOf(encoding);
      const file = findFile(storage, act);
      const part = partOf(file.stats.size, position, length);
      const bytes = readFound(file, act, part.from, part.length);
      return textEncoding === undefined ? arrayBufferOf(bytes) : bytes.toString(textEncoding);
    },

    writeFile: (filePath: unknown, data: unknown, encoding?: unknown) => {
      const act = actOn('open', 'filePath', filePath);
      writeWhole(bytesOf(data, encoding), () => incomingUserFile(storage, act));
    },

    appendFile: (filePath: unknown, data: unknown, encoding?: unknown) => {
      const act = actOn('open', 'filePath', filePath);
      const bytes = bytesOf(data, encoding);
      storage.locate(act, 'write');
      const { place, stats } = findFile(storage, act);
      storage.checkRoom(bytes.byteLength);
      inPlatformWords(act, () => {
        try {
          appendFileSync(place, bytes);
        } catch (error) {
          truncateSync(place, stats.size);
          throw error;
        }
      });
    },

    unlink: (filePath: unknown) => {
      const act = actOn('unlink', 'filePath', filePath);
      storage.locate(act, 'write');
      const { place } = findFile(storage, act);
      inPlatformWords(act, () => unlinkSync(place));
    },

    mkdir: (dirPath: unknown, recursive?: unknown) => {
      const act = actOn('mkdir', 'dirPath', dirPath);
      if (isUserFolder(act.path) && recursive === true) return;
      const place = storage.locate(act, isUserFolder(act.path) ? 'read' : 'write');
      inPlatformWords(act, () => mkdirSync(place, { recursive: recursive === true }));
    },

    rmdir: (dirPath: unknown, recursive?: unknown) => {
      const act = actOn('rmdir', 'dirPath', dirPath);
      const place = storage.locate(act, 'write');
      inPlatformWords(act, () => {
        if (recursive !== true) rmdirSync(place);
        else if (lstatSync(place).isDirectory()) rmSync(place, { recursive: true });
        else throw fileFailure(1300020, 'not a directory', act);
      });
    },

    readdir: (dirPath: unknown): string[] => {
      const act = actOn('readdir', 'dirPath', dirPath);
      const place = storage.locate(act, 'read');
      const entries = inPlatformWords(act, () => readdirSync(place, { withFileTypes: true }));
      return entries.filter((entry) => !entry.isSymbolicLink()).map(({ name }) => name);
    },

    stat: (path: unknown, recursive?: unknown): FileStat | FileStatAt[] => {
      const act = actOn('stat', 'path', path);
      const place = storage.locate(act, 'read');
      const stats = inPlatformWords(act, () => lstatSync(place));
      if (recursive !== true || !stats.isDirectory()) return fileStat(stats);
      const below = inPlatformWords(act, () => filesBelow(place));
      return [{ path: '/', stats }, ...below].map((one) => ({ path: one.path, stats: fileStat(one.stats) }));
    },

    /** @returns where it is now. */
    saveFile: (tempFilePath: unknown, filePath?: unknown): string => {
      const from = actOn('saveFile', 'tempFilePath', tempFilePath);
      if (storage.paths.parse(from.path)?.area !== 'tmp') throw denied(from);
      const file = foundTemporary(storage, from);
      if (file.stats.size > MAX_SAVED_BYTES) throw diskFull();
      const to = filePath === undefined ? undefined : actOn('open', 'filePath', filePath);
      const name = from.path.replace(/^.*(\/|_)/s, '');

      if (to === undefined) storage.checkRoom(file.stats.size);
      writeWhole(readFound(file, from), () =>
        to === undefined ? incomingFile(storage, 'store', name) : incomingUserFile(storage, to),
      );
      inPlatformWords(from, () => unlinkSync(file.place));
      return to?.path ?? storage.paths.of('store', name);
    },

    copyFile: (srcPath: unknown, destPath: unknown) => {
      const from = actOn('copyFile', 'srcPath', srcPath);
      const to = actOn('copyFile', 'destPath', destPath);
      writeWhole(readFound(findFile(storage, from), from), () => incomingUserFile(storage, to));
    },

    rename: (oldPath: unknown, newPath: unknown) => {
      const from = actOn('rename', 'oldPath', oldPath);
      const to = actOn('rename', 'newPath', newPath);
      const places = [storage.locate(from, 'write'), storage.locate(to, 'write')] as const;
      inPlatformWords({ verb: 'rename', path: `${from.path}" -> "${to.path}` }, () => renameSync(...places));
    },

    getFileInfo: (filePath: unknown, digestAlgorithm: unknown = 'md5'): { size: number; digest: string } => {
      const act = actOn('open', 'filePath', filePath);
      if (!['md5', 'sha1', 'sha256'].includes(digestAlgorithm as string))
        throw new FileFailure(1300022, `invalid digestAlgorithm "${shown(digestAlgorithm)}"; md5, sha1 or sha256`);
      const bytes = readFound(findFile(storage, act), act);
      return {
        size: bytes.length,
        digest: createHash(digestAlgorithm as string)
          .update(bytes)
          .digest('hex'),
      };
    },
  };
}

function foundTemporary(storage: Storage, act: Parameters<typeof findFile>[1]) {
  try {
    return findFile(storage, act);
  } catch (error) {
    if (!(error instanceof FileFailure && error.errno === 1300002)) throw error;
    throw new FileFailure(1301112, 'tempFilePath file not exist');
  }
}

function fileStat(stats: Stats): FileStat {
  return {
    mode: stats.mode,
    size: stats.size,
    lastAccessedTime: Math.floor(stats.atimeMs / 1000),
    lastModifiedTime: Math.floor(stats.mtimeMs / 1000),
    isDirectory: () => stats.isDirectory(),
    isFile: () => stats.isFile(),
  };
}
