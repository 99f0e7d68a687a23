import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What is read: sources in which URLs can stand. */
const ENDINGS = /\.(?:[cm]?[jt]sx?|vue|mpx|wpy|json|wxml|wxss)$/i;
const NOT_SOURCE =
  /\.d\.[cm]?ts$|\.(?:test|spec)\.\w+$|(?:^|[\\/])(?:package(?:-lock)?|tsconfig[^\\/]*|jsconfig|project(?:\.private)?\.config|sitemap|app|game)\.json$|(?:^|[\\/])rx-miniprogram\.config\.\w+$/i;
/** What is made of one's own, and what is not part of the app as it lies there. */
const FOLDERS = new Set(['node_modules', 'dist', 'build', 'unpackage', 'coverage']);
/** What runs on a server, where there are no lists. */
const SERVER_FOLDER = /^(?:cloudfunctions|uniCloud(?:-\w+)?)$/;

/** A symlink loop ends here at the latest. */
const MAX_FILES = 50_000;

/** What a walk found. */
export interface FoundFiles {
  /** Absolute, in order. */
  readonly files: readonly string[];
  /** Folders that could not be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly code: string }[];
  readonly cutShort: boolean;
}

/** Finds the sources below some files and folders. Each real folder is entered once, whatever links lead to it. */
export function sourceFiles(roots: readonly string[], skipped: readonly string[] = []): FoundFiles {
  const files: string[] = [];
  const unreadable: { path: string; code: string }[] = [];
  const entered = new Set<string>();
  const waiting: string[] = [...roots].reverse();
  const isRoot = new Set(roots);

  for (let path = waiting.pop(); path !== undefined && files.length < MAX_FILES; path = waiting.pop()) {
    try {
      const stats = statSync(path);
      if (!stats.isDirectory()) {
        // Whoever reads a pipe that lies about waits for ever.
        if (isRoot.has(path) || (stats.isFile() && ENDINGS.test(path) && !NOT_SOURCE.test(path))) files.push(path);
        continue;
      }
      const real = realpathSync(path);
      if (entered.has(real) || (!isRoot.has(path) && skipped.some((skip) => inside(skip, real)))) continue;
      entered.add(real);
      const entries = readdirSync(path, { withFileTypes: true }).filter(isWanted);
      entries.sort((a, b) => (a.name < b.name ? 1 : -1));
      for (const { name } of entries) waiting.push(join(path, name));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      // A link that leads nowhere is nobody's source.
      if (code !== 'ENOENT' || isRoot.has(path)) unreadable.push({ path, code });
    }
  }
  return { files, unreadable, cutShort: files.length >= MAX_FILES };
}

function isWanted(entry: Dirent): boolean {
  if (entry.name.startsWith('.')) return false;
  if (!entry.isFile() && (FOLDERS.has(entry.name) || SERVER_FOLDER.test(entry.name))) return false;
  if (entry.isDirectory()) return true;
  return entry.isSymbolicLink() || (ENDINGS.test(entry.name) && !NOT_SOURCE.test(entry.name));
}

function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`));
}
