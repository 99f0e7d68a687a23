import { NetworkError } from '../../platform/network-error.js';
import type { Header } from '../../platform/wx.js';
import type { NetworkInternals } from '../internals.js';

/**
 * A header as it is sent: without a Referer (LIM-1), and as HTTP allows it, because what a server would read as another
 * field, or not at all, is not sent.
 *
 * @throws NetworkError `invalid-argument` that names the field.
 */
export function sentHeader(network: NetworkInternals, header: Header | undefined, api: string): Header | undefined {
  const invalid = (what: string) => new NetworkError(what, { code: 'invalid-argument', phase: 'check', api });
  for (const [name, value] of Object.entries(header ?? {}) as [string, unknown][]) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw invalid(`'${name}' is not a name of a header field`);
    if (/[\0\r\n]/.test(String(value))) throw invalid(`the header field '${name}' has a line break in its value`);
  }
  if (nameIn(header, 'referer') === undefined) return header;
  network.warn(
    'referer',
    '[LIM-1] the Referer cannot be set; the platform sends https://servicewechat.com/{appid}/{version}/page-frame.html',
  );
  return withoutField(header, 'referer');
}

/** Joins header fields; a later one replaces an earlier one of the same name, whatever the case of either. */
export function joinHeaders(...headers: readonly (Header | undefined)[]): Header {
  const joined: Record<string, string> = {};
  for (const header of headers) {
    for (const [name, value] of Object.entries(header ?? {})) {
      const same = nameIn(joined, name.toLowerCase());
      if (same !== undefined) delete joined[same];
      joined[name] = value;
    }
  }
  return joined;
}

/** The name under which a header has a field, whatever its case. */
export function nameIn(header: Header | undefined, lowerCaseName: string): string | undefined {
  return Object.keys(header ?? {}).find((name) => name.toLowerCase() === lowerCaseName);
}

/** A header without one of its fields. */
export function withoutField(header: Header | undefined, lowerCaseName: string): Header | undefined {
  const name = nameIn(header, lowerCaseName);
  if (name === undefined) return header;
  const rest = { ...header };
  delete rest[name];
  return rest;
}
