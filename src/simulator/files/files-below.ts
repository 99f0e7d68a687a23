import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Everything in a folder and below it, links left out. Paths are relative, with `/`. */
export function filesBelow(folder: string, prefix = ''): { readonly path: string; readonly stats: Stats }[] {
  return readdirSync(folder).flatMap((name) => {
    // It may have gone since it was listed.
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    const path = `${prefix}/${name}`;
    if (!stats || stats.isSymbolicLink()) return [];
    return [{ path, stats }, ...(stats.isDirectory() ? filesBelow(join(folder, name), path) : [])];
  });
}
