import { FORBIDDEN_HOST, SCHEME_OF, type CompiledDomains, type DomainApi } from './domain-lists.js';
import { lanRelation, type DeviceAddress } from './lan-address.js';
import { FORBIDDEN_CHARACTER, originWith, scanUrl, type ScannedUrl } from './url-scan.js';

/** The clauses of the platform's page that can refuse an address. */
export type DomainRuleId = 'DOM-1' | 'DOM-2' | 'DOM-3' | 'DOM-4' | 'DOM-5' | 'DOM-7' | 'DOM-8' | 'LAN-1';

/** Why a URL may not be called, and what to do about it. */
export interface DomainRefusal {
  readonly code: 'domain-not-allowed' | 'invalid-url';
  readonly rule: DomainRuleId;
  /** What was seen, the nearest configured entry, and the fix. */
  readonly detail: string;
  /** The configured entry that comes closest, if any does. */
  readonly nearest?: string;
}

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
): DomainRefusal | undefined {
  const origin = ORIGIN.exec(url)?.[1];
  if (origin !== undefined && domains.of(api)?.has(origin.toLowerCase()) && !FORBIDDEN_CHARACTER.test(url))
    return undefined;

  const scanned = scanUrl(url);
  if ('problem' in scanned) {
    return {
      code: 'invalid-url',
      rule: scanned.rule,
      detail: `the URL cannot be compared with a list: ${scanned.problem}`,
    };
  }
  return refusalOf(api, scanned, domains, device);
}

function refusalOf(
  api: DomainApi,
  url: ScannedUrl,
  domains: CompiledDomains,
  device: DeviceAddress | undefined,
): DomainRefusal | undefined {
  const scheme = SCHEME_OF[api];
  if (url.hostKind === 'ipv4') return lanRefusal(api, url, device);
  if (url.hostKind === 'localhost') {
    return refusal(
      'DOM-3',
      `${url.host} is the phone itself; use a configured domain, or an address on the local network`,
    );
  }
  if (url.host === FORBIDDEN_HOST) {
    return refusal(
      'DOM-7',
      `${FORBIDDEN_HOST} cannot be called from a mini program; keep the AppSecret on your server and let it call`,
    );
  }
  const list = domains.of(api);
  if (url.scheme !== scheme) return wrongScheme(api, url, list);
  return list && notListed(api, url, [...list], domains);
}

function wrongScheme(api: DomainApi, url: ScannedUrl, list: ReadonlySet<string> | undefined): DomainRefusal {
  const scheme = SCHEME_OF[api];
  const origin = originWith(scheme, url);
  const detail = `${api} takes ${scheme}:// only; got ${url.origin}; write ${origin}`;
  if (!list) return refusal('DOM-2', detail);
  if (list.has(origin)) return refusal('DOM-2', detail, origin);
  return refusal('DOM-2', `${detail}, and ${toAdd(api, origin)}`, nearestTo(url.host, [...list]));
}

function lanRefusal(api: DomainApi, url: ScannedUrl, device: DeviceAddress | undefined): DomainRefusal | undefined {
  const schemes = api === 'socket' ? ['ws', 'wss'] : ['http', 'https'];
  if (!schemes.includes(url.scheme)) {
    return refusal('DOM-2', `${api} takes ${schemes.join(':// or ')}:// on the local network; got ${url.origin}`);
  }
  switch (lanRelation(url.host, device)) {
    case 'own':
      return refusal(
        'LAN-1',
        `${url.host} is the device's own address; use its neighbours, such as your computer by its own address on the local network`,
      );
    case 'elsewhere':
      return refusal(
        'DOM-3',
        `${url.host} is an IP address outside the device's own subnet${device ? ` (${device.localip} / ${device.netmask ?? 'netmask unknown'})` : ''}; ` +
          'use a configured domain',
      );
    default:
      return undefined;
  }
}

function notListed(api: DomainApi, url: ScannedUrl, list: readonly string[], domains: CompiledDomains): DomainRefusal {
  const add = toAdd(api, url.origin);

  const withoutPort = originWith(url.scheme, { host: url.host, port: undefined });
  if (list.includes(withoutPort)) {
    return refusal(
      'DOM-5',
      `${withoutPort} is listed without a port, so the URL may not name one, not even :443; take :${url.port} off, or ${add}`,
      withoutPort,
    );
  }
  const sameHost = list.find((entry) => hostOf(entry) === url.host);
  if (sameHost !== undefined) {
    return refusal('DOM-4', `${sameHost} allows exactly that port; got ${url.origin}; use it, or ${add}`, sameHost);
  }

  const kin = nearestTo(
    url.host,
    list.filter((entry) => url.host.endsWith(`.${hostOf(entry)}`) || hostOf(entry).endsWith(`.${url.host}`)),
  );
  if (kin !== undefined) {
    return refusal(
      'DOM-8',
      `${kin} does not cover ${url.host}: a domain covers neither its subdomains nor its parent; ${add}`,
      kin,
    );
  }

  const otherApi = (Object.keys(SCHEME_OF) as DomainApi[]).find(
    (other) => other !== api && domains.of(other)?.has(url.origin),
  );
  if (otherApi !== undefined) {
    return refusal(
      'DOM-1',
      `${url.origin} is in the ${otherApi} domains, and each API has a list of its own; ${add}`,
      url.origin,
    );
  }

  const nearest = nearestTo(url.host, list);
  const hint = nearest === undefined ? '' : `; the nearest is ${nearest}`;
  return refusal('DOM-1', `${url.origin} is not in the ${api} domains${hint}; ${add}`, nearest);
}

function toAdd(api: DomainApi, origin: string): string {
  return `add ${origin} to the ${api} domains (小程序后台 → 开发 → 开发设置 → 服务器域名)`;
}

function hostOf(entry: string): string {
  return entry.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');
}

/** The entry whose host shares the longest ending: hosts differ at the front, mistakes too. */
function nearestTo(host: string, list: readonly string[]): string | undefined {
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
  return nearest;
}

function refusal(rule: DomainRuleId, detail: string, nearest?: string): DomainRefusal {
  return { code: 'domain-not-allowed', rule, detail, ...(nearest !== undefined && { nearest }) };
}
