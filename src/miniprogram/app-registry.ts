import { dirname, join, relative, sep } from 'node:path';
import { readJsonIn, textsByName, type AppFolder } from './app-folder.js';
import { AppProblem } from './app-problem.js';
import { definitionOf, type ComponentDefinition } from './component-definition.js';
import type { ModuleLoader } from './module-loader.js';
import type { Realm } from './realm.js';
import { fileAt, resolveModule } from './resolve-module.js';
import { statSync } from 'node:fs';

/** What an app has registered by `Page` and `Component`. */
export interface AppRegistry {
  /** The functions, for the global scope. */
  readonly globals: Readonly<Record<string, unknown>>;
  /**
   * Runs a page's script, unless it has run.
   *
   * @throws AppProblem where there is no script, or it registers nothing; or what it throws.
   */
  readonly page: (path: string) => ComponentDefinition;
  /** Runs a component's script; nothing where it is a plugin's, or not there. */
  readonly component: (
    name: string,
    caller: string,
  ) => { readonly base: string; readonly definition: ComponentDefinition } | undefined;
}

type Written = Readonly<Record<string, unknown>>;

/** Makes an empty registry. */
export function createAppRegistry(
  folder: AppFolder,
  {
    realm,
    loader,
    missing,
  }: { readonly realm: Realm; readonly loader: ModuleLoader; readonly missing: (what: string) => void },
): AppRegistry {
  const definitions = new Map<string, ComponentDefinition>();
  let running: string | undefined;

  const register = (kind: 'page' | 'component') => (written: Written) => {
    if (running === undefined) return;
    definitions.set(running, definitionOf(written, kind));
  };
  /** Runs the script of a page or a component, so that what it registers is known to be its own. */
  const definitionAt = (base: string): ComponentDefinition | undefined => {
    const known = definitions.get(base);
    if (known) return known;
    const before = running;
    running = base;
    try {
      if (!loader.run(relative(folder.root, base))) return undefined;
    } finally {
      running = before;
    }
    return definitions.get(base);
  };
  const files = {
    root: folder.root,
    aliases: folder.config.aliases,
    isFile: (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
    manifestIn: (home: string) => {
      const manifest = readJsonIn(home, 'package.json');
      return Object.keys(manifest).length > 0 ? manifest : undefined;
    },
  };

  return {
    globals: {
      Page: realm.raw(register('page')),
      Component: realm.raw(register('component')),
      Behavior: realm.raw((written: unknown) => written),
    },
    page: (path) => {
      const base = join(folder.root, path);
      const definition = definitionAt(base);
      if (definition) return definition;
      const script = fileAt(base, files);
      if (script === undefined || script.endsWith('.json')) {
        const listed = folder.config.pages.includes(path);
        const hint = listed ? `app.json names it, and there is no ${path}.js` : `app.json does not name it`;
        throw new AppProblem('page-not-found', path, `there is no page ${path}: ${hint}`);
      }
      throw new AppProblem('no-page-registered', path, 'this calls neither Page nor Component, so no page opens', {
        file: relative(folder.root, script).split(sep).join('/'),
      });
    },
    component: (name, caller) => {
      const own = textsByName(
        readJsonIn(dirname(caller), `${caller.slice(dirname(caller).length + 1)}.json`)['usingComponents'],
      );
      const target = own[name] ?? folder.config.usingComponents[name];
      if (target === undefined) return undefined;
      // Those of app.json are meant from the root.
      const from = name in own ? caller : join(folder.root, 'app');
      const found = resolveModule(target, from, files);
      if (found.type !== 'file') {
        missing(found.type === 'plugin' ? target : `${name} (${target})`);
        return undefined;
      }
      const base = found.path.replace(/\.[^./\\]+$/, '');
      const definition = realm.guard(() => definitionAt(base));
      return definition && { base, definition };
    },
  };
}
