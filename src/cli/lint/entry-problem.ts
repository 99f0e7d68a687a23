import { parse } from 'tldts';
import { problemOfEntry } from '../../platform/domain-entry.js';
import { SCHEME_OF, type DomainListName } from '../../platform/domain-apis.js';
import { portRefusal } from '../../platform/raw-socket-rules.js';
import { originWith, scanUrl } from '../../platform/url-scan.js';
import type { Finding } from '../finding.js';
import { wholeSuffixIn, writeWholeName } from '../public-suffix.js';
import { refusalFix, refusalText } from '../refusal-text.js';

/** What is wrong with an entry, and what to write instead. */
export type EntryProblem = Pick<Finding, 'severity' | 'rule' | 'what' | 'fix'>;

/** Judges one entry of a list: by the rules, which make it an error, and by what the public suffix list knows. */
export function findingOfEntry(list: DomainListName, entry: string): EntryProblem | undefined {
  const refusal = problemOfEntry(list, entry);
  if (refusal) return { severity: 'error', rule: refusal.rule, what: refusalText(refusal), fix: refusalFix(refusal) };

  const scanned = scanUrl(entry);
  if ('problem' in scanned) return undefined;
  const { host, port } = scanned;
  if (list === 'udp') return problemOfSuffix(host);
  if (list === 'tcp') return problemOfSuffix(host) ?? problemOfTcpPort(port);
  return problemOfSuffix(host) ?? problemOfPort(port, originWith(SCHEME_OF[list], { host, port: undefined }));
}

function problemOfSuffix(host: string): EntryProblem | undefined {
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  const suffix = publicSuffix ?? '';
  if (wholeSuffixIn(host) !== undefined) {
    return {
      severity: 'error',
      rule: 'public-suffix',
      what: {
        en: `${host} is a public suffix: nobody owns it as a whole, and it covers no subdomain (DOM-8)`,
        zh: `${host} 是公共后缀：不属于任何人，也不覆盖任何子域名（DOM-8）`,
      },
      fix: writeWholeName(host),
    };
  }
  if (isPrivate === true) {
    return {
      severity: 'warning',
      rule: 'DOM-6',
      what: {
        en: `${suffix} belongs to a hosting service; its subdomains cannot be filed in your name`,
        zh: `${suffix} 属于托管服务，其子域名无法以你的名义备案`,
      },
      fix: { en: 'use a domain of your own', zh: '请使用自己的域名' },
    };
  }
  if (isIcann === true) return undefined;
  return {
    severity: 'warning',
    rule: 'public-suffix',
    what: { en: `there is no top-level domain '${suffix}'`, zh: `不存在顶级域名 '${suffix}'` },
    fix: { en: 'look for a slip of the pen', zh: '请检查是否拼写有误' },
  };
}

/** The list takes it, but no socket gets there. */
function problemOfTcpPort(port: string | undefined): EntryProblem | undefined {
  const refusal = port === undefined ? undefined : portRefusal(Number(port));
  return refusal && { severity: 'warning', rule: refusal.rule, what: refusalText(refusal), fix: refusalFix(refusal) };
}

function problemOfPort(port: string | undefined, origin: string): EntryProblem | undefined {
  if (port !== '443') return undefined;
  return {
    severity: 'warning',
    rule: 'DOM-4',
    what: {
      en: 'it allows only URLs that write :443, which few do',
      zh: '它只允许明确写出 :443 的 URL，而通常没有人这样写',
    },
    fix: { en: `write ${origin}`, zh: `请写 ${origin}` },
  };
}
