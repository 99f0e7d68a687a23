import { dirname, join, resolve } from 'node:path';
import { parseScript } from '../syntax/parse-script.js';
import { gather } from './gather.js';
import type { ModuleFacts, SourceFile } from './module-facts.js';

/** The files of an app, parsed when they are asked for. */
export interface Program {
  readonly moduleAt: (path: string) => ModuleFacts | undefined;
  readonly moduleNamed: (source: string, from: ModuleFacts) => ModuleFacts | undefined;
}

const ENDINGS = ['', '.ts', '.js', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.json', '.vue', '.mpx', '.wpy'];
const TRIED = [...ENDINGS, ...ENDINGS.slice(1, 9).map((ending) => `/index${ending}`)];

/** Makes a program of files; `roots` are the folders that `/x`, `@/x` and `x/y.js` may start from. */
export function createProgram(files: ReadonlyMap<string, SourceFile>, roots: readonly string[]): Program {
  const modules = new Map<string, ModuleFacts | undefined>();
  const named = new Map<string, ModuleFacts | undefined>();

  const moduleAt = (path: string): ModuleFacts | undefined => {
    if (modules.has(path)) return modules.get(path);
    const source = files.get(path);
    const root = source && parseScript(source.script, source.file);
    const facts = root && gather(root, source);
    modules.set(path, facts);
    return facts;
  };
  const found = (source: string, from: string): string | undefined => {
    for (const base of placesOf(source, from, roots)) {
      for (const ending of TRIED) if (files.has(base + ending)) return base + ending;
    }
    return undefined;
  };
  return {
    moduleAt,
    moduleNamed: (source, { source: { path } }) => {
      const key = `${dirname(path)}\n${source}`;
      if (!named.has(key)) {
        const at = found(source, path);
        named.set(key, at === undefined ? undefined : moduleAt(at));
      }
      return named.get(key);
    },
  };
}

/** Where a module may lie, by the way it is named. */
function placesOf(source: string, from: string, roots: readonly string[]): string[] {
  const folder = dirname(from);
  if (/^\.\.?(?:\/|$)/.test(source)) return [resolve(folder, source)];
  if (source.startsWith('/')) return roots.map((root) => join(root, source));
  // `require('utils/util.js')`, as the platform takes it; one word alone is a package.
  const plain = source.replace(/^[@~]\/?/, '');
  const aliased = plain !== source;
  if (!aliased && !source.includes('/') && !/\.[cm]?[jt]s(?:on)?$/.test(source)) return [];
  return [...(aliased ? [] : [join(folder, source)]), ...roots.map((root) => join(root, plain))];
}
