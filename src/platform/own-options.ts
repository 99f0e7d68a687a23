import { isObject } from './field-text.js';
import type { OptionKinds } from './check-options.js';
import { isPromise } from './is-promise.js';

/**
 * A copy of options, or the very ones, where a spread sees all of them: instances of a class keep theirs where it does not look.
 * What is no object, and a promise, is left as it is, for the check to tell.
 */
export function ownOptions<Options extends object>(options: Options, kinds: OptionKinds): Options {
  if (!isObject(options) || isPromise(options)) return options;
  const prototype: unknown = Object.getPrototypeOf(options);
  if (prototype === Object.prototype || prototype === null) return options;
  return { ...options, ...picked(options, Object.keys(kinds) as (keyof Options & string)[]) };
}

/** Of an object those of some names that are given. */
export function picked<Options extends object>(
  options: Options,
  names: readonly (keyof Options & string)[],
): Partial<Options> {
  const own: Partial<Options> = {};
  for (const name of names) if (options[name] !== undefined) own[name] = options[name];
  return own;
}
