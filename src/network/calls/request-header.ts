import { nameIn } from '../../platform/header-field.js';
import type { Header } from '../../platform/wx.js';
import type { NetworkInternals } from '../internals.js';

/** A header without the Referer that cannot be set (LIM-1). */
export function withoutReferer(network: NetworkInternals, header: Header | undefined): Header | undefined {
  const rest = withoutField(header, 'referer');
  if (rest !== header) {
    network.warn(
      'referer',
      '[LIM-1] the Referer cannot be set; the platform sends https://servicewechat.com/{appid}/{version}/page-frame.html',
    );
  }
  return rest;
}

/** Joins header fields; a later one replaces an earlier one of the same name, whatever the case of either. */
export function joinHeaders(...headers: readonly (Header | undefined)[]): Header {
  const joined: Record<string, string> = {};
  for (const header of headers) {
    for (const [name, value] of Object.entries(header ?? {})) {
      const same = nameIn(joined, name);
      if (same !== undefined) delete joined[same];
      joined[name] = value;
    }
  }
  return joined;
}

/** A header without one of its fields. */
export function withoutField(header: Header | undefined, field: string): Header | undefined {
  const name = nameIn(header, field);
  if (name === undefined) return header;
  const rest = { ...header };
  delete rest[name];
  return rest;
}
