import { SCHEME_OF, type DomainApi } from '../../platform/domain-apis.js';
import { compileDomains, type DomainLists } from '../../platform/domain-lists.js';
import { checkDomain } from '../../platform/domain-rule.js';
import { scanUrl } from '../../platform/url-scan.js';
import { refusalFix, refusalText } from '../refusal-text.js';
import { ownDomain } from '../request/own-domain.js';
import { check, type Check } from './check.js';

/** Which list a URL is compared with. */
export function apiOf(url: string): DomainApi {
  return /^wss?:/i.test(url) ? 'socket' : 'request';
}

/** Compares a URL with the lists, that of its API: DOM-*, and what a port means for them. */
export function addressChecks(url: string, domains: DomainLists | undefined, api = apiOf(url)): Check[] {
  const own = ownDomain(url.replace(/^ws/i, 'http')).map((entry) => entry.replace(/^https/, SCHEME_OF[api]));
  const refusal = checkDomain(api, url, compileDomains(domains ?? { [api]: own }));
  if (refusal) {
    const { en, zh } = refusalText(refusal);
    const fix = refusalFix(refusal);
    return [
      check(
        refusal.rule,
        'bad',
        [en, zh],
        ['the platform refuses the call: url not in domain list', '平台会拒绝：url not in domain list'],
        fix && [fix.en, fix.zh],
      ),
    ];
  }
  const scanned = scanUrl(url);
  if ('problem' in scanned) return [];
  const { origin, port, hostKind } = scanned;
  const checks: Check[] = [];
  if (hostKind === 'ipv4') {
    checks.push(
      check(
        'LAN-1',
        'note',
        [`${origin} is on a local network`, `${origin} 是局域网地址`],
        ['only phones on the same subnet reach it', '只有同一子网内的手机可以访问'],
      ),
    );
  } else if (domains) {
    checks.push(check('DOM-1', 'good', [`${origin} is in the ${api} domains`, `${origin} 在 ${api} 合法域名中`]));
  }
  if (port !== undefined && hostKind === 'name' && !domains) {
    checks.push(
      check(
        'DOM-4',
        'note',
        [`the URL names port ${port}`, `URL 带有端口 ${port}`],
        [
          'an entry allows exactly the port that it names, and none allows a URL that names one',
          '配置项只允许与其完全相同的端口；不带端口的配置项不允许带端口的 URL',
        ],
        port === '443'
          ? ['leave :443 out, in the URL and in the entry', '请在 URL 和配置中都去掉 :443']
          : [`configure ${origin}`, `请配置 ${origin}`],
      ),
    );
  }
  return checks;
}
