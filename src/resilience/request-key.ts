import type { HttpRequest } from '../network/calls/http-request.js';
import { SAFE_METHODS } from '../network/calls/prepare.js';

/**
 * What two requests have in common that may be one call: all that goes out, and all that is made of what comes. `undefined` for
 * what is not to be shared: a method that does something, without a key, and data that is no JSON.
 */
export function requestKey(request: HttpRequest): string | undefined {
  const { method = 'GET', url, data, header, idempotencyKey, platform } = request;
  // What is decoded by a function of the caller's is the caller's.
  if (request.readDeclaration || !(SAFE_METHODS.includes(method) || idempotencyKey !== undefined)) return undefined;
  const { as, charset, fatal, strictCharset, parseJson, attemptMs, idleMs, maxWaitMs, background } = request;
  if (parseJson) return undefined;
  const known = [method, url, idempotencyKey, as, charset, fatal, strictCharset, attemptMs, idleMs, maxWaitMs];
  known.push(background, request.interruptInBackground);
  const parts = [canonical(data), canonical(lowerCased(header)), canonical(platform)];
  return parts.includes(undefined) ? undefined : JSON.stringify([known, parts]);
}

function lowerCased(header: HttpRequest['header'] = {}): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of Object.keys(header)) fields[name.toLowerCase()] = header[name] as string;
  return fields;
}

/** JSON with its names in order; `undefined` for what JSON would not tell apart, such as a date and its text. */
function canonical(value: unknown): string | undefined {
  if (value === undefined) return '';
  if (Array.isArray(value)) return joined(value.map(canonical));
  if (typeof value === 'object' && value !== null) {
    if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
    const names = Object.keys(value).sort();
    return joined(
      names,
      names.map((name) => canonical((value as Record<string, unknown>)[name])),
    );
  }
  const isJson = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) || value === null;
  return isJson ? JSON.stringify(value) : undefined;
}

function joined(...parts: (readonly (string | undefined)[])[]): string | undefined {
  return parts.some((part) => part.includes(undefined)) ? undefined : JSON.stringify(parts);
}
