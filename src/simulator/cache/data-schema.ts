import type { DataRule, DataSchema } from '../apis/cache-manager-types.js';
import { isOptions } from '../option-values.js';

const TYPES = /^(?:string|number|boolean|null|object|any)(?:\[\])?$/;

/** What is wrong with it, if anything is: the rest of a sentence. */
export function schemaProblem(rules: unknown): string | undefined {
  if (!Array.isArray(rules)) return "dataSchema: expected a list such as [{ name: 'id', schema: { type: 'number' } }]";
  for (const rule of rules as unknown[]) {
    if (!isOptions(rule) || typeof rule['name'] !== 'string') return 'dataSchema: each needs a name';
    const schemas = [rule['schema']].flat();
    for (const schema of schemas) {
      if (!isOptions(schema) || !TYPES.test(String(schema['type'])))
        return `dataSchema: ${rule['name']}: expected a type of string, number, boolean, null, object, any, or [] behind it`;
      const problem = Array.isArray(schema['value']) ? schemaProblem(schema['value']) : undefined;
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

/** Whether all fields that are named are there, and are what they must be. */
export function dataMatches(rules: readonly DataRule[], data: unknown): boolean {
  const fields = isOptions(data) ? data : {};
  return rules.every(({ name, schema }) => [schema].flat().some((one) => matches(one, fields[name])));
}

/** What becomes part of the cache's id: the fields that are named, as they are. */
export function namedFields(rules: readonly DataRule[], data: unknown): string {
  const fields = isOptions(data) ? data : {};
  return JSON.stringify(rules.map(({ name }) => [name, fields[name]]));
}

function matches({ type, value: wanted }: DataSchema, value: unknown): boolean {
  if (type.endsWith('[]')) {
    const member = type.slice(0, -2);
    return Array.isArray(value) && value.every((one) => isOf(member, one));
  }
  if (!isOf(type, value)) return false;
  if (wanted === undefined) return true;
  if (typeof wanted === 'function') return wanted(value);
  if (Array.isArray(wanted)) return dataMatches(wanted, value);
  const text = String(value);
  return typeof wanted === 'string' ? text === wanted : matchesPattern(wanted, text);
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'any') return value !== undefined;
  if (type === 'null') return value === null;
  return type === 'object' ? isOptions(value) : typeof value === type;
}

/** Whether a pattern is found in it, from its start, whatever the pattern was used for before. */
export function matchesPattern(pattern: RegExp, text: string): boolean {
  // One with `g` goes on where it has stopped, and the examples of the documents have it.
  return text.search(pattern) >= 0;
}
