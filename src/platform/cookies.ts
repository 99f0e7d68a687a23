import { headerField } from './header-field.js';

/**
 * The `Set-Cookie` fields of an answer, one string a cookie. Newer platforms give them apart; older ones join them
 * by a comma into one field, although a date has a comma of its own.
 */
export function cookiesOf(
  cookies: readonly string[] | undefined,
  headers: Readonly<Record<string, string>>,
): readonly string[] {
  if (cookies && cookies.length > 0) return cookies;
  const setCookie = headerField(headers, 'set-cookie');
  if (!setCookie) return [];
  // A comma parts two cookies only where a name and an equals sign follow it.
  return setCookie.split(/,(?=\s*[^\s;,=]+=)/).map((cookie) => cookie.trim());
}
