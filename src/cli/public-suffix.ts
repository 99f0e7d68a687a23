import { parse } from 'tldts';
import type { Said } from './language.js';

/** The host of an address, where it is a public suffix as a whole: no list of anybody's can have it. */
export function wholeSuffixIn(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const { hostname, publicSuffix } = parse(address, { allowPrivateDomains: true });
  return hostname !== null && hostname === publicSuffix ? hostname : undefined;
}

/** What to do about such a host. */
export function writeWholeName(suffix: string): Said {
  return { en: `write the whole name, such as api.example.${suffix}`, zh: `请写完整域名，例如 api.example.${suffix}` };
}
