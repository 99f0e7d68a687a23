import type { HttpRequest } from '../network/calls/http-request.js';
import { SAFE_METHODS } from '../network/calls/prepare.js';

/**
 * What two requests have in common that may be one call: all that goes out, and all that is made of what comes. `undefined` for
 * what is not to be shared: a method that does something, without a key, and data that is no JSON.
 *
 * Written piece by piece, as this is most of what a joined call costs.
 */
export function requestKey(request: HttpRequest): string | undefined {
  const { method = 'GET', url, data, arrays, header, idempotencyKey, platform, charset } = request;
  // What is decoded by a function of the caller's is the caller's.
  if (request.readDeclaration || request.parseJson) return undefined;
  if (!SAFE_METHODS.includes(method) && idempotencyKey === undefined) return undefined;
  const { as, fatal, strictCharset, attemptMs, idleMs, maxWaitMs, background, interruptInBackground } = request;
  const free = idempotencyKey === undefined && charset === undefined ? '' : JSON.stringify([idempotencyKey, charset]);
  const rules = `${arrays} ${as} ${fatal} ${strictCharset} ${attemptMs} ${idleMs} ${maxWaitMs} ${background} ${interruptInBackground}`;
  try {
    return `${method} ${rules} ${free}\n${url}\n${header ? fields(header) : ''}\n${canonical(data)}\n${canonical(platform)}`;
  } catch {
    return undefined;
  }
}

/** Neither names nor values have line breaks: that has been looked at. */
function fields(header: NonNullable<HttpRequest['header']>): string {
  const names = Object.keys(header).map((name) => `${name.toLowerCase()}: ${header[name]}`);
  return names.sort().join('\n');
}

/** JSON with its names in order. @throws for what JSON would not tell apart, such as `NaN` and `null` */
function canonical(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, inOrder);
}

/** Asked by `JSON.stringify` for each part: of what a `toJSON` has made only where it is a text, as of a date. */
function inOrder(this: Readonly<Record<string, unknown>>, name: string, made: unknown): unknown {
  const value = typeof made === 'string' ? made : this[name];
  const isText = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value ?? 0);
  if (isText || Array.isArray(value)) return value;
  if (Object.prototype !== Object.getPrototypeOf(value)) throw new TypeError();
  // Without a prototype: `__proto__` is a name as any.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value as object).sort()) copy[key] = (value as typeof copy)[key];
  return copy;
}
