import { problemOfName, wrongScheme } from './domain-entry.js';
import { SCHEME_OF, type CompiledDomains, type DomainApi } from './domain-lists.js';
import { lanRelation, subnetOf, type DeviceAddress } from './lan-address.js';
import type { Refusal } from './refusal.js';
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
  if (hostKind === 'localhost') return { rule: 'DOM-3', problem: 'localhost', api, seen: host };

  const list = domains.of(api);
  const unlistable = problemOfName(api, host);
  // A name of one label can be in no list; where there is none, the platform is left to say so.
  if (unlistable && (list || unlistable.rule === 'DOM-7')) return unlistable;
  if (scheme !== SCHEME_OF[api]) return httpsOnly(api, scanned, list);
  return list && notListed(api, scanned, [...list], domains);
}

function httpsOnly(api: DomainApi, url: ScannedUrl, list: ReadonlySet<string> | undefined): Refusal {
  const refusal = wrongScheme(api, url, [SCHEME_OF[api]]);
  const entry = originWith(SCHEME_OF[api], url);
  if (!list) return refusal;
  if (list.has(entry)) return { ...refusal, nearest: entry };
  return { ...refusal, ...nearestIn([...list], url.host), add: { api, entry } };
}

function lanRefusal(api: DomainApi, url: ScannedUrl, device: DeviceAddress | undefined): Refusal | undefined {
  const { host: seen, scheme } = url;
  const schemes = api === 'socket' ? ['ws', 'wss'] : ['http', 'https'];
  const relation = lanRelation(seen, device);
  if (relation === 'own') return { rule: 'LAN-1', problem: 'own-address', api, seen };
  if (relation === 'elsewhere')
    return { rule: 'DOM-3', problem: 'outside-subnet', api, seen, ...(device && { subnet: subnetOf(device) }) };
  if (schemes.includes(scheme)) return undefined;
  // What was secure stays so.
  const write = originWith(/^(?:https|wss)$/.test(scheme) ? (schemes[1] as string) : (schemes[0] as string), url);
  return { ...wrongScheme(api, url, schemes), write };
}

function notListed(api: DomainApi, url: ScannedUrl, list: readonly string[], domains: CompiledDomains): Refusal {
  const { host, origin: seen, scheme } = url;
  const add = { api, entry: seen };

  const withoutPort = originWith(scheme, { host, port: undefined });
  if (list.includes(withoutPort))
    return { rule: 'DOM-5', problem: 'port-written', api, seen, nearest: withoutPort, write: withoutPort, add };
  const sameHost = list.find((entry) => hostOf(entry) === host);
  if (sameHost !== undefined)
    return { rule: 'DOM-4', problem: 'other-port', api, seen, nearest: sameHost, write: sameHost, add };

  const kin = nearestIn(
    list.filter((entry) => host.endsWith(`.${hostOf(entry)}`) || hostOf(entry).endsWith(`.${host}`)),
    host,
  );
  if (kin) return { rule: 'DOM-8', problem: 'subdomain', api, seen: host, ...kin, add };

  const listedIn = (['request', 'uploadFile', 'downloadFile', 'socket'] as const).find((other) =>
    domains.of(other)?.has(seen),
  );
  if (listedIn) return { rule: 'DOM-1', problem: 'other-list', api, seen, listedIn, add };
  return { rule: 'DOM-1', problem: 'not-listed', api, seen, ...nearestIn(list, host), add };
}

function hostOf(entry: string): string {
  return entry.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
}

/** The entry whose host shares the longest ending: hosts differ at the front, mistakes too. */
function nearestIn(list: readonly string[], host: string): { readonly nearest: string } | undefined {
  let nearest: string | undefined;
  let longest = -1;
  for (const entry of list) {
    const candidate = hostOf(entry);
    let length = 0;
    while (length < candidate.length && candidate[candidate.length - 1 - length] === host[host.length - 1 - length]) {
      length++;
    }
    if (length > longest) [nearest, longest] = [entry, length];
  }
  return nearest === undefined ? undefined : { nearest };
}
