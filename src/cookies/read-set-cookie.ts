import { isWithin, type Cookie, type CookiePlace } from './cookie.js';
import { cookieDate } from './cookie-date.js';

/** No cookie is kept longer (RFC 6265bis, 5.5). Milliseconds. */
const LONGEST_MS = 400 * 86_400_000;
/** Characters of name and value together. */
const LONGEST = 4_096;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;
/** `com.cn` and `co.uk` belong to nobody; with a list of the app's own hosts this is all that is needed of such names. */
const PUBLIC = /^[^.]*$|^(?:ac|co|com|edu|gov|mil|net|org)\.[a-z]{2}$/;

/** What a `Set-Cookie` says, or why it is not kept. */
export type ReadCookie = { readonly cookie: Cookie } | { readonly problem: string };

/**
 * Reads one `Set-Cookie` that came from a place (RFC 6265bis, 5.6 and 5.7).
 *
 * @param isOurs - Whether a domain covers a host that the app may call.
 */
export function readSetCookie(
  text: string,
  from: CookiePlace,
  now: number,
  isOurs: (domain: string) => boolean,
): ReadCookie {
  const [pair = '', ...parts] = text.split(';');
  const equals = pair.indexOf('=');
  const name = trimmed(pair.slice(0, Math.max(equals, 0)));
  const value = trimmed(pair.slice(equals + 1));
  const refused = (why: string): ReadCookie => ({
    problem: `the cookie '${name}' of ${from.host} ${why}; it is not kept`,
  });
  if (CONTROL.test(text)) return refused('has a control character');
  if (name === '') return refused('has no name');
  if (name.length + value.length > LONGEST) return refused(`is longer than ${LONGEST} characters`);

  let domain = '';
  let path = '';
  let secure = false;
  let expires: number | undefined;
  let maxAge: number | undefined;
  for (const part of parts) {
    const [written = ''] = part.split('=', 1);
    const said = trimmed(part.slice(written.length + 1));
    if (said.length > 1_024) continue;
    switch (trimmed(written).toLowerCase()) {
      case 'expires':
        expires = cookieDate(said) ?? expires;
        break;
      case 'max-age':
        if (/^-?\d+$/.test(said)) maxAge = Number(said);
        break;
      case 'domain':
        domain = said.replace(/^\./, '').toLowerCase();
        break;
      case 'path':
        path = said;
        break;
      case 'secure':
        secure = true;
    }
  }

  const ownPath = path.startsWith('/') ? path : from.path.replace(/\/[^/]*$/, '') || '/';
  const hostOnly = domain === '' || (domain === from.host && (PUBLIC.test(domain) || !from.isName));
  if (!hostOnly && !isWithin(from, domain)) return refused(`has Domain=${domain}, which does not cover it`);
  if (!hostOnly && (PUBLIC.test(domain) || !isOurs(domain)))
    return refused(`has Domain=${domain}, which is not the app's`);
  if (secure && !from.secure) return refused('is Secure and came over http');
  const prefix = /^__(host|secure)-/i.exec(name)?.[1]?.toLowerCase();
  if (prefix && !secure) return refused('must be Secure by its name');
  if (prefix === 'host' && !(hostOnly && path === '/')) return refused('must have Path=/ and no Domain by its name');

  const ends = maxAge === undefined ? expires : maxAge > 0 ? now + maxAge * 1_000 : 0;
  const expiresAt = ends === undefined ? undefined : Math.min(ends, now + LONGEST_MS);
  return {
    cookie: {
      name,
      value,
      domain: hostOnly ? from.host : domain,
      hostOnly,
      path: ownPath,
      secure,
      expiresAt,
      createdAt: now,
    },
  };
}

/** Without spaces and tabs around it. By hand: an expression for the end begins anew at every space of a row. */
function trimmed(text: string): string {
  const isBlank = (index: number) => text[index] === ' ' || text[index] === '\t';
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(from)) from++;
  while (to > from && isBlank(to - 1)) to--;
  return text.slice(from, to);
}
