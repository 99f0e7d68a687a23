import { isNetworkError, withoutSecrets } from '../platform/network-error.js';
import { REDACTED, type ShownError, type ShownHeader } from '../network/network-event.js';

/** Fields whose names speak of secrets: `Authorization`, `Cookie`, `Set-Cookie`, `X-Token`, `sessionid`, `api-key` … */
export const SECRET = /auth|cookie|token|secret|session|passw|api-?key/i;

/** The address with the names of its query, and without values, user information and fragment. */
export function shownUrl(url: string): string {
  const query = /\?([^#]*)/.exec(url)?.[1];
  const path = withoutSecrets(url);
  // What has no name is a value.
  return query ? `${path}?${query.replace(/[^&]+/g, (pair) => (/^[^=]+=/.exec(pair)?.[0] ?? '') + REDACTED)}` : path;
}

/** The fields without what is secret: by name, and queries of addresses, such as that of a `Location`. */
export function shownHeader(header: Readonly<Record<string, unknown>> = {}): ShownHeader {
  const shown: Record<string, string> = {};
  for (const name of Object.keys(header)) {
    shown[name] = SECRET.test(name) ? REDACTED : String(header[name]).replace(/\?\S*/g, '?' + REDACTED);
  }
  return shown;
}

/** What a network error says; of what the app's own code threw, only its name, for nobody knows what it says. */
export function shownError(error: unknown): ShownError {
  if (!isNetworkError(error)) {
    return { code: 'not-a-network-error', what: String((error as Error | null | undefined)?.name ?? typeof error) };
  }
  const { code, rule, phase, what, errno, errMsg } = error;
  return { code, rule, phase, what, errno, errMsg };
}
