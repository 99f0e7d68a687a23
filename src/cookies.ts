/**
 * Cookies, which the platform hands over and forgets: a jar that keeps them and sends them back.
 */

export { createCookieJar, type CookieJar, type CookieJarOptions } from './cookies/create-cookie-jar.js';
export type { Cookie } from './cookies/cookie.js';
