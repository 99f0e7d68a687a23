import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings.js';
import { pathStyleOf, type Area, type PathStyle } from './device-path.js';
import { denied, diskFull, FileFailure, inPlatformWords, type FileAct } from './file-failure.js';
import { filesBelow } from './files-below.js';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary-folder.js';

/** The device's storage: one real folder, out of which no path of an app leads. */
export interface Storage {
  readonly paths: PathStyle;
  /**
   * Where a path of the device really is, whether or not anything is there.
   *
   * @throws FileFailure for what is not the app's to read or write, and for whatever lies behind a symbolic link.
   */
  locate(act: FileAct, access: 'read' | 'write'): string;
  /** A place in one of the areas that the app does not write itself, or in the one for files that are still coming. */
  place(area: 'tmp' | 'store' | 'part', name: string, act: FileAct): string;
  /** Bytes that may still be stored, of those that saved files and the app's own share. */
  room(): number;
  /** @throws FileFailure when there is less room than that. */
  checkRoom(bytes: number): void;
  /** Removes the folder, if it was made here. */
  close(): void;
}

/**
 * Makes the storage. Its folder is made at first use, in the system's temporary folder and removed by `close()` or with
 * the process, unless `storageFolder` names one.
 *
 * - Evidence: temporary and saved files cannot be written, the app's own can; both and saved ones share 200 MB
 *   (discoveries/files.md and the official file system page)
 */
export function createStorage(settings: Pick<Settings, 'storageFolder' | 'maxStorageBytes' | 'phone'>): Storage {
  const { storageFolder, maxStorageBytes } = settings;
  const paths = pathStyleOf(settings.phone);
  let root: string | undefined;
  let closed = false;

  const folder = () => {
    if (closed) throw new FileFailure(1300201, 'system error, the simulator has been closed');
    if (root === undefined) {
      root = storageFolder === undefined ? makeTemporaryFolder() : realpathSync(storageFolder);
      for (const area of ['tmp', 'store', 'usr', 'part']) mkdirSync(join(root, area), { recursive: true });
    }
    return root;
  };

  const inside = (area: Area | 'part', segments: readonly string[], act: FileAct) => {
    let place = folder();
    for (const segment of [area, ...segments]) {
      place = join(place, segment);
      // Whatever it points to, today: apps make no links, so that somebody else did.
      if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) throw denied(act);
    }
    return place;
  };

  const room = () => {
    const used = ['store', 'usr'].map((area) => filesBelow(join(folder(), area)));
    return maxStorageBytes - used.flat().reduce((sum, { stats }) => sum + (stats.isFile() ? stats.size : 0), 0);
  };

  return {
    paths,
    locate: (act, access) => {
      const found = paths.parse(act.path);
      // Its own folder itself is not the app's to remove or to replace.
      const writable = found?.area === 'usr' && found.segments.length > 0;
      if (!found || (access === 'write' && !writable)) throw denied(act);
      return inPlatformWords(act, () => inside(found.area, found.segments, act));
    },
    place: (area, name, act) => inPlatformWords(act, () => inside(area, [name], act)),
    room,
    checkRoom: (bytes) => {
      if (bytes > room()) throw diskFull();
    },
    close: () => {
      if (root !== undefined && storageFolder === undefined) removeTemporaryFolder(root);
      closed = true;
    },
  };
}
