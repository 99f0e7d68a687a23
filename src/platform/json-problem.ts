import { isObject, kindOf } from './field-text.js';

/** What JSON writes as it is. All else becomes `{}`, or the numbers of its bytes as names, without a word. */
const WRITTEN = /^(Obj|Mod|Str|Num|Bool)/;

/**
 * Says what JSON would lose of some data, or could not write. A `Date` and whatever else has a `toJSON` of its own is
 * written by that; `undefined`, functions and `NaN` are what JSON makes of them everywhere.
 *
 * @returns Where it is and what, to be put behind a name: `.user.photo is a Uint8Array; …`.
 */
export function problemOfJson(value: unknown, within: object[] = []): string | undefined {
  if (typeof value === 'bigint') return ' is a BigInt; write its toString()';
  if (!isObject(value) || typeof (value as { readonly toJSON?: unknown }).toJSON === 'function') return undefined;
  if (within.includes(value)) return ' contains itself, and cannot be sent';
  const isList = Array.isArray(value);
  // Nearly all are of these two, whose kind need not be asked for.
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) {
    const kind = kindOf(value);
    if (!WRITTEN.test(kind))
      return ` is a ${kind}, which JSON loses; write bytes as Base64, else a text, a list or an object`;
  }
  within.push(value);
  for (const name of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[name];
    if (typeof item !== 'object' && typeof item !== 'bigint') continue;
    const problem = problemOfJson(item, within);
    if (problem !== undefined) return (isList ? `[${name}]` : `.${name}`) + problem;
  }
  within.pop();
  return undefined;
}
