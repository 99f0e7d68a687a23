import { domainError } from '../operators/allow-domains.js';
import type { DomainApi } from '../platform/domain-lists.js';
import type { Network } from './create-network.js';

/**
 * Compares an address with the list of its API (DOM-*, LAN-1); where the network only warns, it warns once an origin.
 *
 * @throws NetworkError `domain-not-allowed` or `invalid-url`.
 */
export function refuseUnlisted({ options, domains, warn }: Network, api: DomainApi, url: string): void {
  const refusal = domainError(api, url, domains, options.device?.());
  if (!refusal) return;
  if (options.onRefusal !== 'warn') throw refusal;
  warn(`${refusal.rule} ${url.split('/').slice(0, 3).join('/')}`, refusal.message);
}
