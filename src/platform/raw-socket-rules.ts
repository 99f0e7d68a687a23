import { isIpv4, lanRelation, type DeviceAddress } from './lan-address.js';
import type { RuleId } from './network-error.js';

/** TCP-1: how many TCP sockets an app may make within {@link TCP_WINDOW_MS}. */
export const MAX_TCP_SOCKETS = 20;

/** TCP-1: five minutes. */
export const TCP_WINDOW_MS = 300_000;

/** Datagrams are shorter than this, in bytes (UDP-1). */
export const MAX_DATAGRAM_BYTES = 4_096;

const FORBIDDEN_PORTS: readonly number[] = [
  1099, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 3128, 3306, 3389, 3659, 4045, 5060, 5061, 5432, 5984, 6000, 6379,
  6566, 7001, 7002, 8443, 8888, 9200, 9300, 10051, 10080, 11211, 27017, 27018, 27019,
];

/** Why a TCP or UDP socket may not go there, and what to do about it. */
export interface AddressRefusal {
  readonly rule: RuleId;
  readonly detail: string;
}

/** TCP-1: neighbours on the local network, and what is listed; not the usual ports of servers. */
export function tcpRefusal(
  { address, port }: { readonly address: string; readonly port: number },
  device: DeviceAddress | undefined,
  listed: ReadonlySet<string> | undefined,
): AddressRefusal | undefined {
  if (port < 1024 || (port >= 8000 && port <= 8100) || FORBIDDEN_PORTS.includes(port)) {
    return {
      rule: 'TCP-1',
      detail: `the platform connects no TCP socket to port ${port}; let your server listen on another, such as 9000`,
    };
  }
  const own = ownAddress(address, device);
  if (own) return own;
  if (isIpv4(address)) {
    return lanRelation(address, device) === 'elsewhere'
      ? {
          rule: 'TCP-1',
          detail: `${address} is an IP address outside the device's own subnet${subnet(device)}; use a configured domain`,
        }
      : undefined;
  }
  const name = address.toLowerCase();
  if (!listed || listed.has(name) || listed.has(`${name}:${port}`)) return undefined;
  return {
    rule: 'TCP-1',
    detail: `${address} is not in the tcp domains; add it (小程序后台 → 开发 → 开发设置 → 服务器域名)`,
  };
}

/** LAN-1: not to oneself. Where else a datagram may go has changed with the base library; the platform decides. */
export function udpRefusal(
  { address }: { readonly address: string },
  device: DeviceAddress | undefined,
): AddressRefusal | undefined {
  return ownAddress(address, device);
}

function ownAddress(address: string, device: DeviceAddress | undefined): AddressRefusal | undefined {
  const own = isIpv4(address) ? lanRelation(address, device) === 'own' : /(^|\.)localhost$/i.test(address);
  if (!own) return undefined;
  return { rule: 'LAN-1', detail: `${address} is the device itself; use its neighbours on the local network` };
}

function subnet(device: DeviceAddress | undefined): string {
  return device ? ` (${device.localip} / ${device.netmask ?? 'netmask unknown'})` : '';
}

/** Says what is wrong with where a socket is to go, whatever the rules. */
export function problemOfAddress({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number;
}): string | undefined {
  if (typeof address !== 'string' || address === '')
    return `address must be a name or an IP address; got '${String(address)}'`;
  return Number.isInteger(port) && port >= 1 && port <= 65_535
    ? undefined
    : `a port is a whole number from 1 to 65535; got ${port}`;
}
