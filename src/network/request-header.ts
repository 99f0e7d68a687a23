import type { Header } from '../platform/wx.js';

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
