import { domainError } from '../operators/allow-domains.js';
import type { DomainApi } from '../platform/domain-apis.js';
import { FORBIDDEN_CHARACTER } from '../platform/url-scan.js';
import type { NetworkError } from '../platform/network-error.js';
import type { NetworkInternals } from './internals.js';

/**
 * Compares an address with the list of its API (DOM-*, LAN-1); where the network only warns, it warns once an origin.
 *
 * @throws NetworkError `domain-not-allowed` or `invalid-url`.
 */
export function refuseUnlisted(network: NetworkInternals, api: DomainApi, url: string): void {
  const { allowed } = network;
  const { domains, device } = network.settings;
  const before = allowed[api];
  if (before !== undefined && url.startsWith(before) && !FORBIDDEN_CHARACTER.test(url)) return;
  refuse(network, domainError(api, url, domains, device?.()), url);
  const end = url.indexOf('/', url.indexOf('://') + 3);
  if (end !== -1 && domains.of(api)?.has(url.slice(0, end).toLowerCase())) allowed[api] = url.slice(0, end + 1);
}

/** Throws a refusal, if there is one; where the network only warns, it warns once an origin. */
export function refuse({ settings, warn }: NetworkInternals, refusal: NetworkError | undefined, url: string): void {
  if (!refusal) return;
  if (settings.onRefusal !== 'warn') throw refusal;
  warn(`${refusal.rule} ${url.split('/').slice(0, 3).join('/')}`, refusal.message);
}
