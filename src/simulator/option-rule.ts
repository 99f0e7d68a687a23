import { isDelay } from '../platform/limits.js';

/** What an option may be, and what it is when it is left out. */
export interface OptionRule<Value> {
  readonly byDefault: Value;
  /** What to write: the end of a sentence that begins with "expected". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

type Word = string | number;

/** One of some words. The first is the default. */
export function oneOf<const Words extends readonly [Word, ...Word[]]>(...words: Words): OptionRule<Words[number]> {
  const quoted = words.map((word) => (typeof word === 'string' ? `'${word}'` : String(word)));
  return {
    byDefault: words[0],
    expected: `one of ${quoted.join(', ')}`,
    accepts: (value) => words.includes(value as Word),
  };
}

/** On or off. */
export function flag(byDefault: boolean): OptionRule<boolean> {
  return { byDefault, expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
}

/** A whole number in a range. */
export function wholeNumber(byDefault: number, least: number, most = Infinity): OptionRule<number> {
  return {
    byDefault,
    expected: `a whole number from ${least}${most === Infinity ? '' : ` to ${most}`}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

/** So many bytes. */
export function byteCount(byDefault: number): OptionRule<number> {
  return { ...wholeNumber(byDefault, 1), expected: 'a whole number of bytes, from 1' };
}

/** Milliseconds. */
export function duration(byDefault: number): OptionRule<number> {
  return {
    byDefault,
    expected: 'a positive number of milliseconds',
    accepts: (value) => isDuration(value) && isWait(value),
  };
}

/** Milliseconds, or for ever. */
export function durationOrNever(byDefault: number): OptionRule<number> {
  return {
    byDefault,
    expected: 'a positive number of milliseconds, or Infinity',
    accepts: (value) => value === Infinity || isDuration(value),
  };
}

/** Text of a shape. */
export function textLike(byDefault: string, shape: RegExp): OptionRule<string> {
  return {
    byDefault,
    expected: `a text such as '${byDefault}', in printable ASCII`,
    accepts: (value) => typeof value === 'string' && shape.test(value),
  };
}

/** Whatever a check of its own accepts. */
export function checked<Value>(
  byDefault: Value,
  expected: string,
  accepts: (value: unknown) => boolean,
): OptionRule<Value> {
  return { byDefault, expected, accepts };
}

/** As {@link checked}, where the simulator finds something else when it is left out. */
export function optional(expected: string, accepts: (value: unknown) => boolean): OptionRule<undefined> {
  return checked(undefined, expected, accepts);
}

/** A positive number that ends. */
export function isDuration(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

/** A time that a timer can wait, in milliseconds, or none: a longer one would be over at once. */
export function isWait(value: unknown): boolean {
  return value === 0 || isDelay(value as number);
}
