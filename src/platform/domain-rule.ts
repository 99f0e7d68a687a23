import { problemOfName, wrongScheme } from './domain-entry.js';
import { SCHEME_OF, type DomainApi } from './domain-apis.js';
import type { CompiledDomains } from './domain-lists.js';
import { lanRelation, subnetOf, type DeviceAddress } from './lan-address.js';
import { refusalOf, type Refusal } from './refusal.js';
import { FORBIDDEN_CHARACTER, originWith, scanUrl, type ScannedUrl } from './url-scan.js';

// Loose on purpose: a text that is found in the checked list, letter for letter, can only be an exact match.
const ORIGIN = /^([a-z]+:\/\/[a-z0-9.:-]+)(?=[/?#]|$)/i;

/**
 * Compares a URL, as it is written, with the list of its API (DOM-1 … DOM-8, LAN-1). Fails closed: what is not an
 * exact match, a neighbour on the local network, or (without a list) a plain name with the right scheme, is refused.
 *
 * @returns `undefined` when the call is allowed.
 */
export function checkDomain(
  api: DomainApi,
  url: string,
  domains: CompiledDomains,
  device?: DeviceAddress,
): Refusal | undefined {
  const origin = ORIGIN.exec(url)?.[1];
  if (origin !== undefined && domains.of(api)?.has(origin.toLowerCase()) && !FORBIDDEN_CHARACTER.test(url))
    return undefined;

  const scanned = scanUrl(url);
  if ('problem' in scanned) return scanned;
  const { host, hostKind, scheme } = scanned;
  if (hostKind === 'ipv4') return lanRefusal(api, scanned, device);
  if (hostKind === 'localhost') return refusalOf('DOM-3', 'localhost', api, host);

  const list = domains.of(api);
  const unlistable = problemOfName(api, host);
  // A name of one label can be in no list; where there is none, the platform is left to say so.
  if (unlistable && (list || unlistable.rule === 'DOM-7')) return unlistable;
  if (scheme !== SCHEME_OF[api]) return httpsOnly(api, scanned, list);
  return list && notListed(api, scanned, [...list], domains);
}

function httpsOnly(api: DomainApi, url: ScannedUrl, list: ReadonlySet<string> | undefined): Refusal {
  const scheme = SCHEME_OF[api];
  const entry = originWith(scheme, url);
  return wrongScheme(
    api,
    url,
    [scheme],
    list && (list.has(entry) ? { nearest: entry } : { ...nearestIn([...list], url.host), add: { api, entry } }),
  );
}

function lanRefusal(api: DomainApi, url: ScannedUrl, device: DeviceAddress | undefined): Refusal | undefined {
  const { host, scheme } = url;
  const relation = lanRelation(host, device);
  if (relation === 'own') return refusalOf('LAN-1', 'own-address', api, host);
  if (relation === 'elsewhere')
    return refusalOf('DOM-3', 'outside-subnet', api, host, device && { subnet: subnetOf(device) });
  const schemes = api === 'socket' ? ['ws', 'wss'] : ['http', 'https'];
  if (schemes.includes(scheme)) return undefined;
  // What was secure stays so.
  const secure = scheme === 'https' || scheme === 'wss';
  return wrongScheme(api, url, schemes, { write: originWith(schemes[Number(secure)] as string, url) });
}

function notListed(api: DomainApi, url: ScannedUrl, list: readonly string[], domains: CompiledDomains): Refusal {
  const { host, origin, scheme } = url;
  const add = { api, entry: origin };

  const withoutPort = originWith(scheme, { host, port: undefined });
  if (list.includes(withoutPort))
    return refusalOf('DOM-5', 'port-written', api, origin, { nearest: withoutPort, write: withoutPort, add });
  const sameHost = list.find((entry) => hostOf(entry) === host);
  if (sameHost) return refusalOf('DOM-4', 'other-port', api, origin, { nearest: sameHost, write: sameHost, add });

  const kin = nearestIn(
    list.filter((entry) => host.endsWith(`.${hostOf(entry)}`) || hostOf(entry).endsWith(`.${host}`)),
    host,
  );
  if (kin) return refusalOf('DOM-8', 'subdomain', api, host, { ...kin, add });

  const listedIn = (['request', 'uploadFile', 'downloadFile', 'socket'] as const).find((other) =>
    domains.of(other)?.has(origin),
  );
  return listedIn
    ? refusalOf('DOM-1', 'other-list', api, origin, { listedIn, add })
    : refusalOf('DOM-1', 'not-listed', api, origin, { ...nearestIn(list, host), add });
}

function hostOf(entry: string): string {
  return entry.replace(/^\w+:\/\/|:\d+$/g, '');
}

/** The entry whose host shares the longest ending: hosts differ at the front, mistakes too. */
function nearestIn(list: readonly string[], host: string): { readonly nearest: string } | undefined {
  let found: { readonly nearest: string } | undefined;
  let longest = -1;
  for (const nearest of list) {
    const candidate = hostOf(nearest);
    let length = 0;
    while (length < candidate.length && candidate[candidate.length - 1 - length] === host[host.length - 1 - length]) {
      length++;
    }
    if (length > longest) {
      found = { nearest };
      longest = length;
    }
  }
  return found;
}
