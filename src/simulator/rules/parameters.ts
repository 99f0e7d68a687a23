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

/**
 * Checks what `wx.request` was given, as the platform does in JavaScript before any client is asked.
 *
 * - Evidence: the wording for a missing or wrong-typed `url` (platform-facts §1.2); no PATCH among the methods (§5.1)
 * - Not known: what a phone says to PATCH (§12). Refused here, in the same form
 */
export function parameterFailure(option: unknown): Failure | undefined {
  if (typeof option !== 'object' || option === null)
    return wrong(`parameter should be Object instead of ${typeName(option)};`);

  const { url, method } = option as { readonly url?: unknown; readonly method?: unknown };
  if (typeof url !== 'string') return wrong(`parameter.url should be String instead of ${typeName(url)};`);
  if (method !== undefined && typeof method !== 'string') {
    return wrong(`parameter.method should be String instead of ${typeName(method)};`);
  }
  if (method !== undefined && !METHODS.includes(method.toUpperCase())) {
    return wrong(`parameter.method should be one of ${METHODS.join(', ')} instead of ${method};`);
  }
  return undefined;
}

function wrong(detail: string): Failure {
  return { kind: 'parameter', detail };
}

/** `Undefined`, `Number`, `Array` …, as the platform names types. */
export function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
