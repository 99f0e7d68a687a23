import type { SchedulerLike } from 'rxjs';
import type { ComponentDefinition, Observer } from './component-definition.js';
import { parseDataPath, putAt, valueAt, type Containers, type DataKey } from './data-path.js';
import type { AnyFunction, Realm } from './realm.js';

/** A page or a component that lives. */
export interface Instance {
  /** What the app calls `this`. */
  readonly self: object;
  readonly data: () => object;
  /** Calls a method, if there is one. What it throws is told. */
  readonly call: (name: string, ...args: unknown[]) => unknown;
  /** A handler as its author knows it: a method, or in uni-app one of the Vue component that stands behind it. */
  readonly handler: (name: string) => ((...args: unknown[]) => unknown) | undefined;
  readonly lifetime: (name: string, ...args: unknown[]) => void;
  readonly pageLifetime: (name: string, ...args: unknown[]) => void;
  /** Gives new values to properties, as the owner's view does. */
  readonly setProperties: (values: Readonly<Record<string, unknown>>) => void;
}

/** What an instance is made in. */
export interface InstanceStage {
  readonly realm: Realm;
  readonly scheduler: SchedulerLike;
  readonly containers: Containers;
}

/** What else `this` has, and who wants to know of changes. */
export interface InstanceOptions {
  readonly members: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly changed: () => void;
}

/** An observer that sets what it observes would never come to an end. */
const MAX_DEPTH = 32;

/** Makes an instance; no lifetime is called yet. */
export function createInstance(
  definition: ComponentDefinition,
  { realm, scheduler, containers }: InstanceStage,
  { members, properties, changed }: InstanceOptions,
): Instance {
  const { methods, observers } = definition;
  const host: Record<string, unknown> = { ...members };
  let depth = 0;

  const initial: Record<string, unknown> = { ...definition.data };
  for (const [name, { initial: value }] of Object.entries(definition.properties)) initial[name] = value;
  for (const [name, value] of Object.entries(properties)) if (name in definition.properties) initial[name] = value;
  host['data'] = realm.copyData(initial);
  const data = () => host['data'] as object;

  const put = (changes: readonly (readonly [readonly DataKey[], unknown])[]) => {
    if (depth >= MAX_DEPTH) return;
    depth++;
    try {
      const before = changes.map(([[name]]) => valueAt(data(), [name as DataKey]));
      for (const [keys, value] of changes) putAt(data(), keys, value, containers);
      for (const one of observers) {
        if (
          isConcerned(
            one,
            changes.map(([keys]) => keys),
          )
        )
          call(
            one.observe,
            one.paths.map((path) => valueAt(data(), path)),
          );
      }
      changes.forEach(([keys, value], index) => {
        const [name] = keys;
        const observer = definition.properties[String(name)]?.observer;
        const known = typeof observer === 'string' ? methods[observer] : observer;
        if (known && before[index] !== value) call(known, [valueAt(data(), [name as DataKey]), before[index], keys]);
      });
    } finally {
      depth--;
    }
    changed();
  };

  const call = (method: AnyFunction, args: readonly unknown[]) =>
    realm.guard(() => Reflect.apply(method, self, args.map(realm.toApp)));
  const all = (list: readonly AnyFunction[] | undefined, args: readonly unknown[]) => {
    for (const one of list ?? []) call(one, args);
  };

  host['setData'] = realm.raw((changes: unknown, then?: unknown) => {
    if (typeof changes !== 'object' || changes === null)
      throw new TypeError(
        `setData: expected an object of new values; got ${changes === null ? 'null' : typeof changes}`,
      );
    // A field cannot be set to undefined: the platform warns, and leaves it as it is.
    const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
    put(entries.map(([path, value]) => [parseDataPath(path), value] as const));
    if (typeof then === 'function') scheduler.schedule(() => void call(then as AnyFunction, []));
  });
  host['groupSetData'] = (act: AnyFunction) => void act();

  const self = realm.toApp(host) as Record<string, unknown>;
  Object.defineProperty(self, 'properties', { get: data, enumerable: true, configurable: true });
  for (const [name, value] of Object.entries({ ...definition.fields, ...methods })) {
    if (name in host && typeof value !== 'function') continue;
    Object.defineProperty(self, name, { value, writable: true, enumerable: true, configurable: true });
  }

  return {
    self,
    data,
    handler: (name) => {
      const owner = [self, self['$vm'] as Record<string, unknown> | undefined].find(
        (one) => typeof one?.[name] === 'function',
      );
      if (!owner) return undefined;
      const method = owner[name] as AnyFunction;
      return (...args) => realm.guard(() => Reflect.apply(method, owner, args.map(realm.toApp)));
    },
    call: (name, ...args) => {
      const method = self[name];
      return typeof method === 'function' ? call(method as AnyFunction, args) : undefined;
    },
    lifetime: (name, ...args) => all(definition.lifetimes[name], args),
    pageLifetime: (name, ...args) => all(definition.pageLifetimes[name], args),
    setProperties: (values) => {
      const news = Object.entries(values).filter(
        ([name, value]) => name in definition.properties && !isSame(valueAt(data(), [name]), value),
      );
      if (news.length > 0)
        put(news.map(([name, value]) => [[name], isOfView(value) ? realm.copyData(value) : value] as const));
    },
  };
}

/** Written in the view, or what a script of it gave: made anew at each look, though nothing has changed. */
function isOfView(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return [Array.prototype, Object.prototype].includes(Object.getPrototypeOf(value) as never);
}

function isSame(before: unknown, value: unknown): boolean {
  return before === value || (isOfView(value) && JSON.stringify(before) === JSON.stringify(value));
}

/** Whether a change is at, below or above a path that is observed. */
function isConcerned({ paths, watchesAll }: Observer, changed: readonly (readonly DataKey[])[]): boolean {
  return (
    watchesAll ||
    paths.some((path) =>
      changed.some((keys) => keys.every((key, at) => at >= path.length || String(path[at]) === String(key))),
    )
  );
}
