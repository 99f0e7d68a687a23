import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import type { AddressRefusal } from '../../platform/raw-socket-rules.js';
import type { Network } from '../create-network.js';
import { refuse } from '../refuse-unlisted.js';

/**
 * Says no to where a TCP or UDP socket is to go, if there is a reason (TCP-1, UDP-1, LAN-1).
 *
 * @throws NetworkError `domain-not-allowed`, where the network does not only warn.
 */
export function refuseAddress(network: Network, refusal: AddressRefusal | undefined, call: CallDetails): void {
  if (!refusal) return;
  const { detail, rule } = refusal;
  refuse(network, new NetworkError(detail, { ...call, code: 'domain-not-allowed', rule, phase: 'check' }), call.url);
}
