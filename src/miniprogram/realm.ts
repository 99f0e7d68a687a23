import { compileFunction, createContext, Script } from 'node:vm';
import type { AppThrew } from './app-error.js';
import { LIMITED_FUNCTION } from './limited-function.js';

/** A global scope of its own, with nothing in it but the language: where an app runs. */
export interface Realm {
  /** Puts names into the scope. */
  readonly define: (names: Readonly<Record<string, unknown>>) => void;
  /** Makes a function of a script's text, whose parameters are these. */
  readonly compile: (code: string, file: string, parameters: readonly string[]) => AnyFunction;
  /** Runs a text in the scope. */
  readonly evaluate: (code: string, file: string) => unknown;
  /**
   * What the app gets to see of a value of ours: its own sort of objects, arrays, buffers, promises, errors and
   * functions, so that `instanceof` holds. What came from the app is given back as it was.
   */
  readonly toApp: (value: unknown) => unknown;
  /** A function for the app that gets what the app hands over as it is: for what the app defines. */
  readonly raw: (take: (...args: never[]) => unknown) => unknown;
  /** What we get of a value of the app: functions that can be called from outside, whatever they throw. */
  readonly toHost: (value: unknown) => unknown;
  /** A copy made of the app's own objects, as deep as data goes. */
  readonly copyData: (value: unknown) => unknown;
  /** Calls something of the app. What it throws is told, and `undefined` is the result. */
  readonly guard: <T>(act: () => T) => T | undefined;
}

/** Any function. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

interface Made {
  readonly object: () => Record<PropertyKey, unknown>;
  readonly array: () => unknown[];
  readonly func: (call: (self: unknown, args: readonly unknown[]) => unknown, name: string) => AnyFunction;
  readonly promise: (start: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void) => unknown;
  readonly error: (kind: string, message: string) => Error;
  readonly bytes: (kind: string, size: number) => ArrayBuffer | ArrayBufferView;
  readonly date: (ms: number) => Date;
  readonly prototype: object;
  readonly isOwn: (value: unknown) => boolean;
}

// Runs inside: whatever is made here is of the app's own kind.
const MAKE = `({
  object: () => ({}),
  array: () => [],
  func: (call, name) => Object.defineProperty(function (...args) { return call(this, args); }, 'name', { value: name }),
  promise: (start) => new Promise(start),
  error: (kind, message) => new (typeof globalThis[kind] === 'function' ? globalThis[kind] : Error)(message),
  bytes: (kind, size) => new globalThis[kind](size),
  date: (ms) => new Date(ms),
  prototype: Object.prototype,
  isOwn: (value) => value instanceof Object,
})`;

// A phone has them not, or not for an app.
const NOT_ON_A_PHONE = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console'];

/**
 * Makes an empty realm in which no text becomes code: `eval` and `new Function` throw, as they do on a phone.
 *
 * @param threw - Is told of what the app throws where nobody of its own catches it.
 */
export function createRealm(threw: AppThrew): Realm {
  const scope = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const evaluate = (code: string, file: string) => new Script(code, { filename: file }).runInContext(scope) as unknown;
  const global = evaluate('globalThis', 'realm') as Record<string, unknown>;
  evaluate(LIMITED_FUNCTION, 'realm');
  for (const name of NOT_ON_A_PHONE) Reflect.deleteProperty(global, name);
  const make = evaluate(MAKE, 'realm') as Made;

  /** What stands for what, in both directions. */
  const appOf = new WeakMap<object, unknown>();
  const hostOf = new WeakMap<object, unknown>();
  const pair = (host: object, app: object) => {
    appOf.set(host, app);
    hostOf.set(app, host);
  };
  const isOwn = (value: object) => make.isOwn(value) || Object.getPrototypeOf(value) === null;

  const guard = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      threw(error);
      return undefined;
    }
  };

  const functionToApp = (host: AnyFunction): unknown => {
    const app = make.func((self, args) => {
      try {
        return toApp(Reflect.apply(host, hostOf.get(self as object) ?? self, args.map(toHost)));
      } catch (error) {
        throw toApp(error);
      }
    }, host.name);
    pair(host, app);
    return app;
  };

  const raw = (take: (...args: never[]) => unknown): unknown =>
    make.func((_self, args) => {
      try {
        return toApp(take(...(args as never[])));
      } catch (error) {
        throw toApp(error);
      }
    }, take.name);

  const toApp = (value: unknown): unknown => {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return value;
    const known = appOf.get(value);
    if (known !== undefined) return known;
    if (isOwn(value)) return value;
    if (typeof value === 'function') return functionToApp(value as AnyFunction);
    const bytes = bytesOf(value);
    if (bytes) return copiedBytes(bytes);
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (kind === 'Date') return make.date(Number(value));
    if (kind === 'Error') return errorToApp(value as Error);
    if (kind === 'Promise') return promiseToApp(value as Promise<unknown>);
    if (Array.isArray(value)) return Object.assign(make.array(), value.map(toApp));
    return objectToApp(value);
  };

  const objectToApp = (host: object): unknown => {
    const app = make.object();
    const names = namesOf(host);
    const isAlive = names.some((name) => typeof (host as Record<string, unknown>)[name] === 'function');
    if (isAlive) pair(host, app);
    for (const name of names) {
      const value = (host as Record<string, unknown>)[name];
      // A task's state changes, and the app wants to know.
      if (isAlive && typeof value !== 'function')
        Object.defineProperty(app, name, {
          get: () => toApp((host as Record<string, unknown>)[name]),
          set: (next: unknown) => void ((host as Record<string, unknown>)[name] = toHost(next)),
          enumerable: true,
          configurable: true,
        });
      else app[name] = toApp(value);
    }
    return app;
  };

  const errorToApp = (host: Error) => {
    const app = make.error(host.name, host.message);
    for (const [name, value] of Object.entries(host)) Object.assign(app, { [name]: toApp(value) });
    return app;
  };

  const promiseToApp = (host: Promise<unknown>) => {
    const app = make.promise((resolve, reject) => {
      host.then(
        (value) => resolve(toApp(value)),
        (error: unknown) => reject(toApp(error)),
      );
    });
    // Existing code does not wait for it, and a phone goes on all the same.
    (app as Promise<unknown>).then(undefined, () => {});
    pair(host, app as object);
    return app;
  };

  const copiedBytes = ({ kind, view }: NonNullable<ReturnType<typeof bytesOf>>) => {
    const copy = make.bytes(kind, kind === 'ArrayBuffer' || kind === 'DataView' ? view.byteLength : view.length);
    const target = 'buffer' in copy ? copy.buffer : copy;
    new Uint8Array(target as ArrayBuffer).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    return copy;
  };

  const toHost = (value: unknown): unknown => {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return value;
    const known = hostOf.get(value);
    if (known !== undefined) return known;
    if (typeof value === 'function') {
      const app = value as AnyFunction;
      const host: AnyFunction = (...args) => guard(() => Reflect.apply(app, undefined, args.map(toApp)));
      pair(host, app);
      return host;
    }
    // The options of a call: its callbacks must be ours, and the rest is read as it is.
    const names = namesOf(value);
    const options = value as Readonly<Record<string, unknown>>;
    if (Array.isArray(value) || !names.some((name) => hasFunctions(options[name]))) return value;
    return Object.fromEntries(
      names.map((name) => [name, hasFunctions(options[name]) ? toHost(options[name]) : options[name]]),
    );
  };

  const copyData = (value: unknown, seen = new Map<unknown, unknown>()): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const isPlain = [make.prototype, Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
    if (!Array.isArray(value) && !isPlain) return value;
    const copy: Record<PropertyKey, unknown> = Array.isArray(value) ? (make.array() as never) : make.object();
    seen.set(value, copy);
    for (const name of Object.keys(value)) copy[name] = copyData((value as Record<string, unknown>)[name], seen);
    return copy;
  };

  return {
    define: (names) => {
      for (const [name, value] of Object.entries(names)) global[name] = toApp(value);
    },
    compile: (code, file, parameters) =>
      compileFunction(code, parameters, { filename: file, parsingContext: scope }) as AnyFunction,
    evaluate,
    raw,
    toApp,
    toHost,
    copyData: (value) => copyData(value),
    guard,
  };
}

function hasFunctions(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).some((one) => typeof one === 'function');
}

/** Of an object and, where it is one of a class, of the class. */
function namesOf(value: object): string[] {
  const names = new Set<string>();
  for (let here: object | null = value; here; here = Object.getPrototypeOf(here) as object | null) {
    if (Object.hasOwn(here, 'hasOwnProperty')) break;
    for (const name of Object.getOwnPropertyNames(here)) if (name !== 'constructor') names.add(name);
  }
  return [...names];
}

function bytesOf(value: object) {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === 'ArrayBuffer') return { kind, view: new Uint8Array(value as ArrayBuffer) };
  if (!ArrayBuffer.isView(value)) return undefined;
  const view = value as Uint8Array;
  // Node's Buffer is one of its own kind; a phone has only the standard ones.
  return { kind: kind === 'Buffer' ? 'Uint8Array' : kind, view };
}
