import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from './value-store.js';

/** Where values outlive the process. */
export interface ValueFiles {
  /** All that can be read. What is not a value, or not whole, is left where it is and passed over. */
  readAll(): Entry[];
  /** Either all of it is there afterwards or what was there before. @throws what Node throws */
  write(entry: Entry): void;
  /** @throws what Node throws */
  remove(key: string): void;
}

/** Keeps each value in a file of its own, in `name` below a folder that exists. A key may be any text, so a file has its hash for a name. */
export function createValueFiles(folder: string, name: string): ValueFiles {
  const place = join(realpathSync(folder), name);
  mkdirSync(place, { recursive: true });
  const fileOf = (key: string) => join(place, `${createHash('sha256').update(key).digest('hex')}.json`);

  return {
    readAll: () =>
      readdirSync(place, { withFileTypes: true }).flatMap((file) => {
        if (!file.isFile() || !file.name.endsWith('.json')) return [];
        const path = join(place, file.name);
        const entry = entryOf(readFileSync(path, 'utf8'));
        return entry && fileOf(entry.key) === path ? [entry] : [];
      }),
    write: (entry) => {
      const part = join(place, `${randomBytes(8).toString('hex')}.part`);
      try {
        writeFileSync(part, JSON.stringify(entry));
        renameSync(part, fileOf(entry.key));
      } catch (error) {
        rmSync(part, { force: true });
        throw error;
      }
    },
    remove: (key) => rmSync(fileOf(key), { force: true }),
  };
}

function entryOf(json: string): Entry | undefined {
  try {
    const { key, type, text, encrypted } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const whole = [key, type, text].every((part) => typeof part === 'string') && typeof encrypted === 'boolean';
    return whole ? ({ key, type, text, encrypted } as Entry) : undefined;
  } catch {
    return undefined;
  }
}
