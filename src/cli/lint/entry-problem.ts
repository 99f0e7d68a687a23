import { parse } from 'tldts';
import { FORBIDDEN_HOST } from '../../platform/domain-lists.js';
import { originWith, scanUrl } from '../../platform/url-scan.js';
import { DOMAIN_LIST_NAMES, SCHEME_OF_LIST, type DomainListName } from '../config/domain-list-name.js';
import type { Finding } from '../finding.js';
import { same, type Said } from '../language.js';

/** What is wrong with an entry, and what to write instead. */
export type EntryProblem = Pick<Finding, 'severity' | 'rule' | 'what' | 'fix'>;

/** Judges one entry of a list by itself: DOM-1 … DOM-8, and what the public suffix list knows. */
export function problemOfEntry(list: DomainListName, entry: string): EntryProblem | undefined {
  const scheme = SCHEME_OF_LIST[list];
  const text = entry.trim();
  if (text !== entry) return error('DOM-1', 'there is a space around it', '前后有空格', write(text));
  if (text.includes('*')) {
    return error('DOM-8', 'there are no wildcards', '不支持通配符', {
      en: 'list each subdomain that is called',
      zh: '请逐个列出要访问的子域名',
    });
  }
  if (!text.includes('://') && !('problem' in scanUrl(`${scheme}://${text}`))) {
    return error('DOM-2', 'it has no scheme', '缺少协议', write(`${scheme}://${text}`));
  }

  const scanned = scanUrl(text);
  if ('problem' in scanned) return error(scanned.rule, scanned.problem, `不是可以比较的域名：${scanned.problem}`);

  const { host, port, hostKind, rest } = scanned;
  if (hostKind !== 'name') {
    return error(
      'DOM-3',
      `${host} cannot be configured: no IP address and no localhost`,
      `${host} 不能配置：不能是 IP 地址或 localhost`,
      {
        en: 'take it out; an address on the local network needs no entry (LAN-1)',
        zh: '请删除；局域网地址不需要配置（LAN-1）',
      },
    );
  }
  if (host === FORBIDDEN_HOST) {
    return error('DOM-7', `${FORBIDDEN_HOST} cannot be configured`, `${FORBIDDEN_HOST} 不能配置`, {
      en: 'take it out; let your server call it, where the AppSecret is safe',
      zh: '请删除；由你的服务器调用，AppSecret 只能放在服务器上',
    });
  }
  if (scanned.scheme !== scheme) return otherScheme(list, scanned.scheme, originWith(scheme, scanned), scanned.origin);
  if (rest !== '') {
    const what = rest === '/' ? ['a slash at the end', '末尾的斜杠'] : ['a path or query', '路径或参数'];
    return error(
      'DOM-1',
      `an entry has no ${what[0]?.replace(/^an? /, '')}`,
      `不能带${what[1]}`,
      write(scanned.origin),
    );
  }
  if (!host.includes('.')) return error('DOM-1', 'a domain has at least one dot', '域名至少要有一个点');
  return problemOfSuffix(host) ?? problemOfPort(port, originWith(scheme, { host, port: undefined }));
}

function otherScheme(list: DomainListName, scheme: string, origin: string, written: string): EntryProblem {
  const home = DOMAIN_LIST_NAMES.find((name) => SCHEME_OF_LIST[name] === scheme);
  const takes = SCHEME_OF_LIST[list];
  if (home === undefined || home === list) {
    return error('DOM-2', `the ${list} domains take ${takes}:// only`, `${list} 域名只能是 ${takes}://`, write(origin));
  }
  return error(
    'DOM-2',
    `the ${list} domains take ${takes}:// only; ${scheme}:// belongs in another list`,
    `${list} 域名只能是 ${takes}://；${scheme}:// 属于另一个列表`,
    { en: `move ${written} to the ${home} domains`, zh: `请把 ${written} 移到 ${home} 域名` },
  );
}

function problemOfSuffix(host: string): EntryProblem | undefined {
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  if (publicSuffix === host) {
    return error(
      'public-suffix',
      `${host} is a public suffix: nobody owns it as a whole, and it covers no subdomain (DOM-8)`,
      `${host} 是公共后缀：不属于任何人，也不覆盖任何子域名（DOM-8）`,
      { en: `write the whole name, such as api.example.${host}`, zh: `请写完整域名，例如 api.example.${host}` },
    );
  }
  if (isPrivate === true) {
    return warning(
      'DOM-6',
      `${publicSuffix ?? ''} belongs to a hosting service; its subdomains cannot be filed in your name`,
      `${publicSuffix ?? ''} 属于托管服务，其子域名无法以你的名义备案`,
      { en: 'use a domain of your own', zh: '请使用自己的域名' },
    );
  }
  if (isIcann === true) return undefined;
  return warning(
    'public-suffix',
    `there is no top-level domain '${publicSuffix ?? ''}'`,
    `不存在顶级域名 '${publicSuffix ?? ''}'`,
    { en: 'look for a slip of the pen', zh: '请检查是否拼写有误' },
  );
}

function problemOfPort(port: string | undefined, origin: string): EntryProblem | undefined {
  if (port !== '443') return undefined;
  return warning(
    'DOM-4',
    'it allows only URLs that write :443, which few do',
    '它只允许明确写出 :443 的 URL，而通常没有人这样写',
    write(origin),
  );
}

function write(entry: string): Said {
  return { en: `write ${entry}`, zh: `请写 ${entry}` };
}

function error(rule: Finding['rule'], en: string, zh: string, fix?: Said): EntryProblem {
  return { severity: 'error', rule, what: { en, zh }, fix };
}

function warning(rule: Finding['rule'], en: string, zh: string, fix: Said = same('')): EntryProblem {
  return { severity: 'warning', rule, what: { en, zh }, fix };
}
