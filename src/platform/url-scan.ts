import { isIpv4 } from './lan-address.js';

/**
 * A URL read as it is written. A WHATWG parser would drop `:443`, decode `%2e` and turn `\` into `/`, so it
 * answers for another text than the one that the platform compares (DOM-4, DOM-5).
 */
export interface ScannedUrl {
  /** Lower case, without `://`. */
  readonly scheme: string;
  /** Lower case. */
  readonly host: string;
  /** The digits after the colon, `undefined` when there is no colon. */
  readonly port: string | undefined;
  /** Scheme, host and port, as a configured entry spells them. */
  readonly origin: string;
  /** Everything after the origin: path, query, fragment. */
  readonly rest: string;
  readonly hostKind: 'name' | 'ipv4' | 'localhost';
}

/** Why a text is not a URL that can be compared with a list. */
export interface UrlProblem {
  /** The rule that the text runs against: an address in disguise is one of DOM-3, the others cannot match (DOM-1). */
  readonly rule: 'DOM-1' | 'DOM-3';
  readonly problem: string;
}

/**
 * What no URL may have anywhere: whitespace (the byte order mark is some), control characters (C0 and C1), zero-width
 * and direction marks, backslashes.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
export const FORBIDDEN_CHARACTER = /[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\\]/;

const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i;
const AUTHORITY = /^([^:]*)(?::(.*))?$/;
const PORT = /^[1-9]\d{0,4}$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const NUMBER_LABEL = /^(?:\d+|0x[0-9a-f]*)$/;

/** Reads scheme, host and port of a URL without changing a character; anything doubtful is a problem. */
export function scanUrl(url: string): ScannedUrl | UrlProblem {
  const forbidden = FORBIDDEN_CHARACTER.exec(url);
  if (forbidden) {
    return problem(`it has ${nameOf(forbidden[0])} at position ${forbidden.index}; encode it or take it out`);
  }

  const shape = SHAPE.exec(url);
  if (!shape) return problem('it is not absolute; begin with the scheme, as in https://api.example.com/path');

  const [, scheme = '', authority = '', rest = ''] = shape;
  if (authority.includes('@')) return problem('it has user information (…@) in front of the host; take it out');
  if (authority.includes('%')) return problem('its host is percent-encoded; write it plainly');
  if (authority.includes('[')) return problem('its host is an IPv6 address', 'DOM-3');

  const [, writtenHost = '', port] = AUTHORITY.exec(authority) ?? [];
  if (port !== undefined && !(PORT.test(port) && Number(port) <= 65_535)) {
    // What is not a number may be the end of user information, and is not shown.
    const shown = /^\d*$/.test(port) ? `"${port}"` : 'after the colon';
    return problem(`its port ${shown} is not a whole number from 1 to 65535 without leading zeros`);
  }

  // Before the case goes: the lower case of the Kelvin sign U+212A is an ASCII "k".
  // eslint-disable-next-line no-control-regex -- the ASCII range
  if (/[^\x00-\x7f]/.test(writtenHost)) return problem('its host is not ASCII; write its xn-- form');
  const host = writtenHost.toLowerCase();
  const hostProblem = problemOfHost(host);
  if (hostProblem) return hostProblem;

  const lowerScheme = scheme.toLowerCase();
  return {
    scheme: lowerScheme,
    host,
    port,
    origin: originWith(lowerScheme, { host, port }),
    rest,
    hostKind: isIpv4(host) ? 'ipv4' : host === 'localhost' || host.endsWith('.localhost') ? 'localhost' : 'name',
  };
}

/** Host and port behind a scheme, as a configured entry spells them. */
export function originWith(scheme: string, { host, port }: Pick<ScannedUrl, 'host' | 'port'>): string {
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
}

function problemOfHost(host: string): UrlProblem | undefined {
  if (host === '') return problem('it has no host');
  if (host.length > 253) return problem('its host is longer than 253 characters');
  if (host.endsWith('.')) return problem('its host ends with a dot; take it off');

  const labels = host.split('.');
  for (const label of labels) {
    if (label === '') return problem('its host has an empty label (two dots in a row)');
    if (label.length > 63) return problem(`its host has a label longer than 63 characters: "${label.slice(0, 20)}…"`);
    if (!LABEL.test(label))
      return problem(`its host has a label that is not letters, digits and inner hyphens: "${label}"`);
  }

  const numeric = NUMBER_LABEL.test(labels[labels.length - 1] ?? '');
  if (numeric && !isIpv4(host)) return problem(`its host "${host}" is an IPv4 address in disguise`, 'DOM-3');
  return undefined;
}

function problem(text: string, rule: UrlProblem['rule'] = 'DOM-1'): UrlProblem {
  return { rule, problem: text };
}

function nameOf(character: string): string {
  if (character === '\\') return 'a backslash';
  if (character === ' ') return 'a space';
  return `the character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
