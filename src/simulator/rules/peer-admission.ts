import { isIpv4, lanRelation, type DeviceAddress } from '../../platform/lan-address.js';
import { broadcastRefusal, ownAddress, strangerRefusal } from '../../platform/raw-socket-rules.js';
import type { Refusal } from '../../platform/refusal.js';
import type { Settings } from '../settings.js';
import { resolvedAddress } from './resolved-address.js';

/**
 * Decides whether a peer may be reached: a neighbour on the local network that is not the device itself, or a listed
 * domain (TCP-1, UDP-1, LAN-1).
 *
 * - Evidence: discoveries/rules.md. Base library > 2.9.3 lets UDP anywhere (discoveries/local-network.md): `udpReach`
 * - `urlCheck: false` changes nothing: devices have refused what was not listed all the same (discoveries/local-network.md)
 * - Not known: IPv6 on the local network. Refused here
 */
export function peerRefusal(
  api: 'tcp' | 'udp',
  address: string,
  port: number,
  { domains, udpReach }: Pick<Settings, 'domains' | 'udpReach'>,
  device: DeviceAddress,
): Refusal | undefined {
  if (isOwn(resolvedAddress(address), device)) return { rule: 'LAN-1', problem: 'own-address', api, seen: address };
  const own = ownAddress(api, address, device);
  if (own) return own;
  if (api === 'udp' && udpReach === 'anywhere') return undefined;
  const everybody = api === 'tcp' ? broadcastRefusal(address, device) : undefined;
  if (everybody) return everybody;
  if (address.includes(':'))
    return { rule: api === 'tcp' ? 'TCP-1' : 'UDP-1', problem: 'outside-subnet', api, seen: address };
  return strangerRefusal(api, { address, port }, device, domains.of(api));
}

function isOwn(resolved: string, device: DeviceAddress): boolean {
  if (isIpv4(resolved)) return lanRelation(resolved, device) === 'own';
  return /^::1?$/.test(resolved) || /(?:^|\.)localhost$/.test(resolved);
}
