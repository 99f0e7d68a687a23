import type { Failure } from './failure.js';
import { typeName } from './parameters.js';

const MAX_REASON_BYTES = 123;

/** What HTTP allows in a list of tokens (RFC 9110, 5.6.2; RFC 6455, 4.1). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/**
 * Checks what `wx.connectSocket` was given.
 *
 * - Evidence: the wording for a missing or wrong-typed `url` (discoveries/failures.md#words)
 * - Not known: the words for the other parameters. Here in the same form
 */
export function socketParameterFailure(option: unknown): Failure | undefined {
  if (typeof option !== 'object' || option === null)
    return wrong(`parameter should be Object instead of ${typeName(option)};`);

  const { url, protocols } = option as { readonly url?: unknown; readonly protocols?: unknown };
  if (typeof url !== 'string') return wrong(`parameter.url should be String instead of ${typeName(url)};`);
  if (protocols === undefined) return undefined;
  if (!Array.isArray(protocols)) return wrong(`parameter.protocols should be Array instead of ${typeName(protocols)};`);
  const odd = protocols.find((protocol) => typeof protocol !== 'string' || !TOKEN.test(protocol)) as unknown;
  if (odd !== undefined)
    return wrong(`parameter.protocols should have tokens without spaces or commas instead of ${JSON.stringify(odd)};`);
  return new Set(protocols).size < protocols.length
    ? wrong('parameter.protocols should name each one once;')
    : undefined;
}

/** Checks what `send` was given: text or an ArrayBuffer; not a typed array (discoveries/sockets.md). */
export function dataProblem(data: unknown): string | undefined {
  return typeof data === 'string' || isArrayBuffer(data)
    ? undefined
    : `parameter error: parameter.data should be String, ArrayBuffer instead of ${typeName(data)};`;
}

/**
 * Checks what `close` was given: code 1000 or 3000–4999, reason of at most 123 bytes.
 *
 * - Evidence: the reason in the official typings, the codes in open-source re-implementations (discoveries/sockets.md)
 */
export function closeProblem(code: unknown, reason: unknown): string | undefined {
  if (code !== 1000 && !(Number.isInteger(code) && Number(code) >= 3000 && Number(code) <= 4999))
    return `parameter error: parameter.code should be 1000, or from 3000 to 4999, instead of ${String(code)};`;
  if (typeof reason !== 'string')
    return `parameter error: parameter.reason should be String instead of ${typeName(reason)};`;
  const bytes = Buffer.byteLength(reason);
  return bytes > MAX_REASON_BYTES
    ? `parameter error: parameter.reason should have at most ${MAX_REASON_BYTES} bytes in UTF-8 instead of ${bytes};`
    : undefined;
}

/** Whether it is an ArrayBuffer, of whichever realm. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function wrong(detail: string): Failure {
  return { kind: 'parameter', detail };
}
