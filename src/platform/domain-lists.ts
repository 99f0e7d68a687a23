import { originWith, scanUrl } from './url-scan.js';

/** The APIs that have a list of domains of their own (DOM-1). */
export type DomainApi = 'request' | 'uploadFile' | 'downloadFile' | 'socket';

/**
 * The domains configured at 小程序后台 → 开发 → 开发设置 → 服务器域名, a list per API.
 * An API without a list is checked for scheme, address and `api.weixin.qq.com` only.
 */
export type DomainLists = { readonly [Api in DomainApi]?: readonly string[] | undefined } & {
  /** Beside them in the console; not compared with URLs, so that the same object may go everywhere. */
  readonly [Peer in 'tcp' | 'udp']?: readonly string[] | undefined;
};

/** The lists, checked and ready to be looked up. */
export interface CompiledDomains {
  readonly of: (api: DomainApi) => ReadonlySet<string> | undefined;
}

/** DOM-2: the scheme that an API's list, and so its calls, must have. */
export const SCHEME_OF: { readonly [Api in DomainApi]: 'https' | 'wss' } = {
  request: 'https',
  uploadFile: 'https',
  downloadFile: 'https',
  socket: 'wss',
};

/** DOM-7: the one host that can be neither configured nor called. */
export const FORBIDDEN_HOST = 'api.weixin.qq.com';

/**
 * Checks the configured lists once, when they are given.
 *
 * @throws TypeError that names every bad entry, the rule it breaks and what to write instead.
 */
export function compileDomains(lists: DomainLists): CompiledDomains {
  const problems: string[] = [];
  const sets = new Map<string, ReadonlySet<string>>();

  for (const [api, list] of Object.entries(lists as Record<string, unknown>)) {
    if (list === undefined || api === 'tcp' || api === 'udp') continue;
    if (!isDomainApi(api)) {
      problems.push(`domains.${api}: there is no such list; the lists are ${Object.keys(SCHEME_OF).join(', ')}`);
    } else if (!Array.isArray(list)) {
      problems.push(`domains.${api}: expected an array of strings; got ${typeof list}`);
    } else {
      sets.set(api, compileList(api, list, problems));
    }
  }

  if (problems.length > 0) throw new TypeError(`rx-miniprogram: ${problems.join('\n')}`);
  return { of: (api) => sets.get(api) };
}

function compileList(api: DomainApi, list: readonly unknown[], problems: string[]): ReadonlySet<string> {
  const entries = new Set<string>();
  list.forEach((entry, index) => {
    const problem = problemOfEntry(api, entry);
    if (problem) problems.push(`domains.${api}[${index}] ${shown(entry)}: ${problem}`);
    else entries.add((entry as string).toLowerCase());
  });
  return entries;
}

function problemOfEntry(api: DomainApi, entry: unknown): string | undefined {
  const scheme = SCHEME_OF[api];
  if (typeof entry !== 'string') return `expected a string such as "${scheme}://api.example.com"`;
  if (entry.includes('*')) return '[DOM-8] there are no wildcards; list each subdomain';

  const scanned = scanUrl(entry);
  if ('problem' in scanned) return `[${scanned.rule}] ${scanned.problem}`;
  if (scanned.scheme !== scheme)
    return `[DOM-2] the ${api} domains take ${scheme} only; write "${originWith(scheme, scanned)}"`;
  if (scanned.rest !== '') return `[DOM-1] an entry has no path or query; write "${scanned.origin}"`;
  if (scanned.hostKind !== 'name') return `[DOM-3] an entry cannot be an IP address or localhost`;
  if (!scanned.host.includes('.')) return `[DOM-1] a domain has at least one dot`;
  if (scanned.host === FORBIDDEN_HOST)
    return `[DOM-7] ${FORBIDDEN_HOST} cannot be configured; call it from your server`;
  return undefined;
}

function shown(entry: unknown): string {
  if (typeof entry === 'string') return JSON.stringify(entry);
  return entry === null ? '(null)' : `(${typeof entry})`;
}

function isDomainApi(api: string): api is DomainApi {
  return Object.prototype.hasOwnProperty.call(SCHEME_OF, api);
}
