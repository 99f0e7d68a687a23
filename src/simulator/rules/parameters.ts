import type { HttpMethod } from '../../platform/wx.js';
import type { Failure } from './failure.js';

const METHODS: readonly string[] = [
  'OPTIONS',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'TRACE',
  'CONNECT',
] satisfies HttpMethod[];

/** The types of an API's parameters, as the platform names them; `?` for one that may be left out. */
export type ParameterTypes = Readonly<Record<string, ParameterType>>;

type ParameterType = 'String' | 'String?' | 'Object?';

/** What `wx.request` takes; all else is converted or ignored. */
export const REQUEST_PARAMETERS: ParameterTypes = { url: 'String', method: 'String?' };

/**
 * Checks what an API was given, as the platform does in JavaScript before any client is asked.
 *
 * - Evidence: the wording for a missing or wrong-typed parameter (discoveries/failures.md#words); no PATCH among the methods of
 *   `wx.request` (discoveries/request.md), though `CacheManager.addRule` lists it
 * - Not known: what a phone says to PATCH. Refused here, in the same form
 */
export function parameterFailure(option: unknown, types: ParameterTypes): Failure | undefined {
  if (typeof option !== 'object' || option === null)
    return wrong(`parameter should be Object instead of ${typeName(option)};`);

  const given = option as Readonly<Record<string, unknown>>;
  for (const name in types) {
    const type = types[name] as ParameterType;
    const value = given[name];
    if (!isOf(type, value))
      return wrong(`parameter.${name} should be ${type.replace('?', '')} instead of ${typeName(value)};`);
  }

  const { method } = given;
  if ('method' in types && typeof method === 'string' && !METHODS.includes(method.toUpperCase())) {
    return wrong(`parameter.method should be one of ${METHODS.join(', ')} instead of ${method};`);
  }
  return undefined;
}

function isOf(type: ParameterType, value: unknown): boolean {
  switch (type) {
    case 'String':
      return typeof value === 'string';
    case 'String?':
      return typeof value === 'string' || value === undefined;
    case 'Object?':
      return value === undefined || (typeof value === 'object' && typeName(value) === 'Object');
  }
}

function wrong(detail: string): Failure {
  return { kind: 'parameter', detail };
}

/** `Undefined`, `Number`, `Array` …, as the platform names types. */
export function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** For the events: what is no text may not even have a `toString`. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : Object.prototype.toString.call(value);
}
