import { exactBytes } from './exact-bytes.js';
import { isObject, isRecord, kindOf } from './field-text.js';
import { isBytes } from './is-bytes.js';

/**
 * Data as it is now, nested objects and bytes too, for a call that is sent later, or again. What is made text by a method of
 * its own (but for a `Date`) is made text now; functions are as they were.
 *
 * @throws TypeError for what contains itself, of which no text can be made.
 */
export function copyOf<T>(value: T, within: readonly object[] = []): T {
  if (!isObject(value)) return value;
  if (within.includes(value)) throw new TypeError('it contains itself, and cannot be sent');
  if (isBytes(value)) return (value as ArrayBuffer).slice(0) as never;
  if (ArrayBuffer.isView(value)) return exactBytes(value) as never;
  const inside = [...within, value];
  if (Array.isArray(value)) return value.map((item: unknown) => copyOf(item, inside)) as T & object;
  const { toJSON } = value as { readonly toJSON?: unknown };
  // A date stays one: a query refuses it, a copy or not.
  if (typeof toJSON === 'function')
    return (kindOf(value) === 'Date' ? new Date(value as never) : toJSON.call(value, '')) as T;
  // A boxed text or number cannot change.
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) copy[key] = copyOf(copy[key], inside);
  return copy as T & object;
}
