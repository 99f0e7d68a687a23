import { scanUrl } from '../../platform/url-scan.js';

/** The lists of TCP and UDP, as they are configured beside the others (platform-facts §3). */
export interface PeerDomains {
  /** Such as `'tcp://iot.example.com:9000'`; without a port, any that is not forbidden. */
  readonly tcp?: readonly string[] | undefined;
  /** Such as `'udp://iot.example.com:9000'`; without a port, any. */
  readonly udp?: readonly string[] | undefined;
}

/** The lists, checked: `host:port` or `host`. */
export interface PeerLists {
  readonly tcp: ReadonlySet<string>;
  readonly udp: ReadonlySet<string>;
}

/**
 * Checks the lists once, when they are given.
 *
 * - Evidence: both lists exist; entries of the UDP one begin with `udp://` (platform-facts §3)
 * - Not known: how an entry of the TCP list is spelt. `tcp://host:port` is assumed
 *
 * @throws TypeError that names every bad entry.
 */
export function compilePeers({ tcp = [], udp = [] }: PeerDomains): PeerLists {
  const problems: string[] = [];
  const compiled = (scheme: 'tcp' | 'udp', list: readonly unknown[]) => {
    if (!Array.isArray(list)) {
      problems.push(`domains.${scheme}: expected an array of strings; got ${typeof list}`);
      return new Set<string>();
    }
    return new Set(list.map((entry, index) => hostAndPort(scheme, entry, `domains.${scheme}[${index}]`, problems)));
  };

  const lists = { tcp: compiled('tcp', tcp), udp: compiled('udp', udp) };
  if (problems.length > 0) throw new TypeError(`createSimulator: ${problems.join('\n')}`);
  return lists;
}

function hostAndPort(scheme: string, entry: unknown, where: string, problems: string[]): string {
  const scanned = typeof entry === 'string' ? scanUrl(entry) : undefined;
  if (!scanned || 'problem' in scanned || scanned.scheme !== scheme || scanned.rest !== '') {
    problems.push(`${where}: expected a text such as "${scheme}://iot.example.com:9000"; got ${JSON.stringify(entry)}`);
    return '';
  }
  if (scanned.hostKind !== 'name') {
    problems.push(`${where}: [DOM-3] an entry cannot be an IP address or localhost; got ${JSON.stringify(entry)}`);
  }
  return scanned.port === undefined ? scanned.host : `${scanned.host}:${scanned.port}`;
}
