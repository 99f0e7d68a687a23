import { encodeQuery, withQuery, type ArrayStyle } from './encode-query.js';
import { exactBytes } from './exact-bytes.js';
import { isRecord, kindOf, type Refuse } from './field-text.js';
import { problemOfJson } from './json-problem.js';
import type { HttpMethod, RequestData } from './wx.js';

/** What goes to the platform: nothing that would have to be made text there, but JSON. */
export interface SentData {
  readonly url: string;
  readonly data: RequestData | undefined;
}

/** What decides how data is written. */
export interface DataRules {
  readonly method: HttpMethod;
  readonly contentType: string | undefined;
  readonly arrays: ArrayStyle | undefined;
}

/**
 * Writes the data of a call, by method and content type:
 *
 * | data | GET, HEAD | `application/x-www-form-urlencoded` | else |
 * | --- | --- | --- | --- |
 * | text | refused | as it is | as it is |
 * | bytes, or a view of some | refused | those bytes | those bytes |
 * | an object | a query in the URL | `name=value&…` | JSON, by the platform |
 * | a list | refused | refused | JSON, by the platform |
 *
 * What JSON would lose is refused: bytes, a `Map`, a `BigInt` within an object or a list.
 */
export function sentData(
  url: string,
  data: unknown,
  { method, contentType = '', arrays }: DataRules,
  refuse: Refuse,
): SentData {
  if (data === undefined || data === null) return { url, data: undefined };
  const inUrl = method === 'GET' || method === 'HEAD';
  const bytes = exactBytes(data);
  if (!inUrl && (bytes || typeof data === 'string')) return { url, data: bytes ?? (data as string) };

  const asFields = inUrl || /application\/x-www-form-urlencoded/i.test(contentType);
  if (!asFields && (isRecord(data) || Array.isArray(data))) {
    const problem = problemOfJson(data);
    return problem === undefined ? { url, data } : refuse(`data${problem}`);
  }
  if (isRecord(data)) {
    const text = encodeQuery(data, arrays, refuse);
    return inUrl ? { url: withQuery(url, text), data: undefined } : { url, data: text };
  }
  return refuse(
    inUrl
      ? `data of a ${method} is a query, and must be an object of names and values; got ${kindOf(data)}`
      : `data must be a text, bytes${asFields ? '' : ', a list'} or an object of names and values; got ${kindOf(data)}`,
  );
}
