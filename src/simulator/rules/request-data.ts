import { CallFailure } from './failure.js';

/** What goes out: the URL, with a query where the data went there, and the body, if there is one. */
export interface SerializedData {
  readonly url: string;
  readonly body: Uint8Array | undefined;
}

/**
 * Serialises `data`, or tells why it cannot be: whatever goes wrong in it, a getter of the app's too, is bad data.
 *
 * @throws CallFailure, errno 600010, for what cannot be serialised; nothing else.
 */
export function serializeData(method: string, url: string, contentType: string, data: unknown): SerializedData {
  try {
    return serialized(method, url, contentType, data);
  } catch (error) {
    throw error instanceof CallFailure ? error : new CallFailure({ kind: 'data', detail: 'invalid request data' });
  }
}

/**
 * Serialises `data` by method and content type:
 *
 * | data | GET, HEAD | `application/x-www-form-urlencoded` | else |
 * | --- | --- | --- | --- |
 * | string | appended to the query | as it is | as it is |
 * | ArrayBuffer | dropped | as it is | as it is |
 * | object | `k=v&…`, encoded | `k=v&…`, encoded | JSON |
 *
 * - Evidence: documented for objects with GET and POST; the same by content type for other methods (platform-facts §5.1)
 * - Not known: text with GET; arrays, objects, null and undefined among the values of a query, here `String(value)`
 */
function serialized(method: string, url: string, contentType: string, data: unknown): SerializedData {
  if (data === undefined || data === null) return { url, body: undefined };
  if (typeof data === 'function' || typeof data === 'symbol') {
    const type = typeof data === 'function' ? 'Function' : 'Symbol';
    throw new CallFailure({ kind: 'data', detail: `data should not be ${type}` });
  }

  const inQuery = method === 'GET' || method === 'HEAD';
  if (isArrayBuffer(data)) return { url, body: inQuery ? undefined : new Uint8Array(data.slice(0)) };

  const asForm = inQuery || contentType.toLowerCase().includes('application/x-www-form-urlencoded');
  const text = typeof data === 'string' ? data : asForm ? formOf(data) : (JSON.stringify(data) as string | undefined);
  // What `toJSON` made nothing of.
  if (text === undefined) throw new CallFailure({ kind: 'data', detail: 'invalid request data' });
  return inQuery ? { url: withQuery(url, text), body: undefined } : { url, body: Buffer.from(text, 'utf8') };
}

// By its name, not by instanceof: the buffer may come from another realm, such as a test runner's.
export function isArrayBuffer(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]';
}

function formOf(data: object | number | boolean | bigint): string {
  return Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
}

function withQuery(url: string, query: string): string {
  if (query === '') return url;
  const [address = '', ...fragment] = url.split('#');
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  return [`${address}${joint}${query}`, ...fragment].join('#');
}
