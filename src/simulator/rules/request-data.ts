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
 * | data | GET | HEAD | `application/x-www-form-urlencoded` | else |
 * | --- | --- | --- | --- | --- |
 * | string | dropped | dropped | as it is | as it is |
 * | ArrayBuffer | dropped | dropped | as it is | as it is |
 * | object, typed array | into the query | dropped | `k=v&…`, encoded | JSON |
 *
 * - Evidence: documented for objects with GET and POST (discoveries/request.md); all else in discoveries/request.md#the-javascript-layer, from the platform's own
 *   layer of 2017, and reports of 2023 and 2024 that agree with it
 * - Not known: a name without `=` in the URL's query, and a fragment. Both are kept here
 */
function serialized(method: string, url: string, contentType: string, data: unknown): SerializedData {
  if (data === undefined || data === null) return { url, body: undefined };
  if (typeof data === 'function' || typeof data === 'symbol') {
    const type = typeof data === 'function' ? 'Function' : 'Symbol';
    throw new CallFailure({ kind: 'data', detail: `data should not be ${type}` });
  }

  if (method === 'HEAD') return { url, body: undefined };
  if (method === 'GET') {
    const hasNames = typeof data === 'object' && !isArrayBuffer(data);
    return { url: hasNames ? withQuery(url, data) : url, body: undefined };
  }
  if (isArrayBuffer(data)) return { url, body: new Uint8Array(data.slice(0)) };

  const asForm = contentType.toLowerCase().includes('application/x-www-form-urlencoded');
  const text = typeof data === 'string' ? data : asForm ? formOf(data) : (JSON.stringify(data) as string | undefined);
  // What `toJSON` made nothing of.
  if (text === undefined) throw new CallFailure({ kind: 'data', detail: 'invalid request data' });
  return { url, body: Buffer.from(text, 'utf8') };
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

/**
 * Merges data into the query that is there, by name: of one name the last one stays, and the data's wins. What follows a
 * second `?` or a second `=` is lost.
 */
function withQuery(url: string, data: object): string {
  const given = Object.entries(data) as (readonly [string, unknown])[];
  if (given.length === 0) return url;

  const [address = '', ...fragment] = url.split('#');
  const [path = '', query = ''] = address.split('?');
  const fields = new Map<string, string | undefined>();
  for (const field of query.split('&').filter((text) => text !== '')) {
    const [name = '', value] = field.split('=');
    fields.set(name, value);
  }
  for (const [name, value] of given) fields.set(encodeURIComponent(name), encoded(value));

  const merged = [...fields].map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join('&');
  return [`${path}?${merged}`, ...fragment].join('#');
}

/** Also `null` is an object, and reads the same both ways. */
function encoded(value: unknown): string {
  // It makes text of whatever it gets.
  return encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : (value as string));
}
