import { parseDataPath, type DataKey } from './data-path.js';
import type { AnyFunction } from './realm.js';

/** What `Page`, `Component` or `Behavior` was given, with the behaviors joined in. */
export interface ComponentDefinition {
  /** The fields of `data`, not copied yet. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, PropertyDefinition>>;
  readonly methods: Readonly<Record<string, AnyFunction>>;
  /** What else a page or a component has of its own, such as `customOptions`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** In the order in which they are called: behaviors first. */
  readonly lifetimes: Readonly<Record<string, readonly AnyFunction[]>>;
  readonly pageLifetimes: Readonly<Record<string, readonly AnyFunction[]>>;
  readonly observers: readonly Observer[];
}

/** A property, and who is told when it changes. */
export interface PropertyDefinition {
  readonly initial: unknown;
  readonly observer: AnyFunction | string | undefined;
}

/** `'a.b, list[0]': function` */
export interface Observer {
  /** `undefined` is `**`: whatever changes. */
  readonly paths: readonly (readonly DataKey[])[];
  readonly watchesAll: boolean;
  readonly observe: AnyFunction;
}

type Written = Readonly<Record<string, unknown>>;

const LIFETIMES = ['created', 'attached', 'ready', 'moved', 'detached', 'error'];
const NOT_FIELDS = [
  'data properties methods behaviors lifetimes pageLifetimes observers relations externalClasses options definitionFilter export',
  ...LIFETIMES,
]
  .join(' ')
  .split(' ');
const INITIAL_OF: Readonly<Record<string, unknown>> = {
  String: '',
  Number: 0,
  Boolean: false,
  Array: [],
  Object: null,
};

/**
 * Joins what was written with its behaviors, as the platform does: the component wins over its behaviors, a later behavior
 * over an earlier one; lifetimes and observers are all called.
 *
 * @param kind - Of a page the functions on top are its methods; a component has them in `methods`.
 */
export function definitionOf(written: Written, kind: 'page' | 'component'): ComponentDefinition {
  filterDefinition(written);
  const chain = [...behaviorsOf(written), written];
  const data: Record<string, unknown> = {};
  const properties: Record<string, PropertyDefinition> = {};
  const methods: Record<string, AnyFunction> = {};
  const fields: Record<string, unknown> = {};
  const lifetimes: Record<string, AnyFunction[]> = {};
  const pageLifetimes: Record<string, AnyFunction[]> = {};
  const observers: Observer[] = [];

  for (const part of chain) {
    Object.assign(data, object(part['data']));
    for (const [name, given] of Object.entries(object(part['properties']))) properties[name] = propertyOf(given);
    Object.assign(methods, functionsIn(part['methods']));
    for (const [name, value] of Object.entries(part)) {
      if (NOT_FIELDS.includes(name)) continue;
      if (kind === 'page' && typeof value === 'function') methods[name] = value as AnyFunction;
      else fields[name] = value;
    }
    collect(lifetimes, { ...functionsIn(part, LIFETIMES), ...functionsIn(part['lifetimes']) });
    collect(pageLifetimes, functionsIn(part['pageLifetimes']));
    for (const [key, observe] of Object.entries(functionsIn(part['observers'])))
      observers.push(observerOf(key, observe));
  }
  return { data, properties, methods, fields, lifetimes, pageLifetimes, observers };
}

/** Behaviors of behaviors first, each once. */
function behaviorsOf(written: Written, seen = new Set<unknown>()): Written[] {
  const list = Array.isArray(written['behaviors']) ? (written['behaviors'] as unknown[]) : [];
  return list.flatMap((behavior) => {
    // `'wx://form-field'` is the platform's own, and about what is drawn.
    if (typeof behavior !== 'object' || behavior === null || seen.has(behavior)) return [];
    seen.add(behavior);
    return [...behaviorsOf(object(behavior), seen), object(behavior)];
  });
}

/** A behavior may change the definition that uses it, as computed properties do. */
function filterDefinition(written: Written): void {
  const list = Array.isArray(written['behaviors']) ? (written['behaviors'] as unknown[]) : [];
  for (const behavior of list) {
    const filter = object(behavior)['definitionFilter'];
    if (typeof filter === 'function') (filter as AnyFunction).call(undefined, written, []);
  }
}

function propertyOf(given: unknown): PropertyDefinition {
  const long = typeof given === 'object' && given !== null ? (given as Written) : { type: given };
  const type = long['type'];
  const initial = INITIAL_OF[typeof type === 'function' ? type.name : ''] ?? null;
  const observer = long['observer'] as AnyFunction | string | undefined;
  return { initial: 'value' in long ? long['value'] : initial, observer };
}

function observerOf(key: string, observe: AnyFunction): Observer {
  const names = key.split(',').map((name) => name.trim());
  const paths = names.filter((name) => name !== '**').map((name) => parseDataPath(name.replace(/\.\*\*$/, '')));
  return { paths, watchesAll: names.includes('**'), observe };
}

function collect(into: Record<string, AnyFunction[]>, functions: Readonly<Record<string, AnyFunction>>): void {
  for (const [name, one] of Object.entries(functions)) (into[name] ??= []).push(one);
}

function functionsIn(value: unknown, names?: readonly string[]): Record<string, AnyFunction> {
  const all = Object.entries(object(value)).filter(
    (entry): entry is [string, AnyFunction] => typeof entry[1] === 'function' && (!names || names.includes(entry[0])),
  );
  return Object.fromEntries(all);
}

const object = (value: unknown): Written => (typeof value === 'object' && value !== null ? (value as Written) : {});
