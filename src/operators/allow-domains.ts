import { filter, type Observable } from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import type { DomainApi } from '../platform/domain-apis.js';
import { compileDomains, type CompiledDomains, type DomainLists } from '../platform/domain-lists.js';
import { checkDomain } from '../platform/domain-rule.js';
import type { DeviceAddress } from '../platform/lan-address.js';
import type { NetworkError } from '../platform/network-error.js';
import { refusalError } from '../platform/refusal-words.js';

/** What is allowed. */
export interface DomainPolicy {
  /** The configured lists. Without one for the API only scheme, address and `api.weixin.qq.com` are checked. */
  readonly domains?: DomainLists | undefined;
  /** Whose list counts. @defaultValue `'request'` */
  readonly api?: DomainApi | undefined;
  /**
   * Tells the device's own address, from `wx.getLocalIPAddress`, for LAN-1. While it is not known, private addresses
   * pass and the platform decides.
   */
  readonly device?: (() => DeviceAddress | undefined) | undefined;
}

/** What becomes of a refused request. */
export interface AllowDomainsOptions {
  /** Gets each refusal; the request is dropped and the stream goes on. @defaultValue the stream ends with the refusal */
  readonly onRefused?: ((error: NetworkError) => void) | undefined;
}

/**
 * Lets a request pass only when a configured domain allows its URL, as it is written (DOM-1 … DOM-8, LAN-1).
 *
 * ```text
 * source  --a--x--b|      a, b: listed; x: not
 * result  --a--#
 * result  --a-----b|      with onRefused
 * ```
 *
 * The refusal is a `domain-not-allowed` or `invalid-url` error that names the rule, what was seen, the nearest configured
 * entry, and what to do.
 *
 * @example
 * ```ts
 * of({ url: 'https://img.example.com/a.png' }).pipe(
 *   allowDomains({ domains: { request: ['https://example.com'] } }),
 *   mergeMap((request) => request$(request)),
 * );
 * // domain-not-allowed [DOM-8]: https://example.com does not cover img.example.com … add https://img.example.com to the request domains
 * ```
 *
 * @throws TypeError for an unknown option, and when a list has an entry that the platform would not accept; it names each, and what to write.
 */
export function allowDomains(
  policy: DomainPolicy = {},
  options: AllowDomainsOptions = {},
): <Request extends { readonly url: string }>(source: Observable<Request>) => Observable<Request> {
  checkOptions('allowDomains', policy, POLICY);
  checkOptions('allowDomains', options, OPTIONS);
  const { domains = {}, api = 'request', device } = policy;
  const { onRefused } = options;
  const compiled = compileDomains(domains);

  return (source) =>
    source.pipe(
      filter((request) => {
        const error = domainError(api, request.url, compiled, device?.());
        if (!error) return true;
        if (!onRefused) throw error;
        onRefused(error);
        return false;
      }),
    );
}

const POLICY: KindsOf<DomainPolicy> = {
  domains: 'object',
  api: ['request', 'uploadFile', 'downloadFile', 'socket'],
  device: 'function',
};
const OPTIONS: KindsOf<AllowDomainsOptions> = { onRefused: 'function' };

/** The refusal of one URL as the library's error, or `undefined` when it may be called. */
export function domainError(
  api: DomainApi,
  url: string,
  domains: CompiledDomains,
  device: DeviceAddress | undefined,
): NetworkError | undefined {
  const refusal = checkDomain(api, url, domains, device);
  return refusal && refusalError(refusal, { api: api === 'socket' ? 'connectSocket' : api, url });
}
