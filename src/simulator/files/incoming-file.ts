import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { denied, diskFull, fileFailure, inPlatformWords, type FileAct } from './file-failure.js';
import type { Storage } from './storage.js';

/** A file that is still coming. It is not where it will be until it is whole. */
export interface IncomingFile {
  /** @throws FileFailure when there is no room. */
  write(bytes: Uint8Array): void;
  /** Puts it in its place, over what was there. */
  commit(): void;
  /** Leaves nothing of it, unless it is in its place. */
  discard(): void;
}

/**
 * Begins a file of the app's own. What is written in its place would be half there, should anything go wrong.
 *
 * @throws FileFailure when it could not be put in its place.
 */
export function incomingUserFile(storage: Storage, act: FileAct): IncomingFile {
  const check = () => {
    const target = storage.locate(act, 'write');
    const replaced = inPlatformWords(act, () => lstatSync(target, { throwIfNoEntry: false }));
    if (replaced?.isDirectory()) throw fileFailure(1301003, 'illegal operation on a directory', act);
    if (replaced && !replaced.isFile()) throw denied(act);
    inPlatformWords(act, () => {
      // Of the parents each is there and a folder, or Node says what is wrong with it.
      lstatSync(`${dirname(target)}/`);
    });
    return { target, replacedBytes: replaced?.size ?? 0 };
  };

  let room = inPlatformWords(act, () => storage.room()) + check().replacedBytes;
  const part = partFile(storage, act);
  return {
    write: (bytes) => {
      room -= bytes.byteLength;
      if (room < 0) throw diskFull();
      part.write(bytes);
    },
    // Asked once more: the app may have changed its folders meanwhile.
    commit: () => part.moveTo(check().target),
    discard: part.discard,
  };
}

/** Begins a file of a new name, in an area that the app does not write itself. */
export function incomingFile(storage: Storage, area: 'tmp' | 'store', name: string): IncomingFile {
  const act = { verb: 'open', path: storage.paths.of(area, name) };
  const part = partFile(storage, act);
  return { write: part.write, commit: () => part.moveTo(storage.place(area, name, act)), discard: part.discard };
}

/** Writes a file at once. The bytes are there before it is begun: whoever makes them may fail. */
export function writeWhole(bytes: Uint8Array, begin: () => IncomingFile): void {
  const file = begin();
  try {
    file.write(bytes);
    file.commit();
  } finally {
    file.discard();
  }
}

/** A name that no other file has. */
export function newFileName(extension: string): string {
  return `${randomBytes(20).toString('hex')}${extension}`;
}

function partFile(storage: Storage, act: FileAct) {
  const path = storage.place('part', newFileName(''), act);
  let file: number | undefined = inPlatformWords(act, () => openSync(path, 'wx'));

  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write: (bytes: Uint8Array) =>
      inPlatformWords(act, () => {
        for (let sent = 0; sent < bytes.byteLength;) sent += writeSync(Number(file), bytes, sent);
      }),
    moveTo: (target: string) =>
      inPlatformWords(act, () => {
        close();
        renameSync(path, target);
      }),
    discard: () => {
      close();
      rmSync(path, { force: true });
    },
  };
}
