import { scanUrl } from '../platform/url-scan.js';

/** One cookie, as RFC 6265bis keeps it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Lower case. */
  readonly domain: string;
  /** It goes to that very host, and to none below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** It goes over https and wss only. */
  readonly secure: boolean;
  /** In milliseconds of the clock; `undefined` for as long as the app runs. */
  readonly expiresAt: number | undefined;
  /** Which of two came first, of the same length of path. */
  readonly createdAt: number;
}

/** Where cookies come from and go to. */
export interface CookiePlace {
  readonly host: string;
  /** A name, and no address: only names have others below them. */
  readonly isName: boolean;
  readonly path: string;
  readonly secure: boolean;
}

/** The place that a URL names, or `undefined` for what is no URL. */
export function placeOf(url: string): CookiePlace | undefined {
  const scanned = scanUrl(url);
  if ('problem' in scanned) return undefined;
  const { host, hostKind, scheme, rest } = scanned;
  const [path = ''] = rest.split(/[?#]/, 1);
  return { host, isName: hostKind === 'name', path, secure: scheme === 'https' || scheme === 'wss' };
}

/** Whether a host is a domain, or below it (5.1.3). */
export function isWithin({ host, isName }: CookiePlace, domain: string): boolean {
  return host === domain || (isName && host.endsWith(`.${domain}`));
}

/** Whether a path is a cookie's, or below it: `/foo` is not that of `/foobar` (5.1.4). */
export function isBelow(path: string, cookiePath: string): boolean {
  const asked = path === '' ? '/' : path;
  return (
    asked === cookiePath ||
    (asked.startsWith(cookiePath) && (cookiePath.endsWith('/') || asked[cookiePath.length] === '/'))
  );
}

/** Whether a cookie goes to a place. */
export function goesTo({ domain, hostOnly, path, secure }: Cookie, place: CookiePlace): boolean {
  const isThere = hostOnly ? place.host === domain : isWithin(place, domain);
  return isThere && isBelow(place.path, path) && (place.secure || !secure);
}

/** Whether two are the same cookie, of which the later one counts. */
export function isSame(a: Cookie, b: Cookie): boolean {
  return a.name === b.name && a.domain === b.domain && a.hostOnly === b.hostOnly && a.path === b.path;
}
