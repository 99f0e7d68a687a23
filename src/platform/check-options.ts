import { isDelay } from './limits.js';

/** What an option may be: of a type, a delay in milliseconds, one of some words, or anything. */
export type OptionKind =
  'string' | 'number' | 'boolean' | 'function' | 'object' | 'array' | 'delay' | 'anything' | readonly string[];

const A_DELAY = 'a positive number of milliseconds below 2^31';

/** The options that there are, and what each may be. */
export type OptionKinds = { readonly [name: string]: OptionKind };

/**
 * Says what is wrong with options as they came, from JavaScript perhaps: a name that there is not, or a value that is not
 * what was expected. A misspelt option would be a rule that is silently off.
 *
 * @param hints - What to say of names that people bring along from somewhere else.
 */
export function problemOfOptions(
  options: object,
  kinds: OptionKinds,
  hints: { readonly [name: string]: string } = {},
): string | undefined {
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (!has(kinds, name)) {
      return `there is no option '${name}'; ${has(hints, name) ? hints[name] : `there are ${Object.keys(kinds).join(', ')}`}`;
    }
    const kind = kinds[name] as OptionKind;
    if (value !== undefined && !fits(value, kind)) return `${name} must be ${named(kind)}; got ${shown(value)}`;
  }
  return undefined;
}

/** @throws RangeError when what `who` names is neither left out nor a delay. */
export function checkDelay(who: string, ms: number | undefined): void {
  if (ms !== undefined && !isDelay(ms)) throw new RangeError(`${who} must be ${A_DELAY}; got ${ms}`);
}

/** @throws RangeError when what `who` names is none of the words. */
export function checkWord(who: string, word: string, words: readonly string[]): void {
  if (!words.includes(word)) throw new RangeError(`${who} must be ${oneOf(words)}; got ${word}`);
}

function fits(value: unknown, kind: OptionKind): boolean {
  switch (kind) {
    case 'anything':
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null;
    case 'delay':
      return isDelay(value as number);
    default:
      return typeof kind === 'string' ? typeof value === kind : kind.includes(value as string);
  }
}

function named(kind: OptionKind): string {
  if (typeof kind !== 'string') return oneOf(kind);
  if (kind === 'delay') return A_DELAY;
  return kind === 'array' || kind === 'object' ? `an ${kind}` : `a ${kind}`;
}

function oneOf(words: readonly string[]): string {
  return `one of ${words.join(', ')}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function has(object: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, name);
}
