import type { NetworkType } from './wx.js';

/** What `wx.getLocalIPAddress` tells of the device, in its words. */
export interface DeviceAddress {
  /** Dotted IPv4. */
  readonly localip: string;
  /** Dotted IPv4; base library 2.24.0 and later. Without it the subnet is unknown and the platform decides. */
  readonly netmask?: string | undefined;
  /**
   * What `wx.getNetworkType` tells. The address of a cellular network is its carrier's, of a network that is no local one
   * (discoveries/local-network.md#addresses). @defaultValue unknown: the address counts as that of a local network
   */
  readonly networkType?: NetworkType | undefined;
}

const CELLULAR = /^\dg$/;

const DOTTED_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Connecting to it reaches the device itself. */
const ANY_INTERFACE = '0.0.0.0';

/** Whether a host is an IPv4 address in its one canonical spelling: four decimal numbers, no leading zeros. */
export function isIpv4(host: string): boolean {
  return DOTTED_IPV4.test(host);
}

/** How an IPv4 address stands to the device (LAN-1). */
export type LanRelation = 'same-subnet' | 'own' | 'elsewhere' | 'unknown';

/**
 * Tells whether an address is a neighbour, the device itself, or somewhere else (LAN-1). The subnet is the one
 * of the device's own address and netmask; RFC 1918 is asked only while those are not known.
 *
 * @returns `'unknown'` for a private address while the device's own is not known: the platform decides.
 */
export function lanRelation(address: string, device: Partial<DeviceAddress> = {}): LanRelation {
  const { localip = '', netmask = '', networkType = '' } = device;
  // A simulator's device may live on the loopback, and then has neighbours there.
  if (address === localip || address === ANY_INTERFACE || (isLoopback(address) && !isLoopback(localip))) return 'own';

  if (CELLULAR.test(networkType)) return 'elsewhere';
  const mask = isIpv4(localip) ? maskOf(netmask) : 0;
  if (mask === 0) return isPrivate(address) ? 'unknown' : 'elsewhere';
  return (toNumber(address) & mask) === (toNumber(localip) & mask) ? 'same-subnet' : 'elsewhere';
}

/** The device's own address and netmask, and how it is connected, to be shown. */
export function subnetOf({ localip, netmask = 'netmask unknown', networkType }: DeviceAddress): string {
  return `${localip} / ${netmask}${networkType ? `, on ${networkType}` : ''}`;
}

/** The netmask as a number, or 0 when there is none to rely on: a mask with holes would match strangers. */
function maskOf(netmask: string): number {
  if (!isIpv4(netmask)) return 0;
  const mask = toNumber(netmask);
  const host = ~mask;
  return (host & (host + 1)) === 0 ? mask : 0;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0);
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address);
}
