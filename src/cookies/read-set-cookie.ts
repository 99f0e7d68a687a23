import { isBelow, isWithin, type Cookie, type CookiePlace } from './cookie.js';
import { cookieDate } from './cookie-date.js';

/** No cookie is kept longer (RFC 6265bis, 5.5). Milliseconds. */
const LONGEST_MS = 400 * 86_400_000;
/** Characters of name and value together. */
const LONGEST = 4_096;
/** No header of a call takes such a character: one cookie that has it would end all calls to its host. */
const NOT_IN_A_HEADER = /[^\t\x20-\x7e\x80-\xff]/;
/**
 * `com.cn` and `co.uk` belong to nobody, and what ends in a number is an address, which has nothing below it; with a list of the
 * app's own hosts this is all that is needed of such names.
 */
const PUBLIC = /^[^.]*$|\.\d+$|^(ac|co|com|edu|gov|mil|net|org)\.[a-z]{2}$/;

/**
 * Reads one `Set-Cookie` that came from a place (RFC 6265bis, 5.6 and 5.7).
 *
 * @param hosts - Those that the app may call.
 * @param others - What is kept already.
 * @returns The cookie, or why it is not kept, in a sentence that names no value.
 */
export function readSetCookie(
  setCookie: string,
  { host, path: from, secure: isSafe }: CookiePlace,
  now: number,
  others: readonly Cookie[],
  hosts = [host],
): Cookie | string {
  const [[written = '', value] = [], ...attributes] = setCookie
    .split(';')
    .map((part) => part.split(/=([^]*)/).map(trimmed));
  // What has no equals sign is a value.
  const name = value === undefined ? '' : written;
  let said = '';
  let path = '';
  let secure = false;
  let expires: number | undefined;
  let maxAge: number | undefined;
  for (const [attribute = '', text = ''] of attributes) {
    if (text.length > 1_024) continue;
    switch (attribute.toLowerCase()) {
      case 'expires':
        expires = cookieDate(text) ?? expires;
        break;
      case 'max-age':
        if (/^-?\d+$/.test(text)) maxAge = now + Number(text) * 1_000;
        break;
      case 'domain':
        said = text.replace(/^\./, '').toLowerCase();
        break;
      case 'path':
        path = text;
        break;
      case 'secure':
        secure = true;
    }
  }

  const hostOnly = said === '' || (said === host && PUBLIC.test(said));
  const domain = hostOnly ? host : said;
  const ownPath = path.startsWith('/') ? path : from.replace(/\/[^/]*$/, '') || '/';
  const ends = maxAge ?? expires;
  const isOurs = (name: string) => isWithin(host, name) && hosts.some((ours) => isWithin(ours, name));
  const why =
    (host === '' && 'was set by what is no URL') ||
    (NOT_IN_A_HEADER.test(setCookie) && 'has a character that HTTP cannot carry') ||
    (name === '' && 'has no name') ||
    (`${name}${value}`.length > LONGEST && `is longer than ${LONGEST} characters`) ||
    (!hostOnly &&
      (PUBLIC.test(said) || !isOurs(said)) &&
      `has Domain=${said}, which is not its own or not the app's`) ||
    (/^__(host|secure)-/i.test(name) && !secure && 'must be Secure by its name') ||
    (/^__host-/i.test(name) && (said !== '' || path !== '/') && 'must have Path=/ and no Domain by its name') ||
    // Who listens on http must not put another before one that is Secure.
    (!isSafe &&
      (secure ||
        others.some(
          (other) =>
            other.secure &&
            other.name === name &&
            (isWithin(domain, other.domain) || isWithin(other.domain, domain)) &&
            isBelow(ownPath, other.path),
        )) &&
      'is Secure, and came over http');
  if (why) return `the cookie '${name}'${host && ` of ${host}`} ${why}; it is not kept`;
  return {
    name,
    value: `${value}`,
    domain,
    hostOnly,
    path: ownPath,
    secure,
    expiresAt: ends && Math.min(ends, now + LONGEST_MS),
  };
}

/** Without spaces and tabs around it. The middle is greedy, so that a row of blanks is read once. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]*([^]*[^ \t])?[ \t]*$/, '$1');
}
