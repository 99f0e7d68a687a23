import type { CallDetails } from '../../platform/network-error.js';
import { ALL_WORDS } from '../../platform/peer-refusal-words.js';
import type { Refusal } from '../../platform/refusal.js';
import { refusalError } from '../../platform/refusal-words.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { refuse } from '../refuse-unlisted.js';

/**
 * Refuses an address that a TCP or UDP socket may not reach (TCP-1, UDP-1, LAN-1).
 *
 * @throws NetworkError `domain-not-allowed`, where the network does not only warn.
 */
export function refuseAddress(network: Network, refusal: Refusal | undefined, call: CallDetails): void {
  refuse(internalsOf(network), refusal && refusalError(refusal, call, undefined, ALL_WORDS), call.url);
}
