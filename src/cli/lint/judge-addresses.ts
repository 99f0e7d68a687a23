import { SCHEME_OF, type DomainApi } from '../../platform/domain-apis.js';
import { compileDomains, type CompiledDomains } from '../../platform/domain-lists.js';
import { checkDomain } from '../../platform/domain-rule.js';
import type { ListEntry } from '../../platform/refusal.js';
import { originWith, scanUrl } from '../../platform/url-scan.js';
import type { Finding, Place } from '../finding.js';
import type { Said } from '../language.js';
import type { CalledAddress, LostAddress } from './followed-app.js';
import type { LintedLists } from './lint-lists.js';
import { entryToAdd, refusalFix, refusalText } from '../refusal-text.js';
import { findingOfEntry } from './entry-problem.js';

/** The addresses of one host and one API. */
export interface CalledHost {
  readonly api: DomainApi;
  /** What the list would have to say; the address itself, where that is none. */
  readonly origin: string;
  readonly calls: readonly CalledAddress[];
}

/** Groups what is called by API and by scheme, host and port: one thing to do is one finding. */
export function calledHosts(called: readonly CalledAddress[]): readonly CalledHost[] {
  const hosts = new Map<string, { api: DomainApi; origin: string; calls: CalledAddress[] }>();
  for (const call of called) {
    const scanned = scanUrl(call.url);
    const origin = 'problem' in scanned ? call.url : scanned.origin;
    const key = `${call.api} ${origin}`;
    const host = hosts.get(key);
    if (host) host.calls.push(call);
    else hosts.set(key, { api: call.api, origin, calls: [call] });
  }
  return [...hosts.values()];
}

/** Compares what is called with the lists. Without lists only what holds for any is checked. */
export function judgeHosts(hosts: readonly CalledHost[], domains: LintedLists['domains'] | undefined): Finding[] {
  const compiled = compileDomains(domains ?? {});
  return hosts.flatMap((host) => {
    const finding = judged(host, compiled);
    return finding ? [finding] : [];
  });
}

function judged({ api, calls }: CalledHost, domains: CompiledDomains): Finding | undefined {
  const [first] = calls;
  if (!first) return undefined;
  const { url } = first;
  const places = distinct(calls.map(({ place }) => place));
  const [place = first.place, ...also] = places;
  if (url.startsWith('//')) return { ...withoutScheme(api, url, domains), place, also };

  const refusal = checkDomain(api, url, domains);
  if (!refusal) return undefined;
  const { rule } = refusal;
  const what = refusalText(refusal);
  // The entry alone would not do where the URL is to be written in another way, too.
  const add = rule === 'DOM-2' ? undefined : entryToAdd(refusal);
  const adding = add && { add: { list: add.api, entry: add.entry } };
  if (calls.every(({ development }) => development)) {
    const said = { en: `only while developing, as it seems: ${what.en}`, zh: `看起来仅用于开发环境：${what.zh}` };
    return { severity: 'note', rule, place, also, what: said };
  }
  if (calls.every(({ thirdParty }) => thirdParty)) {
    const said = { en: `somebody else's code calls it: ${what.en}`, zh: `第三方代码会调用：${what.zh}` };
    return { severity: 'warning', rule, place, also, what: said, fix: add && addText(add, undefined, true), ...adding };
  }
  const fix = add ? addText(add, refusal.write, false) : refusalFix(refusal);
  return { severity: 'error', rule, place, also, what, fix, ...adding };
}

/** `//cdn.example.com/a.png`: a browser takes the page's scheme; here there is no page. */
function withoutScheme(
  api: DomainApi,
  url: string,
  domains: CompiledDomains,
): Pick<Finding, 'severity' | 'rule' | 'what' | 'fix'> {
  const written = `${SCHEME_OF[api]}:${url}`;
  // What else is wrong with it would be told only next time.
  const next = checkDomain(api, written, domains);
  const add = next && entryToAdd(next);
  const fix = {
    en: `write ${written}${add ? `, and ${addText(add, undefined, false).en}` : ''}`,
    zh: `请写 ${written}${add ? `，并${addText(add, undefined, false).zh.replace('请', '')}` : ''}`,
  };
  return {
    severity: 'error',
    rule: 'DOM-1',
    what: {
      en: `${url} has no scheme, and is no URL here: there is no page whose scheme it could take`,
      zh: `${url} 没有协议，在小程序里不是合法的 URL：没有网页可以继承协议`,
    },
    fix: next && !add ? refusalFix(next) : fix,
  };
}

/** What to add; nothing, where no entry would help. */
export function entryFor(api: DomainApi, url: string): string | undefined {
  const scanned = scanUrl(url);
  if ('problem' in scanned || scanned.hostKind !== 'name') return undefined;
  const entry = originWith(SCHEME_OF[api], scanned);
  return scanned.scheme === SCHEME_OF[api] && findingOfEntry(api, entry)?.severity !== 'error' ? entry : undefined;
}

function addText({ api, entry }: ListEntry, write: string | undefined, ifUsed: boolean): Said {
  return {
    en: `${write === undefined ? '' : `write ${write}, or `}add ${entry} to the ${api} domains${ifUsed ? ', if that part of it is used' : ''}`,
    zh: `${write === undefined ? '' : `请写 ${write}，或`}在 ${api} 域名中添加 ${entry}${ifUsed ? '（如果用到了这部分功能）' : ''}`,
  };
}

/** What could not be followed: a note that names the place. */
export function lostNote({ api, place, written }: LostAddress): Finding {
  return {
    severity: 'note',
    rule: 'lost',
    place,
    what: {
      en: `the address of a ${api} call was lost here: ${written} is known only when the app runs`,
      zh: `${api} 调用的地址在这里断了线索：${written} 只有运行时才知道`,
    },
    fix: {
      en: "add its domain by hand, or see it with 'rx-miniprogram run'",
      zh: "请手动添加它的域名，或用 'rx-miniprogram run' 查看",
    },
  };
}

function distinct(places: readonly Place[]): Place[] {
  const seen = new Map<string, Place>();
  for (const place of places) seen.set(`${place.file}:${place.line ?? 0}:${place.column ?? 0}`, place);
  return [...seen.values()];
}
