import type { StorageSettings } from './storage-options.js';
import type { StoredValue } from './stored-value.js';
import { createValueFiles, type ValueFiles } from './value-files.js';

/** A value under its key. */
export interface Entry extends StoredValue {
  readonly key: string;
  readonly encrypted: boolean;
}

/** Why nothing was stored. */
export type StoreRefusal = 'value-too-large' | 'full' | 'broken';

/** The values of one app on one device. */
export interface ValueStore {
  get(key: string): Entry | undefined;
  /** Stores all of them or, where there is no room, none. */
  set(entries: readonly Entry[]): StoreRefusal | undefined;
  remove(keys: readonly string[]): StoreRefusal | undefined;
  keys(): string[];
  /** Bytes that are taken, keys and values. */
  usedBytes(): number;
}

/** How much larger encryption makes a value; 1 MB and 10 MB become 0.7 and 7.1. */
const ENCRYPTION = 1.4;

/**
 * Makes the store: in memory, and in a folder too where one is given, so that a second start finds what the first has
 * written. The folder is read once, at first use.
 *
 * - Evidence: 1 MB a key, 10 MB an app, 0.7 and 7.1 MB encrypted (official page of `wx.setStorage`); a key counts with its
 *   value (seen of Android clients)
 * - Not known: what is counted. Android has been seen to count UTF-16 units; here it is bytes of UTF-8, never fewer
 */
export function createValueStore(
  { maxBytes, maxValueBytes }: Pick<StorageSettings, 'maxBytes' | 'maxValueBytes'>,
  folder: string | undefined,
  folderName = 'values',
): ValueStore {
  let read: { readonly entries: Map<string, Entry>; readonly files: ValueFiles | undefined } | undefined;
  let used = 0;

  const store = () => {
    if (!read) {
      const files = folder === undefined ? undefined : createValueFiles(folder, folderName);
      const found = files?.readAll() ?? [];
      used = found.reduce((sum, entry) => sum + sizeOf(entry), 0);
      read = { files, entries: new Map(found.map((entry) => [entry.key, entry])) };
    }
    return read;
  };

  return {
    get: (key) => store().entries.get(key),
    set: (given) => {
      const { entries, files } = store();
      // Of a key that is named twice the last value counts.
      const coming = new Map(given.map((entry) => [entry.key, entry]));
      if ([...coming.values()].some((entry) => sizeOf(entry) > maxValueBytes)) return 'value-too-large';
      const growthOf = (entry: Entry) => sizeOf(entry) - sizeOf(entries.get(entry.key));
      const growth = [...coming.values()].reduce((sum, entry) => sum + growthOf(entry), 0);
      // What makes it smaller is taken even where there is too much already.
      if (growth > 0 && used + growth > maxBytes) return 'full';
      return onDisk(() => {
        if (files) writeAll(files, [...coming.values()], entries);
        for (const entry of coming.values()) {
          used += growthOf(entry);
          entries.set(entry.key, entry);
        }
      });
    },
    remove: (keys) => {
      const { entries, files } = store();
      return onDisk(() => {
        for (const key of keys) {
          files?.remove(key);
          used -= sizeOf(entries.get(key));
          entries.delete(key);
        }
      });
    },
    keys: () => [...store().entries.keys()],
    usedBytes: () => {
      store();
      return used;
    },
  };
}

/** Writes all of them or, as far as the disk lets it, none. @throws what Node throws */
function writeAll(files: ValueFiles, coming: readonly Entry[], before: ReadonlyMap<string, Entry>): void {
  const written: Entry[] = [];
  try {
    for (const entry of coming) {
      files.write(entry);
      written.push(entry);
    }
  } catch (error) {
    for (const { key } of written) {
      const old = before.get(key);
      if (old) files.write(old);
      else files.remove(key);
    }
    throw error;
  }
}

function onDisk(work: () => void): StoreRefusal | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code = '' } = error as { readonly code?: string };
    // No errno of Node: something of ours is wrong, and should be seen.
    if (code === '' || code.startsWith('ERR_')) throw error;
    return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'broken';
  }
}

function sizeOf(entry: Entry | undefined): number {
  if (!entry) return 0;
  const { key, text, encrypted } = entry;
  return Buffer.byteLength(key) + Math.ceil(Buffer.byteLength(text) * (encrypted ? ENCRYPTION : 1));
}
