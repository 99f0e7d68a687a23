import type { DomainApi } from '../../platform/domain-lists.js';
import { checkDomain } from '../../platform/domain-rule.js';
import { FORBIDDEN_CHARACTER, scanUrl } from '../../platform/url-scan.js';
import type { Settings } from '../settings.js';
import type { Failure } from './failure.js';

/**
 * Decides whether a URL may be called: DOM-1 … DOM-5, DOM-7, DOM-8 and LAN-1. Asked for the call itself and again
 * for each hop of a redirect.
 *
 * - Evidence: the rules of record; texts and numbers in platform-facts §1.2
 * - Switch on the device: 不校验合法域名, here `urlCheck: false`; scheme and syntax are checked all the same
 */
export function admissionFailure(api: DomainApi, url: string, settings: Settings): Failure | undefined {
  const { urlCheck, domains, device, wssPorts } = settings;
  if (FORBIDDEN_CHARACTER.test(url) || !URL.canParse(url)) {
    const scanned = scanUrl(url);
    return { kind: 'invalid-url', url, detail: 'problem' in scanned ? scanned.problem : 'it is not a URL' };
  }

  // As a parser reads it: nothing in front of it that a parser would read over has come this far.
  const protocol = url.slice(0, url.indexOf(':') + 1).toLowerCase();
  if (api === 'socket') {
    // The words for another scheme are not known. To a client of WebSockets it is no URL at all.
    if (protocol !== 'wss:' && protocol !== 'ws:')
      return {
        kind: 'invalid-url',
        rule: 'DOM-2',
        url,
        detail: `connectSocket takes wss:// only, and this is ${protocol}//; write wss://`,
      };
  } else if (protocol !== 'https:' && protocol !== 'http:') {
    return {
      kind: 'protocol',
      rule: 'DOM-2',
      detail: `${api} takes https:// only, and this is ${protocol}//; write https://`,
    };
  }
  if (!urlCheck) return undefined;

  const refusal = checkDomain(api, url, domains, device);
  if (api === 'socket' && wssPorts === 'any' && (refusal?.rule === 'DOM-4' || refusal?.rule === 'DOM-5'))
    return undefined;
  // What the library calls an invalid URL may be valid to the platform, but it is in nobody's list.
  return refusal && { kind: 'not-in-domain-list', rule: refusal.rule, detail: refusal.detail };
}
