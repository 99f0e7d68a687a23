import { has } from './check-options.js';
import { SCHEME_OF, type DomainListName } from './domain-apis.js';
import { problemOfEntry } from './domain-entry.js';
import { isRecord, kindOf } from './field-text.js';
import { refusalSentence } from './refusal-words.js';

/**
 * The domains configured at 小程序后台 → 开发 → 开发设置 → 服务器域名, a list per API. An API without a list is checked for
 * scheme, address and `api.weixin.qq.com` only. Entries of `tcp` and `udp` are such as `'tcp://iot.example.com:9000'`.
 */
export type DomainLists = { readonly [Name in DomainListName]?: readonly string[] | undefined };

/** The lists, checked and ready to be looked up. */
export interface CompiledDomains {
  readonly of: (api: DomainListName) => ReadonlySet<string> | undefined;
}

/**
 * Checks the configured lists once, when they are given.
 *
 * @throws TypeError that names every bad entry, the rule it breaks and what to write instead.
 */
export function compileDomains(lists: DomainLists): CompiledDomains {
  const problems: string[] = [];
  if (!isRecord(lists)) problems.push(`domains: expected an object of lists; got ${kindOf(lists)}`);
  const sets = new Map<string, ReadonlySet<string>>();

  for (const [api, list] of Object.entries(lists as Record<string, unknown>)) {
    if (list === undefined) continue;
    if (!has(SCHEME_OF, api)) {
      problems.push(`domains.${api}: there is no such list; the lists are ${Object.keys(SCHEME_OF).join(', ')}`);
    } else if (!Array.isArray(list)) {
      problems.push(`domains.${api}: expected an array of strings; got ${kindOf(list)}`);
    } else {
      sets.set(api, compileList(api as DomainListName, list, problems));
    }
  }

  if (problems.length > 0) throw new TypeError(`rx-miniprogram: ${problems.join('\n')}`);
  return { of: (api) => sets.get(api) };
}

function compileList(api: DomainListName, list: readonly unknown[], problems: string[]): ReadonlySet<string> {
  const entries = new Set<string>();
  list.forEach((entry, index) => {
    const refusal = problemOfEntry(api, entry);
    if (refusal)
      problems.push(`domains.${api}[${index}] ${shown(entry)}: [${refusal.rule}] ${refusalSentence(refusal)}`);
    else entries.add((entry as string).toLowerCase());
  });
  return entries;
}

function shown(entry: unknown): string {
  return typeof entry === 'string' ? JSON.stringify(entry) : `(${kindOf(entry)})`;
}
