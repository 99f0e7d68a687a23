import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction, createContext, Script } from 'node:vm';
import type { AnyFunction } from './realm.js';

/** The functions that views call. */
export interface ViewScripts {
  /** The modules that a view names, by their names in it; what cannot be read is not among them. */
  readonly modulesOf: (view: string, wxml: string) => Readonly<Record<string, unknown>>;
}

// There `constructor` is a name; a script asks by it what a value is. The language's own is left, for lists are made by it.
const GLOBALS = `
Object.defineProperty(Object.prototype, 'constructorName', {
  get() { return Object.prototype.toString.call(this).slice(8, -1); },
});
globalThis.getDate = (...args) => new Date(...args);
globalThis.getRegExp = (pattern, flags) => new RegExp(pattern, flags);
globalThis.console = { log() {}, info() {}, warn() {}, error() {}, debug() {} };
({ object: () => ({}), array: () => [] })`;

const MAX_DEPTH = 16;

interface Made {
  readonly object: () => Record<string, unknown>;
  readonly array: () => unknown[];
}

const OUTSIDE: Made = { object: () => ({}), array: () => [] };

/**
 * Runs `.wxs`, in a scope of its own: as on a phone, only data comes in and goes out.
 *
 * @param root - Where `/` is.
 */
export function createViewScripts(root: string): ViewScripts {
  const scope = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const inside = new Script(GLOBALS, { filename: 'wxs' }).runInContext(scope) as Made;
  const modules = new Map<string, { exports: unknown }>();

  const run = (text: string, path: string): { exports: unknown } => {
    const module: { exports: unknown } = { exports: inside.object() };
    modules.set(path, module);
    const required = (name: string) => load(name.startsWith('/') ? join(root, name) : join(dirname(path), name));
    const code = text.replace(/\.constructor\b/g, '.constructorName');
    const factory = compileFunction(code, ['require', 'module', 'exports'], { filename: path, parsingContext: scope });
    (factory as AnyFunction).call(undefined, required, module, module.exports);
    return module;
  };
  const load = (path: string): unknown => (modules.get(path) ?? run(readFileSync(path, 'utf8'), path)).exports;

  /** What a view sees of an export: functions that take and give data. */
  const shown = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) =>
        copied(
          Reflect.apply(
            value as AnyFunction,
            undefined,
            args.map((one) => copied(one, inside)),
          ),
          OUTSIDE,
        );
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > MAX_DEPTH)
      return copied(value, OUTSIDE);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one, depth + 1)]));
  };

  return {
    modulesOf: (view, wxml) => {
      const found: Record<string, unknown> = {};
      for (const { module, src, text } of scriptsIn(wxml)) {
        try {
          const path = src.startsWith('/') ? join(root, src) : join(dirname(view), src);
          found[module] = shown(src === '' ? run(text, `${view}?${module}`).exports : load(path));
        } catch {
          // What calls it cannot be told, as before.
        }
      }
      return found;
    },
  };
}

/** Data, made anew on the other side. */
function copied(value: unknown, made: Made, depth = 0): unknown {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const list = made.array();
    for (const one of value) list.push(copied(one, made, depth + 1));
    return list;
  }
  const object = made.object();
  for (const [name, one] of Object.entries(value)) object[name] = copied(one, made, depth + 1);
  return object;
}

interface WrittenScript {
  readonly module: string;
  readonly src: string;
  readonly text: string;
}

/** By hand: a pattern would look for the end of each that is begun. */
function scriptsIn(wxml: string): WrittenScript[] {
  const scripts: WrittenScript[] = [];
  for (let at = wxml.indexOf('<wxs'); at !== -1; at = wxml.indexOf('<wxs', at)) {
    const end = wxml.indexOf('>', at);
    if (end === -1) break;
    const tag = wxml.slice(at, end);
    const isAlone = tag.endsWith('/');
    const close = isAlone ? end : wxml.indexOf('</wxs>', end);
    if (close === -1) break;
    const named = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';
    const module = named('module');
    if (module !== '') scripts.push({ module, src: named('src'), text: isAlone ? '' : wxml.slice(end + 1, close) });
    at = close;
  }
  return scripts;
}
