import { isObject, kindOf } from './field-text.js';

/** What JSON writes as it is. All else becomes `{}`, or the numbers of its bytes as names, without a word. */
const WRITTEN = /^(Object|Module|Array|String|Number|Boolean)$/;

/**
 * Says what JSON would lose of some data, or could not write. A `Date` and whatever else has a `toJSON` of its own is
 * written by that; `undefined`, functions and `NaN` are what JSON makes of them everywhere.
 *
 * @returns Where it is and what, to be put behind a name: `.user.photo is a Uint8Array; …`.
 */
export function problemOfJson(value: unknown, within: readonly unknown[] = []): string | undefined {
  if (typeof value === 'bigint') return ' is a BigInt; write its toString()';
  if (!isObject(value) || typeof (value as { readonly toJSON?: unknown }).toJSON === 'function') return undefined;
  if (within.includes(value)) return ' contains itself, and cannot be sent';
  const kind = kindOf(value);
  if (!WRITTEN.test(kind)) {
    const instead = /Array|Buffer|View/.test(kind) ? 'Base64, or send the bytes alone' : 'a text, a list or an object';
    return ` is a ${kind}, which JSON loses; write ${instead}`;
  }
  const inside = [...within, value];
  for (const name of Object.keys(value)) {
    const problem = problemOfJson((value as Record<string, unknown>)[name], inside);
    if (problem !== undefined) return (Array.isArray(value) ? `[${name}]` : `.${name}`) + problem;
  }
  return undefined;
}
