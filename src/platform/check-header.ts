import { has } from './check-options.js';
import { isRecord, kindOf, type Refuse } from './field-text.js';
import type { Header } from './wx.js';

/** What HTTP allows (RFC 9110, 5.1 and 5.5). */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const NOT_IN_A_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Makes a header of texts: fields that are `undefined` are left out, numbers become text. Anything else the platform would
 * write as `[object Boolean]`, lose, or refuse without a word on which field it was.
 *
 * @param refuse - Gets what cannot be sent; the field is named.
 * @returns The same object, where nothing about it had to change.
 */
export function checkedHeader(header: Header | undefined, refuse: Refuse): Header | undefined {
  if (header === undefined) return undefined;
  const problem = problemOfHeader(header);
  if (problem !== undefined) return refuse(problem);
  let changed: Record<string, string> | undefined;
  for (const [name, value] of Object.entries(header) as [string, unknown][]) {
    if (!NAME.test(name)) return refuse(notAName(name));
    const text = Number.isFinite(value) ? String(value) : value;
    if (text !== undefined && typeof text !== 'string') {
      return refuse(`the header field '${name}' must be a text; got ${kindOf(value)}; write a text, or leave it out`);
    }
    if (text !== undefined && NOT_IN_A_VALUE.test(text)) {
      return refuse(`the header field '${name}' has a character that HTTP cannot carry; write encodeURIComponent(…)`);
    }
    if (text === value && value !== undefined) continue;
    changed ??= { ...header };
    if (text === undefined) delete changed[name];
    else changed[name] = text;
  }
  return changed ?? header;
}

/** Says what is wrong with a header as a whole: pairs, a `Map`, a `Headers` would be lost, and so would a field `__proto__`. */
export function problemOfHeader(header: unknown): string | undefined {
  if (header === undefined) return undefined;
  if (!isRecord(header))
    return `header must be an object of names and values; got ${kindOf(header)}; of pairs or a Map, write Object.fromEntries(…)`;
  // It would be lost where headers are joined: to set it sets no field.
  return has(header, '__proto__') ? notAName('__proto__') : undefined;
}

function notAName(name: string): string {
  return `'${name}' is not a name of a header field`;
}
