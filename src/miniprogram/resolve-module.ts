import { dirname, join } from 'node:path';

/** What a module's name is looked up in. */
export interface ModuleFiles {
  /** The folder of `app.json`; absolute. */
  readonly root: string;
  readonly aliases: Readonly<Record<string, string>>;
  readonly isFile: (path: string) => boolean;
  /** The `package.json` of a folder, where it has one. */
  readonly manifestIn: (folder: string) => PackageManifest | undefined;
}

/** The fields of a `package.json` that say where its code is. */
export interface PackageManifest {
  readonly main?: unknown;
  readonly module?: unknown;
  readonly miniprogram?: unknown;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>> | undefined;
}

/** Where a name leads. */
export type ResolvedModule =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'plugin'; readonly name: string }
  | { readonly type: 'node'; readonly name: string }
  | { readonly type: 'missing-package'; readonly name: string }
  | { readonly type: 'missing' };

const ENDINGS = ['', '.js', '.ts', '.mjs', '.cjs', '/index.js', '/index.ts', '.json'];

/**
 * Finds the file of `require(name)` or `import … from name` as the platform does: beside the caller, from the root of
 * the app, and in the packages that “build npm” made; and where nobody has built them, in `node_modules`.
 *
 * | name            | is looked for                                                            |
 * | --------------- | ------------------------------------------------------------------------ |
 * | `./x` `../x`    | beside the caller                                                        |
 * | `/x`            | from the root of the app, then beside the caller                         |
 * | `x/y`           | in `miniprogram_npm` upwards, beside the caller, from the root, in npm   |
 * | `plugin://x`    | nowhere: a plugin is a stand-in                                          |
 *
 * @param caller - The file that asks; absolute.
 */
export function resolveModule(name: string, caller: string, files: ModuleFiles): ResolvedModule {
  const { root, aliases } = files;
  if (/^(?:dynamic-)?plugin(?:-private)?:\/\//.test(name)) return { type: 'plugin', name };
  const file = (path: string | undefined): ResolvedModule | undefined =>
    path === undefined ? undefined : { type: 'file', path };

  if (/^\.\.?(?:\/|$)/.test(name)) return file(fileAt(join(dirname(caller), name), files)) ?? { type: 'missing' };
  if (name.startsWith('/')) {
    // Beside the caller, too: public apps are written so, and run.
    const found = fileAt(join(root, name), files) ?? fileAt(join(dirname(caller), name), files);
    return file(found) ?? { type: 'missing' };
  }
  for (const [pattern, target] of Object.entries(aliases)) {
    const rest = restOf(name, pattern);
    const found =
      rest === undefined
        ? undefined
        : fileAt(
            join(
              root,
              target.replace(/\*$/, () => rest),
            ),
            files,
          );
    if (found !== undefined) return { type: 'file', path: found };
  }

  const found =
    upwards(dirname(caller), root)
      .map((folder) => fileAt(join(folder, 'miniprogram_npm', name), files))
      .find((path) => path !== undefined) ??
    fileAt(join(dirname(caller), name), files) ??
    fileAt(join(root, name), files) ??
    upwards(dirname(caller))
      .map((folder) => packageFile(join(folder, 'node_modules'), name, files))
      .find((path) => path !== undefined);
  if (found !== undefined) return { type: 'file', path: found };
  if (name.startsWith('node:') || NODE_MODULES.has(name)) return { type: 'node', name };
  return looksLikePackage(name) ? { type: 'missing-package', name: packageOf(name) } : { type: 'missing' };
}

/** A path with whichever ending a file has. */
export function fileAt(path: string, { isFile }: Pick<ModuleFiles, 'isFile'>): string | undefined {
  // TypeScript writes the name that its output will have.
  const beginnings = [path, ...(/\.js$/.test(path) ? [path.replace(/\.js$/, '.ts')] : [])];
  for (const beginning of beginnings) {
    for (const ending of ENDINGS) {
      const candidate = join(beginning + ending);
      if (isFile(candidate)) return candidate;
    }
  }
  return undefined;
}

function packageFile(folder: string, name: string, files: ModuleFiles): string | undefined {
  const owner = packageOf(name);
  const home = join(folder, owner);
  const manifest = files.manifestIn(home);
  const rest = name.slice(owner.length + 1);
  if (!manifest) return fileAt(join(folder, name), files);
  // What "build npm" would copy, and look into.
  if (typeof manifest.miniprogram === 'string') {
    const copied = fileAt(join(home, manifest.miniprogram, rest), files);
    if (copied !== undefined) return copied;
  }
  const exported = exportOf(manifest.exports, rest === '' ? '.' : `./${rest}`);
  const entries = rest === '' ? [exported, manifest.main, manifest.module, 'index'] : [exported, rest];
  return entries
    .map((entry) => (typeof entry === 'string' ? fileAt(join(home, entry), files) : undefined))
    .find((path) => path !== undefined);
}

/** What a package says for a bundler that makes CommonJS of it. */
function exportOf(exports: unknown, key: string): string | undefined {
  if (typeof exports === 'string') return key === '.' ? exports : undefined;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const entries = exports as Readonly<Record<string, unknown>>;
  const target = Object.keys(entries).some((name) => name.startsWith('.')) ? entries[key] : key === '.' ? entries : {};
  return conditionOf(target);
}

function conditionOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  const conditions = target as Readonly<Record<string, unknown>>;
  for (const condition of ['browser', 'require', 'default', 'import', 'module']) {
    const found = conditionOf(conditions[condition]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `~/*` of `~/x/y` is `x/y`; without a star the whole name must be the same. */
function restOf(name: string, pattern: string): string | undefined {
  if (!pattern.endsWith('*')) return name === pattern ? '' : undefined;
  const start = pattern.slice(0, -1);
  return name.startsWith(start) ? name.slice(start.length) : undefined;
}

function upwards(start: string, last?: string): string[] {
  const folders = [start];
  for (let here = start; here !== last && dirname(here) !== here; here = dirname(here)) folders.push(dirname(here));
  return folders;
}

/** The package that a name begins with. */
export function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

const looksLikePackage = (name: string) => /^(?:@[a-z0-9-~][\w.-]*\/)?[a-z0-9-~][\w.-]*(?:\/[\w./-]*)?$/i.test(name);

const NODE_MODULES: ReadonlySet<string> = new Set(
  'assert buffer child_process crypto dns events fs http http2 https net os path process querystring stream timers tls url util vm zlib'.split(
    ' ',
  ),
);
