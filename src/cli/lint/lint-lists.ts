import { getDomain } from 'tldts';
import type { DomainListName } from '../../platform/domain-apis.js';
import { DOMAIN_LIST_NAMES } from '../config/domain-list-name.js';
import type { Entry } from '../config/domain-shapes.js';
import type { Project } from '../config/load-project.js';
import type { Finding } from '../finding.js';
import { findingOfEntry } from './entry-problem.js';

/** How many entries the platform takes in a list (discoveries/domain-lists.md). */
const MAX_ENTRIES = 200;

/** What the lists are good for, once the bad entries are out of the way. */
export interface LintedLists {
  readonly findings: readonly Finding[];
  /** The entries that the platform would accept: what `createNetwork` and `createSimulator` take. */
  readonly domains: { readonly [Name in DomainListName]: readonly string[] };
}

/** Checks every list and every entry. */
export function lintLists({ lists, truth, truthFile }: Project): LintedLists {
  const findings: Finding[] = [];
  const accepted = new Map<DomainListName, readonly string[]>();
  const placeOf = (entry: Entry) => truth?.placeOf(entry.path) ?? { file: truthFile };

  for (const name of DOMAIN_LIST_NAMES) {
    const entries = lists[name] ?? [];
    const good = new Map<string, Entry>();
    for (const entry of entries) {
      const problem = findingOfEntry(name, entry.text);
      if (problem) {
        const { en, zh } = problem.what;
        const what = { en: `${name} "${entry.text}": ${en}`, zh: `${name} "${entry.text}"：${zh}` };
        findings.push({ ...problem, what, place: placeOf(entry) });
        if (problem.severity === 'error') continue;
      }
      const key = entry.text.toLowerCase();
      const first = good.get(key);
      if (first) findings.push(duplicate(name, entry, placeOf(entry), placeOf(first)));
      else good.set(key, entry);
    }
    const [first] = entries;
    if (entries.length > MAX_ENTRIES && first) findings.push(tooMany(name, entries.length, placeOf(first)));
    accepted.set(name, [...good.keys()]);
  }

  const domains = Object.fromEntries(
    DOMAIN_LIST_NAMES.map((name) => [name, accepted.get(name) ?? []]),
  ) as LintedLists['domains'];
  const filing = filingNote([...accepted.values()].flat(), truthFile);
  return { findings: filing ? [...findings, filing] : findings, domains };
}

function duplicate(name: string, { text }: Entry, place: Finding['place'], first: Finding['place']): Finding {
  const at = first.line === undefined ? '' : `${first.file}:${first.line}`;
  return {
    severity: 'warning',
    rule: 'duplicate',
    place,
    what: {
      en: `${name} "${text}": it stands there twice${at && `, first at ${at}`}`,
      zh: `${name} "${text}"：重复${at && `，第一次出现在 ${at}`}`,
    },
    fix: { en: 'take one out', zh: '请删除一个' },
  };
}

function tooMany(name: string, count: number, place: Finding['place']): Finding {
  return {
    severity: 'error',
    rule: 'list-size',
    place,
    what: {
      en: `the ${name} domains have ${count} entries; the platform takes ${MAX_ENTRIES}`,
      zh: `${name} 域名有 ${count} 个，平台最多接受 ${MAX_ENTRIES} 个`,
    },
    fix: { en: 'bring some servers behind one host', zh: '请把部分服务合并到同一个域名下' },
  };
}

/** DOM-6: a filing is for a registered domain, and no code can know of it. */
function filingNote(entries: readonly string[], file: string): Finding | undefined {
  const registered = new Set(entries.map((entry) => getDomain(entry)).filter((domain) => domain !== null));
  if (registered.size === 0) return undefined;
  const names = [...registered].sort();
  const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')} …` : names.join(', ');
  return {
    severity: 'note',
    rule: 'DOM-6',
    place: { file },
    what: {
      en: `${shown}: no code can tell whether there is an ICP filing; the platform wants one`,
      zh: `${shown}：代码无法得知是否已完成 ICP 备案，而平台要求备案`,
    },
    fix: { en: 'look them up at https://beian.miit.gov.cn', zh: '请在 https://beian.miit.gov.cn 查询' },
  };
}
