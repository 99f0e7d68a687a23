import { scanUrl, type ScannedUrl } from '../platform/url-scan.js';

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
}

/** Where cookies come from and go to. */
export interface CookiePlace {
  /** Without its port; empty for what is no URL. */
  readonly host: string;
  /** From `/`. */
  readonly path: string;
  readonly secure: boolean;
}

/** The place that a URL names. */
export function placeOf(url: string): CookiePlace {
  const { host = '', scheme = '', rest = '' } = scanUrl(url) as Partial<ScannedUrl>;
  return { host, path: rest.replace(/[?#][^]*/, '') || '/', secure: /s$/.test(scheme) };
}

/** Whether a host is a domain, or below it (5.1.3). */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Whether a path is a cookie's, or below it: `/foo` is not that of `/foobar` (5.1.4). */
export function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.replace(/\/?$/, '/'));
}
