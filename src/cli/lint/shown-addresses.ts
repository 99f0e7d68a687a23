import { scanUrl } from '../../platform/url-scan.js';

/** How an address that no call is given is used, as far as it can be told. */
export type ShownAs = 'picture' | 'page' | 'text';

/** What is named and not called, by host. */
export interface ShownHost {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly pictures: number;
  readonly pages: number;
  readonly texts: number;
}

const MEDIA = /\.(?:png|jpe?g|gif|webp|svg|bmp|mp[34]|m3u8|m4a|aac|wav|ttf|otf|woff2?)(?:[?#!]|$)/i;
const MEDIA_HINT =
  /image|img|icon|avatar|logo|cover|poster|banner|thumb|picture|photo|^pic|^src$|urls|background|swiper|audio|video|face|emoji/i;
const ADDRESS = /(?:https?|wss?):\/\/[^\s"'`<>()\\{}，。；、）]{1,2000}/gi;

/** Tells what an address is for by its ending and by the key or attribute that it stands at. */
export function shownAs(url: string, hint: string): ShownAs {
  return MEDIA.test(url) || MEDIA_HINT.test(hint) ? 'picture' : 'text';
}

/** Counts what is shown, by host. */
export class ShownAddresses {
  readonly #hosts = new Map<string, { pictures: number; pages: number; texts: number }>();

  /** Adds one address. */
  add(url: string, as: ShownAs): void {
    const [, whole = ''] = /^((?:https?|wss?):\/\/[^/?#\s]+)/i.exec(url) ?? [];
    const scanned = scanUrl(whole);
    if ('problem' in scanned || !scanned.host.includes('.') || isNamespace(scanned.host)) return;
    let counts = this.#hosts.get(scanned.origin);
    if (!counts) this.#hosts.set(scanned.origin, (counts = { pictures: 0, pages: 0, texts: 0 }));
    counts[as === 'picture' ? 'pictures' : as === 'page' ? 'pages' : 'texts']++;
  }

  /** Adds what a template or a style sheet names. */
  addMarkup(markup: string): void {
    for (const { index, 0: url } of markup.matchAll(ADDRESS)) {
      // The tag begins nearby, or it is no tag.
      const before = markup.slice(Math.max(0, index - 300), index);
      const tag = before.slice(before.lastIndexOf('<') + 1);
      if (/^web-view\b/i.test(tag)) this.add(url, 'page');
      else
        this.add(
          url,
          /^[\w-]*(?:image|img|video|audio|swiper|cover)|url\(\s*["']?$/i.test(tag) ? 'picture' : shownAs(url, ''),
        );
    }
  }

  /** The hosts, the most named first. */
  hosts(): readonly ShownHost[] {
    const all = [...this.#hosts].map(([origin, counts]) => ({ origin, ...counts }));
    return all.sort((a, b) => total(b) - total(a) || (a.origin < b.origin ? -1 : 1));
  }
}

function total({ pictures, pages, texts }: ShownHost): number {
  return pictures + pages + texts;
}

/** Names, not addresses: nobody calls them. */
function isNamespace(host: string): boolean {
  return /^(?:www\.w3\.org|json-schema\.org|schemas\.|xmlns\.|purl\.org)/.test(host);
}
