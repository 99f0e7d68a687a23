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
  const content = canonical(data);
  const switches = canonical(platform);
  if (content === undefined || switches === undefined) return undefined;
  const { as, fatal, strictCharset, attemptMs, idleMs, maxWaitMs, background, interruptInBackground } = request;
  const free = idempotencyKey === undefined && charset === undefined ? '' : JSON.stringify([idempotencyKey, charset]);
  const rules = `${arrays} ${as} ${fatal} ${strictCharset} ${attemptMs} ${idleMs} ${maxWaitMs} ${background} ${interruptInBackground}`;
  return `${method} ${rules} ${free}\n${url}\n${header ? fields(header) : ''}\n${content}\n${switches}`;
}

/** Neither names nor values have line breaks: that has been looked at. */
function fields(header: NonNullable<HttpRequest['header']>): string {
  const names = Object.keys(header).map((name) => `${name.toLowerCase()}: ${header[name]}`);
  return names.sort().join('\n');
}

/** JSON with its names in order; `undefined` for what JSON would not tell apart, such as a date and its text. */
function canonical(value: unknown): string | undefined {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) {
    const isJson = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) || value === null;
    return isJson ? JSON.stringify(value) : undefined;
  }
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  let text = isList ? '[' : '{';
  for (const name of isList ? Object.keys(value) : Object.keys(value).sort()) {
    const part = canonical((value as Record<string, unknown>)[name]);
    if (part === undefined) return undefined;
    text += isList ? `${part},` : `${JSON.stringify(name)}:${part},`;
  }
  return text + (isList ? ']' : '}');
}
