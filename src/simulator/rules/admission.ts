import { wrongScheme } from '../../platform/domain-entry.js';
import { SCHEME_OF, type DomainApi } from '../../platform/domain-apis.js';
import { checkDomain } from '../../platform/domain-rule.js';
import { FORBIDDEN_CHARACTER, scanUrl } from '../../platform/url-scan.js';
import type { DeviceAddress } from '../../platform/lan-address.js';
import type { Refusal } from '../../platform/refusal.js';
import { isRefusedForPort } from '../../platform/wss-ports.js';
import type { Settings } from '../settings.js';
import type { Failure } from './failure.js';

/**
 * Decides whether a URL may be called: DOM-1 … DOM-5, DOM-7, DOM-8 and LAN-1. Asked for the call itself and again
 * for each hop of a redirect.
 *
 * - Evidence: discoveries/rules.md; texts and numbers in discoveries/failures.md#words
 * - Switch on the device: 不校验合法域名, here `urlCheck: false`; scheme and syntax are checked all the same
 */
export function admissionFailure(
  api: DomainApi,
  url: string,
  settings: Settings,
  device: DeviceAddress,
): Failure | undefined {
  const { urlCheck, domains, wssPorts } = settings;
  if (FORBIDDEN_CHARACTER.test(url) || !URL.canParse(url)) {
    const scanned = scanUrl(url);
    return { kind: 'invalid-url', url, refusal: 'problem' in scanned ? scanned : undefined };
  }

  // As a parser reads it: nothing in front of it that a parser would read over has come this far.
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  const schemes = api === 'socket' ? ['wss', 'ws'] : ['https', 'http'];
  if (!schemes.includes(scheme)) {
    const refusal = (urlCheck && checkDomain(api, url, domains, device)) || schemeRefusal(api, url);
    // The words for another scheme are not known. To a client of WebSockets it is no URL at all.
    return api === 'socket' ? { kind: 'invalid-url', url, refusal } : { kind: 'protocol', refusal };
  }
  if (!urlCheck) return undefined;

  const refusal = checkDomain(api, url, domains, device);
  // What the library calls an invalid URL may be valid to the platform, but it is in nobody's list.
  if (!refusal || (wssPorts === 'any' && isRefusedForPort(refusal))) return undefined;
  // A console's words; whether `errMsg` has them is not known.
  const list = settings.runsAs === 'plugin' ? { list: "plugin's domain list" } : {};
  return { kind: 'not-in-domain-list', refusal, ...list };
}

/** Without 校验合法域名 any host will do, once the scheme is right. */
function schemeRefusal(api: DomainApi, url: string): Refusal {
  const scanned = scanUrl(url);
  return 'problem' in scanned ? scanned : wrongScheme(api, scanned, [SCHEME_OF[api]]);
}
