import { FORBIDDEN_HOST, SCHEME_OF, type DomainListName } from './domain-apis.js';
import { refusalOf, type Refusal } from './refusal.js';
import { originWith, scanUrl, type ScannedUrl } from './url-scan.js';

/**
 * Judges an entry of a list by itself, as it is configured at 服务器域名 (DOM-1, DOM-2, DOM-3, DOM-7, DOM-8). What it says
 * to write is an entry that it takes.
 *
 * @returns `undefined` for a good one.
 */
export function problemOfEntry(api: DomainListName, entry: unknown): Refusal | undefined {
  const scheme = SCHEME_OF[api];
  if (typeof entry !== 'string')
    return refusalOf('DOM-1', 'not-text', api, typeof entry, { write: `${scheme}://api.example.com` });
  if (entry.includes('*')) return refusalOf('DOM-8', 'wildcard', api, entry);

  const scanned = scanUrl(entry);
  if (!('problem' in scanned)) return problemOfAddress(api, scanned);
  const withScheme = scanned.problem === 'relative' ? scanUrl(`${scheme}://${entry}`) : scanned;
  if ('problem' in withScheme) return { ...scanned, api };
  return (
    problemOfAddress(api, { ...withScheme, rest: '' }) ?? { ...scanned, rule: 'DOM-2', api, write: withScheme.origin }
  );
}

function problemOfAddress(api: DomainListName, scanned: ScannedUrl): Refusal | undefined {
  const { host, scheme, rest, hostKind, origin } = scanned;
  if (hostKind !== 'name') return refusalOf('DOM-3', 'entry-address', api, host);
  const unlistable = problemOfName(api, host);
  if (unlistable) return unlistable;
  if (scheme !== SCHEME_OF[api]) {
    const home = (Object.keys(SCHEME_OF) as DomainListName[]).find((list) => SCHEME_OF[list] === scheme);
    return wrongScheme(api, scanned, [SCHEME_OF[api]], home && { add: { api: home, entry: origin } });
  }
  return rest === '' ? undefined : refusalOf('DOM-1', 'path', api, origin, { write: origin });
}

/** Judges a name, whatever stands around it: what is refused here, no list can have (DOM-1, DOM-7). */
export function problemOfName(api: DomainListName, host: string): Refusal | undefined {
  if (host === FORBIDDEN_HOST) return refusalOf('DOM-7', 'forbidden-host', api, host);
  return host.includes('.') ? undefined : refusalOf('DOM-1', 'one-label', api, host);
}

/** Says which schemes an API takes, and to write the first of them (DOM-2). */
export function wrongScheme(
  api: DomainListName,
  url: ScannedUrl,
  schemes: readonly string[],
  more?: Partial<Refusal>,
): Refusal {
  const write = originWith(schemes[0] as string, url);
  return refusalOf('DOM-2', 'scheme', api, url.origin, { schemes, write, ...more });
}
