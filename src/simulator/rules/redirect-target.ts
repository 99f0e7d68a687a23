const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Where an answer sends the client on to; nowhere, without a Location or with an empty one. An address with a host of
 * its own stays as it is written, because that is what is compared with the list (DOM-3, DOM-5): a URL parser would
 * take `:443` off it, undo escapes and turn backslashes round. Only a path is resolved.
 *
 * @param base - The URL that answered.
 */
export function redirectTarget(statusCode: number, location: string | undefined, base: string): string | undefined {
  if (!REDIRECTS.includes(statusCode) || location === undefined || location === '') return undefined;

  // The parser reads over tabs and line ends wherever they are, and over controls in front.
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const read = location.replace(/[\t\r\n]/g, '').replace(/^[\x00-\x20]+/, '');
  if (/^[a-z][a-z0-9+.-]*:/i.test(read)) return location;
  const { protocol, origin } = new URL(base);
  if (/^[\\/]{2}/.test(read)) return `${protocol}${location}`;

  const resolved = new URL(location, base);
  const writtenOrigin = /^[^:]*:\/\/[^/?#]*/.exec(base)?.[0];
  // Not to happen; but what the list is asked about is then at least what will be called.
  if (resolved.origin !== origin || writtenOrigin === undefined) return resolved.href;
  return `${writtenOrigin}${resolved.pathname}${resolved.search}${resolved.hash}`;
}
