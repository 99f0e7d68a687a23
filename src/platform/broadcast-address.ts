import { isIpv4, type DeviceAddress } from './lan-address.js';

/** Whether an address means everybody on the device's own subnet. */
export function isBroadcast(address: string, { localip, netmask }: DeviceAddress): 'everybody' | 'subnet' | undefined {
  if (address === '255.255.255.255') return 'everybody';
  if (!isIpv4(address) || netmask === undefined) return undefined;
  const mask = partsOf(netmask);
  const last = partsOf(localip).map((part, index) => (part & (mask[index] ?? 0)) | (~(mask[index] ?? 0) & 255));
  return last.join('.') === address ? 'subnet' : undefined;
}

function partsOf(address: string): number[] {
  return address.split('.').map(Number);
}
