import { closeSync, fstatSync, constants, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { fileFailure, inPlatformWords, type FileAct } from './file-failure.js';
import type { Storage } from './storage.js';

/** A file that is there, and may be read. */
export interface FoundFile {
  /** Where it really is. */
  readonly place: string;
  readonly stats: Stats;
}

/**
 * Finds a file.
 *
 * @throws FileFailure when it is not there, not the app's to read, or no file: a folder, a pipe.
 */
export function findFile(storage: Storage, act: FileAct): FoundFile {
  const place = storage.locate(act, 'read');
  const stats = inPlatformWords(act, () => lstatSync(place));
  if (!stats.isFile()) throw fileFailure(1300001, 'operation not permitted', act);
  return { place, stats };
}

/** Reads a file, or a part of it: at most `length` bytes from `position`. */
export function readFound(
  { place, stats }: FoundFile,
  act: FileAct,
  position = 0,
  length = stats.size - position,
): Buffer {
  return inPlatformWords(act, () => {
    // Not through a link, should there be one since it was found. Windows has no such flag.
    const file = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, fstatSync(file).size - position)));
      let filled = 0;
      while (filled < bytes.length) {
        const read = readSync(file, bytes, filled, bytes.length - filled, position + filled);
        if (read === 0) break;
        filled += read;
      }
      return bytes.subarray(0, filled);
    } finally {
      closeSync(file);
    }
  });
}
