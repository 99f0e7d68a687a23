import { isIpv4 } from './lan-address.js';
import type { Refusal, UrlProblemName } from './refusal.js';

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

/** Why a text is not a URL that can be compared with a list: an address in disguise (DOM-3), or it cannot match (DOM-1). */
export type UrlProblem = Refusal & { readonly rule: 'DOM-1' | 'DOM-3'; readonly problem: UrlProblemName };

/**
 * What no URL may have anywhere: whitespace (the byte order mark is some), control characters (C0 and C1), zero-width
 * and direction marks, backslashes.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
export const FORBIDDEN_CHARACTER = /[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\\]/;

/** Scheme, authority, host and port within it, and the rest. */
const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/(([^/?#:]*)(?::([^/?#]*))?)(.*)/i;
const PORT = /^[1-9]\d{0,4}$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const NUMBER_AT_END = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;
const LOCALHOST = /(?:^|\.)localhost$/;

/** Reads scheme, host and port of a URL without changing a character; anything doubtful is a problem. */
export function scanUrl(url: string): ScannedUrl | UrlProblem {
  const forbidden = FORBIDDEN_CHARACTER.exec(url);
  if (forbidden) return { rule: 'DOM-1', problem: 'character', seen: forbidden[0], at: forbidden.index };

  const shape = SHAPE.exec(url);
  if (!shape) return problem('relative');

  const [, scheme = '', authority = '', writtenHost = '', port, rest = ''] = shape;
  if (authority.includes('@')) return problem('user-information');
  if (authority.includes('%')) return problem('encoded-host');
  if (authority.startsWith('[')) return problem('ip-form', authority.replace(/][^]*/, ']'), 'DOM-3');
  if (port !== undefined && !(PORT.test(port) && Number(port) <= 65_535)) {
    // What is not a number may be the end of user information, and is not shown.
    return problem('port', /^\d{0,20}$/.test(port) ? port : '…');
  }

  // Before the case goes: the lower case of the Kelvin sign U+212A is an ASCII "k".
  // eslint-disable-next-line no-control-regex -- the ASCII range
  if (/[^\x00-\x7f]/.test(writtenHost)) return problem('not-ascii');
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
    hostKind: isIpv4(host) ? 'ipv4' : LOCALHOST.test(host) ? 'localhost' : 'name',
  };
}

/** Host and port behind a scheme, as a configured entry spells them. */
export function originWith(scheme: string, { host, port }: Pick<ScannedUrl, 'host' | 'port'>): string {
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
}

function problemOfHost(host: string): UrlProblem | undefined {
  if (host.length > 253) return problem('long-host');
  if (host.endsWith('.')) return problem('dot-at-end');
  const wrong = host.split('.').find((label) => label.length > 63 || !LABEL.test(label));
  if (wrong !== undefined) return problem('label', wrong);
  return NUMBER_AT_END.test(host) && !isIpv4(host) ? problem('ip-form', host, 'DOM-3') : undefined;
}

function problem(name: UrlProblemName, seen = '', rule: UrlProblem['rule'] = 'DOM-1'): UrlProblem {
  return { rule, problem: name, seen };
}
