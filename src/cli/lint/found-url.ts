import { parse } from 'tldts';

const BEGINNING = /^\s*((?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#\s]*))([/?#]?)/i;

/**
 * The URL that a text is, as far as it can be compared with a list: the host must be known to its end.
 *
 * @param complete - Whether the text ends where it seems to.
 * @returns `undefined` for what is no URL, or one whose host is known only when the app runs.
 */
export function urlIn(text: string, complete: boolean): string | undefined {
  // `base + (base.indexOf('?') < 0 ? '?' : '&') + …`: no host has an `&`, so what it joins to is no host alone.
  const [joined] = /^\s*[a-z][a-z0-9+.-]*:\/\/[^/?#\s&]+(?=&)/i.exec(text) ?? [];
  if (joined !== undefined) return urlIn(joined, true);
  const [, origin, authority, end] = BEGINNING.exec(text) ?? [];
  if (origin === undefined || authority === undefined || authority === '') return undefined;
  if (end !== '' || complete) return complete ? text.trim() : text.trimStart();
  // `https://api.example.com${path}`: a whole name, unless what follows could go on with it.
  if (/[.:-]$/.test(authority)) return undefined;
  const { domain, isIcann, isIp } = parse(origin);
  return (domain !== null && isIcann === true) || isIp === true || /^localhost(?::\d+)?$/i.test(authority)
    ? text.trimStart()
    : undefined;
}
