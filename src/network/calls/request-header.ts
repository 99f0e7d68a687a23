import type { Header } from '../../platform/wx.js';
import type { NetworkInternals } from '../internals.js';

/** A header without the Referer that cannot be set (LIM-1). */
export function withoutReferer(network: NetworkInternals, header: Header | undefined): Header | undefined {
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
  return header && Object.keys(header).find((name) => name.toLowerCase() === lowerCaseName);
}

/** A header without one of its fields. */
export function withoutField(header: Header | undefined, lowerCaseName: string): Header | undefined {
  const name = nameIn(header, lowerCaseName);
  if (name === undefined) return header;
  const rest = { ...header };
  delete rest[name];
  return rest;
}
