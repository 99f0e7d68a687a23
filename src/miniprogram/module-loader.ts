import { readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'jsonc-parser';
import { readAppText, type AppFolder } from './app-folder.js';
import { AppProblem, type SourcePlace } from './app-problem.js';
import { notPacked } from './packed-packages.js';
import type { AnyFunction, Realm } from './realm.js';
import { fileAt, packageOf, resolveModule, type ModuleFiles, type PackageManifest } from './resolve-module.js';
import { transformModule } from './transform-module.js';

/** Loads the modules of one app, each once. */
export interface ModuleLoader {
  /**
   * Runs a file of the app, such as `pages/list/list`, unless it has run.
   *
   * @returns `false` where there is no such file.
   * @throws what it throws; or an AppProblem.
   */
  readonly run: (file: string) => boolean;
  /** Plugins that were asked for and are not here. */
  readonly plugins: ReadonlySet<string>;
}

const IN_PACKAGE = /[\\/]node_modules[\\/]/;
const PARAMETERS = ['require', 'module', 'exports'];

interface Module {
  exports: unknown;
}

/**
 * Makes a loader that has loaded nothing.
 *
 * @param missing - Is told of what is here, and would not be on a phone.
 */
export function createModuleLoader(
  { root, project, config }: AppFolder,
  realm: Realm,
  missing: (what: string) => void = () => {},
): ModuleLoader {
  const modules = new Map<string, Module>();
  const plugins = new Set<string>();
  const manifests = new Map<string, PackageManifest | undefined>();
  const files: ModuleFiles = {
    root,
    aliases: config.aliases,
    isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
    manifestIn: (folder) => {
      if (!manifests.has(folder)) manifests.set(folder, readManifest(folder));
      return manifests.get(folder);
    },
  };
  const named = (path: string) => relative(root, path).split(sep).join('/');

  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known) return known.exports;
    const text = readAppText(path, named(path));
    const module = realm.toApp({ exports: {} }) as Module;
    modules.set(path, module);
    if (path.endsWith('.json')) module.exports = realm.copyData(parse(text));
    // A script of the view: no page is drawn, and nobody may call it from here.
    else if (!path.endsWith('.wxs')) runScript(path, text, module);
    return module.exports;
  };

  const runScript = (path: string, text: string, module: Module) => {
    const factory = compiled(path, text);
    try {
      factory.call(undefined, requireOf(path, text), module, module.exports);
    } catch (error) {
      // It is run again by the next who asks, as on a phone; not handed out half made.
      modules.delete(path);
      throw error;
    }
  };

  const compiled = (path: string, text: string): AnyFunction => {
    try {
      const code = transformModule(path, text);
      // What "build npm" writes in.
      const built = path.includes(`${sep}node_modules${sep}`)
        ? code.replace(/\bprocess\.env\.NODE_ENV\b/g, '"production"')
        : code;
      return realm.compile(built.replace(/^#!.*/, ''), path, PARAMETERS);
    } catch (error) {
      throw syntaxProblem(error, path, named(path));
    }
  };

  const requireOf = (path: string, text: string) => {
    const required = (name: unknown, isAsync = false): unknown => {
      if (typeof name !== 'string') throw new TypeError(`require: expected the name of a module; got ${typeof name}`);
      const found = resolveModule(name, path, files);
      switch (found.type) {
        case 'file': {
          const problem = isAsync ? undefined : problemOfPackages(name, named(path), named(found.path));
          if (problem === undefined) {
            if (IN_PACKAGE.test(found.path)) tell(notPacked(packageOf(name), path, files.manifestIn));
            return load(found.path);
          }
          throw new AppProblem('other-package', name, problem, placeOf(name, text, named(path)));
        }
        case 'plugin':
          plugins.add(found.name);
          return realm.toApp({});
        case 'node':
          throw new AppProblem(
            'package-of-node',
            name,
            `'${name}' is of Node.js, and a phone does not have it; use a package that is made for mini programs`,
            placeOf(name, text, named(path)),
          );
        case 'missing-package':
          throw new AppProblem(
            'package-not-installed',
            found.name,
            notInstalled(found.name),
            placeOf(name, text, named(path)),
          );
        case 'missing':
          throw new AppProblem(
            'module-not-found',
            name,
            `there is no module '${name}'; correct the path, or build the project first`,
            placeOf(name, text, named(path)),
          );
      }
    };
    // An async function rejects with what is thrown.
    // eslint-disable-next-line @typescript-eslint/require-await
    const later = async (name: unknown): Promise<unknown> => required(name, true);
    const inApp = realm.toApp((name: unknown, success?: AnyFunction, fail?: AnyFunction) => {
      if (typeof success !== 'function') return required(name);
      void later(name).then(success, fail);
      return undefined;
    }) as AnyFunction & { async?: unknown };
    inApp.async = realm.toApp(later);
    return inApp;
  };

  const tell = (what: string | undefined) => {
    if (what !== undefined) missing(what);
  };

  const subPackageOf = (file: string) => config.subPackages.find((one) => file.startsWith(`${one.root}/`));

  /** Of sub-packages only the main one is sure to be there, and for an independent one not even that. */
  const problemOfPackages = (name: string, from: string, to: string): string | undefined => {
    const [own, other] = [subPackageOf(from), subPackageOf(to)];
    // What is taken from node_modules, “build npm” would put beside each package.
    if (own === other || (!other && !own?.isIndependent) || /(?:^|\/)node_modules\//.test(to)) return undefined;
    const where = other ? `the sub-package '${other.root}'` : 'the main package';
    const here = own ? `the sub-package '${own.root}'` : 'the main package';
    return `'${name}' is in ${where}, which may not be there yet when ${here} runs; use require.async, or move the file`;
  };

  const notInstalled = (name: string) => {
    const { dependencies = {}, devDependencies = {} } = (readManifest(project) ?? {}) as Record<
      string,
      object | undefined
    >;
    const listed = name in dependencies || name in devDependencies;
    const install = listed ? "'npm i'" : `'npm i ${name}'`;
    return `the package '${name}' is not installed; run ${install} beside package.json, then “build npm” (工具 → 构建 npm)`;
  };

  return {
    plugins,
    run: (file) => {
      const path = fileAt(join(root, file), files);
      if (path === undefined || path.endsWith('.json')) return false;
      load(path);
      return true;
    },
  };
}

function readManifest(folder: string): PackageManifest | undefined {
  try {
    return parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
  } catch {
    return undefined;
  }
}

/** Where a name stands in the source; the first place that could be it. */
function placeOf(name: string, text: string, file: string): SourcePlace {
  const at = ["'", '"', '`'].map((quote) => text.indexOf(quote + name + quote)).find((index) => index >= 0);
  return { file, ...(at !== undefined && { line: text.slice(0, at).split('\n').length }) };
}

/** sucrase says where in brackets, V8 on the first line of the stack. */
function syntaxProblem(error: unknown, path: string, file: string): AppProblem {
  const { message, stack = '' } = error as Error;
  const [, row, column] = /\((\d+):(\d+)\)$/.exec(message) ?? [];
  const ofStack = stack.startsWith(`${path}:`) ? /:(\d+)/.exec(stack.slice(path.length))?.[1] : undefined;
  const line = row ?? ofStack;
  const said = message
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/ ?\(\d+:\d+\)$/, '')
    .replace(/^SyntaxError: /, '');
  return new AppProblem('syntax', file, `this cannot be read: ${said}`, {
    file,
    ...(line !== undefined && { line: Number(line) }),
    ...(column !== undefined && { column: Number(column) }),
  });
}
