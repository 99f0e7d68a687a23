import { attributeValue, UNKNOWN } from './view-expression.js';
import type { ViewTag } from './view-tags.js';

/** A list is not made longer than this: no view is drawn, and the app's own calls are what is looked for. */
const MAX_ITEMS = 20;

/**
 * What a tag can read, once for each time that it is there: the data, with the item and the index of the loops around
 * it. None where a `wx:if` leaves it out; a condition that cannot be told lets it be.
 */
export function scopesOf(tag: ViewTag, data: object): object[] {
  const path: ViewTag[] = [];
  for (let one: ViewTag | undefined = tag; one; one = one.within) path.unshift(one);
  let scopes = [data];
  for (const one of path) {
    scopes = scopes
      .flatMap((scope) => looped(one, scope))
      .filter((scope) => isShown(one, scope))
      .slice(0, MAX_ITEMS);
  }
  return scopes;
}

function looped({ attributes }: ViewTag, scope: object): object[] {
  const written = attributes['wx:for'] ?? attributes['wx:for-items'];
  if (written === undefined) return [scope];
  const list = attributeValue(written, scope);
  if (list === UNKNOWN) return [scope];
  const item = attributes['wx:for-item'] ?? 'item';
  const index = attributes['wx:for-index'] ?? 'index';
  return entriesOf(list).map(([key, value]) => ({ ...scope, [item]: value, [index]: key }));
}

function entriesOf(list: unknown): (readonly [number | string, unknown])[] {
  if (typeof list === 'number') return Array.from({ length: Math.min(list, MAX_ITEMS) || 0 }, (_, at) => [at, at]);
  if (typeof list === 'string' || Array.isArray(list))
    return Array.from(list.slice(0, MAX_ITEMS) as ArrayLike<unknown>, (value, at) => [at, value]);
  return typeof list === 'object' && list !== null ? Object.entries(list).slice(0, MAX_ITEMS) : [];
}

function isShown({ attributes, unless = [] }: ViewTag, scope: object): boolean {
  const told = (written: string) => attributeValue(written, scope);
  if (unless.some((one) => told(one) !== UNKNOWN && Boolean(told(one)))) return false;
  const condition = attributes['wx:if'] ?? attributes['wx:elif'];
  return condition === undefined || told(condition) === UNKNOWN || Boolean(told(condition));
}
