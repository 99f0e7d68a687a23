import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import type { NetworkTimeout } from '../platform/network-timeout.js';
import { AppProblem } from './app-problem.js';

/** A mini program on the disk. */
export interface AppFolder {
  /** The folder of `app.json`; absolute. */
  readonly root: string;
  /** The folder of `project.config.json`, or the same; absolute. */
  readonly project: string;
  /** The script that registers the app, such as `app.js`. */
  readonly entry: string;
  readonly appId: string | undefined;
  readonly config: AppConfig;
}

/** What `app.json` says, with its sub-packages joined in. */
export interface AppConfig {
  /** All pages, without a slash in front; the first is the one that the app begins with. */
  readonly pages: readonly string[];
  /** The pages of the tab bar. */
  readonly tabs: readonly string[];
  /** Whether the app draws the tab bar itself, by its `custom-tab-bar`. */
  readonly hasOwnTabBar: boolean;
  readonly subPackages: readonly SubPackage[];
  /** `"~/*": "/*"` and its like. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly usingComponents: Readonly<Record<string, string>>;
  readonly networkTimeout: NetworkTimeout;
  /** As it was written, for `__wxConfig`. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** A part of the app that is fetched when one of its pages is opened. */
export interface SubPackage {
  /** Its folder, without a slash at either end. */
  readonly root: string;
  readonly name: string | undefined;
  /** Whether its pages may be opened before the main package is there. */
  readonly isIndependent: boolean;
}

/** The name of the folder, and of the component in it, that the platform looks for. */
export const TAB_BAR = 'custom-tab-bar';

/** Where bundlers put what they build: Taro, uni-app by its command and by HBuilderX, finished and while one works, and Mpx. */
const BUILT = [
  'dist',
  'dist/build/mp-weixin',
  'unpackage/dist/build/mp-weixin',
  'dist/dev/mp-weixin',
  'unpackage/dist/dev/mp-weixin',
  'dist/wx',
];

type Json = Readonly<Record<string, unknown>>;

/**
 * Finds the mini program in a folder: where `project.config.json` says, beside it, or where bundlers put it.
 *
 * @throws AppProblem where there is none, or where `app.json` is no JSON.
 */
export function readAppFolder(folder: string): AppFolder {
  const given = resolve(folder);
  const isFolder = statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder) throw new AppProblem('no-app', folder, `there is no folder ${folder}`);

  const shared = readJsonIn(given, 'project.config.json');
  const own = readJsonIn(given, 'project.private.config.json');
  const named = text(own['miniprogramRoot']) ?? text(shared['miniprogramRoot']);
  const roots = [named, '.', 'miniprogram', ...BUILT, 'src'];
  for (const root of roots.filter((one) => one !== undefined)) {
    for (const entry of ['app.js', 'app.ts', 'game.js', 'game.ts']) {
      const folderOfApp = join(given, root);
      if (!existsSync(join(folderOfApp, entry))) continue;
      const project = hasConfig(given) || !hasConfig(dirname(given)) ? given : dirname(given);
      const appId = text(own['appid']) ?? text(shared['appid']);
      return { root: folderOfApp, project, entry, appId, config: configIn(folderOfApp) };
    }
  }
  const hint = existsSync(join(given, 'package.json'))
    ? 'build it first, and name the folder that the build has written'
    : 'name the folder of app.json';
  throw new AppProblem('no-app', folder, `${folder} has no app.js; ${hint}`);
}

function configIn(root: string): AppConfig {
  // A mini game's stands in game.json.
  const app = { ...readJsonIn(root, 'game.json'), ...readJsonIn(root, 'app.json') };
  // Both spellings are taken by the platform.
  const packages = [...objects(app['subPackages']), ...objects(app['subpackages'])].map((one) => ({
    root: (text(one['root']) ?? '').split('/').filter(Boolean).join('/'),
    name: text(one['name']),
    pages: texts(one['pages']),
    independent: one['independent'] === true,
  }));
  const tabBar = object(app['tabBar']);
  const hasOwnTabBar = tabBar['custom'] === true;
  const first = text(app['entryPagePath']);
  const pages = [
    ...texts(app['pages']),
    ...packages.flatMap((one) => one.pages.map((page) => `${one.root}/${page.replace(/^\/+/, '')}`)),
  ].map((page) => page.replace(/^\/+/, ''));
  const aliases = Object.entries(object(app['resolveAlias'])).flatMap(([from, to]) =>
    typeof to === 'string' ? [[from, to] as const] : [],
  );
  return {
    pages: [...new Set(first === undefined ? pages : [first, ...pages])],
    tabs: objects(tabBar['list']).flatMap((tab) => text(tab['pagePath'])?.replace(/^\/+/, '') ?? []),
    subPackages: packages.map((one) => ({ root: one.root, name: one.name, isIndependent: one.independent })),
    aliases: Object.fromEntries(aliases),
    hasOwnTabBar,
    usingComponents: {
      ...textsByName(app['usingComponents']),
      // No view names it: it is in every page of the tab bar.
      ...(hasOwnTabBar && { [TAB_BAR]: `/${TAB_BAR}/index` }),
    },
    networkTimeout: numbersByName(app['networkTimeout']),
    written: app,
  };
}

/**
 * Reads an object of a JSON file, with comments and final commas as the developer tools take them. A file that is not
 * there is empty.
 *
 * @throws AppProblem where it is no JSON.
 */
export function readJsonIn(folder: string, file: string): Json {
  const path = join(folder, file);
  if (!existsSync(path)) return {};
  const content = readAppText(path, file);
  const { value, errorAt } = parsed(content);
  // An empty file is what some editors leave of a page without settings.
  if (errorAt === undefined || content.trim() === '') return object(value);
  const before = content.slice(0, errorAt).split('\n');
  throw new AppProblem('bad-json', basename(file), 'this is no JSON from here on; mend it', {
    file,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  });
}

/** A value, or where it is no JSON: jsonc-parser calls itself for each bracket, and no app nests a thousand. */
function parsed(content: string): { readonly value: unknown; readonly errorAt: number | undefined } {
  const errors: ParseError[] = [];
  try {
    const value = parse(content, errors, { allowTrailingComma: true }) as unknown;
    return { value, errorAt: errors[0]?.offset };
  } catch {
    return { value: undefined, errorAt: 0 };
  }
}

/**
 * Reads a file of an app.
 *
 * @param named - What its author calls it.
 * @throws AppProblem where it cannot be read, or is written in UTF-16.
 */
export function readAppText(path: string, named: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new AppProblem('unreadable', named, `this cannot be read (${code})`, { file: named });
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new AppProblem('unreadable', named, 'this is UTF-16; save it as UTF-8', { file: named });
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** The entries of an object whose values are texts. */
export function textsByName(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function numbersByName(value: unknown): Readonly<Record<string, number>> {
  const isUsable = (entry: [string, unknown]): entry is [string, number] =>
    typeof entry[1] === 'number' && entry[1] > 0 && entry[1] < Infinity;
  return Object.fromEntries(Object.entries(object(value)).filter(isUsable));
}

const hasConfig = (folder: string) => existsSync(join(folder, 'project.config.json'));
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
