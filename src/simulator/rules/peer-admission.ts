import { isIpv4, lanRelation, type DeviceAddress } from '../../platform/lan-address.js';
import type { Settings } from '../settings.js';
import type { SocketRuleId } from '../socket-events.js';
import { resolvedAddress } from './resolved-address.js';

/** Why a TCP or UDP peer may not be reached. */
export interface PeerRefusal {
  readonly rule: SocketRuleId;
  readonly detail: string;
}

/**
 * Decides whether a peer may be reached: a neighbour on the local network that is not the device itself, or a listed
 * domain (TCP-1, UDP-1, LAN-1).
 *
 * - Evidence: the rules of record. Base library > 2.9.3 lets UDP anywhere (platform-facts §4): `udpReach`
 * - `urlCheck: false` changes nothing: devices have refused what was not listed all the same (platform-facts §4)
 * - Not known: IPv6 on the local network. Refused here
 */
export function peerRefusal(
  api: 'tcp' | 'udp',
  address: string,
  port: number,
  { device, peers, udpReach }: Pick<Settings, 'device' | 'peers' | 'udpReach'>,
): PeerRefusal | undefined {
  const rule = api === 'tcp' ? 'TCP-1' : 'UDP-1';
  const relation = isIpv4(address) ? lanRelation(address, device) : undefined;
  if (relation === 'own' || isOwn(resolvedAddress(address), device)) {
    return {
      rule: 'LAN-1',
      detail: `${address} is the device's own address; use its neighbours, such as your computer by its own address on the local network`,
    };
  }
  if (api === 'udp' && udpReach === 'anywhere') return undefined;
  if (api === 'tcp' && isBroadcast(address, device) === 'subnet') {
    return { rule, detail: `${address} means everybody on the subnet; TCP connects to one of them, UDP reaches all` };
  }
  if (relation === 'same-subnet') return undefined;
  if (relation !== undefined) {
    const subnet = `${device.localip} / ${device.netmask ?? 'netmask unknown'}`;
    return { rule, detail: `${address} is outside the device's own subnet (${subnet}); use a configured domain` };
  }

  const name = address.toLowerCase();
  if (peers[api].has(`${name}:${port}`) || peers[api].has(name)) return undefined;
  return { rule, detail: `${api}://${name}:${port} is not in the ${api} domains; add it` };
}

function isOwn(resolved: string, device: DeviceAddress): boolean {
  if (isIpv4(resolved)) return lanRelation(resolved, device) === 'own';
  return /^::1?$/.test(resolved) || /(?:^|\.)localhost$/.test(resolved);
}

/** Whether an address means everybody on the device's own subnet. */
export function isBroadcast(address: string, device: DeviceAddress): 'everybody' | 'subnet' | undefined {
  if (address === '255.255.255.255') return 'everybody';
  if (!isIpv4(address) || device.netmask === undefined) return undefined;
  const mask = partsOf(device.netmask);
  const own = partsOf(device.localip);
  const last = own.map((part, index) => (part & (mask[index] ?? 0)) | (~(mask[index] ?? 0) & 255));
  return last.join('.') === address ? 'subnet' : undefined;
}

function partsOf(address: string): number[] {
  return address.split('.').map(Number);
}
