import type { HttpResponse } from '../../src/index.js';

const TEXT_TYPES = /^text\/|[/+](json|xml|javascript|x-www-form-urlencoded)\b|;\s*charset=/i;

/** Whether a body is a text: as its type says, or, where there is none, as its bytes look. */
export function isText(response: HttpResponse<ArrayBuffer>): boolean {
  const type = response.header('content-type');
  if (type !== undefined) return TEXT_TYPES.test(type);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body);
    return !text.includes('\0');
  } catch {
    return false;
  }
}
