import { fieldText, type Refuse } from './field-text.js';
import { problemOfJson } from './json-problem.js';

/**
 * How a list goes into a query or a form:
 *
 * | style | `{ ids: [1, 2] }` |
 * | --- | --- |
 * | `'repeat'` | `ids=1&ids=2` |
 * | `'brackets'` | `ids[]=1&ids[]=2`, the brackets percent-encoded |
 * | `'comma'` | `ids=1,2` |
 * | `'json'` | `ids=[1,2]`, percent-encoded |
 */
export type ArrayStyle = 'repeat' | 'brackets' | 'comma' | 'json';

/** The styles of lists. */
export const ARRAY_STYLES: readonly ArrayStyle[] = ['repeat', 'brackets', 'comma', 'json'];

/**
 * Makes `name=value&…` of an object, as `encodeURIComponent` writes it, so that every phone sends the same: the platform
 * itself makes other texts of lists, objects and `undefined` on each (discoveries/request.md#the-javascript-layer). Fields that are `undefined` or
 * `null` are left out.
 *
 * @param arrays - How lists are written; without it they are refused.
 * @param refuse - Gets what cannot be written.
 * @param whose - The option that the fields are of, for a refusal.
 */
export function encodeQuery(data: object, arrays: ArrayStyle | undefined, refuse: Refuse, whose = 'data'): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    const where = `${whose}.${name}`;
    if (!Array.isArray(value)) {
      const text = fieldText(where, value, refuse);
      if (text !== undefined) pairs.push(`${encodedText(name)}=${encodedText(text)}`);
      continue;
    }
    if (arrays === undefined) {
      return refuse(`${where} is an array; say how it is written with arrays: one of ${ARRAY_STYLES.join(', ')}`);
    }
    const problem = arrays === 'json' && problemOfJson(value);
    if (problem) return refuse(where + problem);
    pairs.push(
      ...encodedList(name, value, arrays, (item, index) => {
        const place = `${where}[${index}]`;
        // In a list a gap would move what stands behind it.
        return fieldText(place, item, refuse) ?? refuse(`${place} is ${String(item)}; write a text, or leave it out`);
      }),
    );
  }
  return pairs.join('&');
}

function encodedList(
  name: string,
  list: readonly unknown[],
  arrays: ArrayStyle,
  textOf: (item: unknown, index: number) => string,
): readonly string[] {
  const key = encodedText(arrays === 'brackets' ? `${name}[]` : name);
  if (arrays === 'json') return [`${key}=${encodedText(JSON.stringify(list))}`];
  // By `from`, which does not pass over the gaps of a list.
  const items = Array.from(list, (item, index) => encodedText(textOf(item, index)));
  if (arrays === 'comma') return items.length === 0 ? [] : [`${key}=${items.join(',')}`];
  return items.map((item) => `${key}=${item}`);
}

/** As `encodeURIComponent`, which throws for half of a surrogate pair: that becomes U+FFFD, as in a browser. */
export function encodedText(text: string): string {
  // By the flag `u`, halves that stand together are one character, and none of these.
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** Of any text: what stands before a query, the query, and the fragment. */
const SHAPE = /^([^?#]*)(?:\?([^#]*))?([^]*)/;

/**
 * Puts a query into a URL, before its fragment. A name that both have is the new one's, as on the phone; all else in the
 * URL stays as it was written.
 */
export function withQuery(url: string, query: string): string {
  if (query === '') return url;
  const [, address = '', written = '', fragment = ''] = SHAPE.exec(url) as string[];
  const named = new Set(query.split('&').map(nameOf));
  const kept = written.split('&').filter((pair) => pair !== '' && !named.has(nameOf(pair)));
  return `${address}?${[...kept, query].join('&')}${fragment}`;
}

function nameOf(pair: string): string {
  const [name = ''] = pair.split('=', 1);
  try {
    return decodeURIComponent(name.replace(/\+/g, ' '));
  } catch {
    return name;
  }
}
