import { domainError } from '../operators/allow-domains.js';
import type { DomainApi } from '../platform/domain-lists.js';
import type { NetworkError } from '../platform/network-error.js';
import type { Network } from './create-network.js';

/**
 * Compares an address with the list of its API (DOM-*, LAN-1); where the network only warns, it warns once an origin.
 *
 * @throws NetworkError `domain-not-allowed` or `invalid-url`.
 */
export function refuseUnlisted(network: Network, api: DomainApi, url: string): void {
  refuse(network, domainError(api, url, network.domains, network.options.device?.()), url);
}

/** Throws a refusal, if there is one; where the network only warns, it warns once an origin. */
export function refuse({ options, warn }: Network, refusal: NetworkError | undefined, url: string): void {
  if (!refusal) return;
  if (options.onRefusal !== 'warn') throw refusal;
  warn(`${refusal.rule} ${url.split('/').slice(0, 3).join('/')}`, refusal.message);
}
