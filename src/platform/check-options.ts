import { isObject, isRecord } from './field-text.js';
import { isDelay } from './limits.js';

/**
 * What an option may be: of a type, a delay in milliseconds, a whole number from 1, the same or `Infinity`, one of some words, or
 * anything; `unread`, where to look at its members would do something, as with the `wx` of some phones.
 */
export type OptionKind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'function'
  | 'object'
  | 'array'
  | 'delay'
  | 'count'
  | 'count or Infinity'
  | 'anything'
  | 'unread'
  | readonly string[];

/** What a message calls them, where it is not `a` and the kind. */
const NAMES: { readonly [kind: string]: string } = {
  object: 'an object',
  array: 'an array',
  delay: 'a positive number of milliseconds below 2^31',
  count: 'a whole number from 1',
  'count or Infinity': 'a whole number from 1, or Infinity',
};

/** The options that there are, and what each may be. */
export type OptionKinds = { readonly [name: string]: OptionKind };

/** The same, of known options: all of them, and each of a kind that its type allows. */
export type KindsOf<Options> = {
  readonly [Name in keyof Required<Options>]: KindOf<Exclude<Options[Name], undefined>> | 'anything';
};

type KindOf<Value> = [Value] extends [boolean]
  ? 'boolean'
  : [Value] extends [string]
    ? 'string' | readonly Value[]
    : [Value] extends [number]
      ? 'number' | 'delay' | 'count' | 'count or Infinity'
      : [Value] extends [(...args: never[]) => unknown]
        ? 'function'
        : [Value] extends [readonly unknown[]]
          ? 'array'
          : 'object';

/** What to say of names that people bring along from somewhere else, and beside what an option must be. */
export type OptionHints = { readonly [name: string]: string };

// What the platform's own functions take, by any name that they may yet have.
const FOR_PLATFORM = /^(enable[A-Z]|httpDNS|useHigh|forceCellular|redirect$)/;

/**
 * Says what is wrong with options as they came, from JavaScript perhaps: an unknown name, or a value that is not
 * what was expected. A misspelt option would silently switch a rule off.
 */
export function problemOfOptions(options: object, kinds: OptionKinds, hints: OptionHints = {}): string | undefined {
  const given = options as Readonly<Record<string, unknown>>;
  let place = 'options';
  try {
    const names = isObject(given) ? Object.keys(given) : [];
    // A `Map`, a date, a promise has none: it would pass for no options at all.
    if (names.length === 0 && !isRecord(given)) return `expected an object with options; got ${shown(options)}`;
    for (const name of names) {
      place = name;
      const value = given[name];
      if (!has(kinds, name)) return `Unknown option '${name}'; ${adviceOn(name, value, kinds, hints)}`;
      const kind = kinds[name] as OptionKind;
      if (value !== undefined && !fits(value, kind)) {
        const hint = hints[name] === undefined ? '' : `; ${hints[name]}`;
        return `${name} must be ${named(kind)}; got ${shown(value)}${hint}`;
      }
    }
  } catch (cause) {
    return unreadable(place, cause);
  }
  return undefined;
}

/** What to say of what throws as it is looked at: a getter of the caller's, a proxy that has been revoked. */
export function unreadable(place: string, cause: unknown): string {
  return `${place} cannot be read: ${String(cause)}`;
}

/**
 * The same check where something is made.
 *
 * @param who - What is made, such as `splitLines`.
 * @throws TypeError for an unknown name, and for a value that cannot be: whatever is wrong with it.
 */
export function checkOptions<Options extends object>(
  who: string,
  options: Options,
  kinds: KindsOf<Options>,
  hints?: OptionHints,
): void {
  const problem = problemOfOptions(options, kinds, hints);
  if (problem !== undefined) throw new TypeError(`${who}: ${problem}`);
}

function adviceOn(name: string, value: unknown, kinds: OptionKinds, hints: OptionHints): string | undefined {
  if (has(hints, name)) return hints[name];
  if (has(kinds, 'platform') && FOR_PLATFORM.test(name)) return `write platform: { ${name}: ${shown(value)} }`;
  return `known: ${Object.keys(kinds).join(', ')}`;
}

function fits(value: unknown, kind: OptionKind): boolean {
  if (typeof kind !== 'string') return kind.includes(value as string);
  switch (kind) {
    case 'array':
      return Array.isArray(value);
    // The values in it are read here, where they have a name, should one throw.
    case 'object':
      return isObject(value) && fits(value, 'anything');
    case 'unread':
      return true;
    case 'anything':
      return !isObject(value) || Object.getPrototypeOf(value) !== Object.prototype || !!Object.values(value);
    case 'delay':
      return isDelay(value as number);
    case 'count':
      return Number.isInteger(value) && (value as number) >= 1;
    case 'count or Infinity':
      return value === Infinity || fits(value, 'count');
    default:
      return typeof value === kind;
  }
}

function named(kind: OptionKind): string {
  return typeof kind === 'string' ? (NAMES[kind] ?? `a ${kind}`) : `one of ${kind.join(', ')}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  return isObject(value) ? 'an object' : String(value);
}

/** Whether it is a name of the object's own: `toString` is none. */
export function has(object: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, name);
}
