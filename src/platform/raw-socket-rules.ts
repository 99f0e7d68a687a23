import { isBroadcast } from './broadcast-address.js';
import { problemOfEntry, problemOfName } from './domain-entry.js';
import { isIpv4, lanRelation, subnetOf, type DeviceAddress } from './lan-address.js';
import { refusalOf, type Refusal } from './refusal.js';

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

/** Where a TCP or UDP socket is to go. */
export interface PeerAddress {
  readonly address: string;
  readonly port: number;
}

/** TCP-1: not to a port below 1024, from 8000 to 8100, or of one of the usual servers (discoveries/local-network.md). */
export function portRefusal(port: number): Refusal | undefined {
  const forbidden = port < 1024 || (port >= 8000 && port <= 8100) || FORBIDDEN_PORTS.includes(port);
  return forbidden ? refusalOf('TCP-1', 'forbidden-port', 'tcp', String(port)) : undefined;
}

/** TCP-1: neighbours on the local network, and what is listed; not the usual ports of servers. */
export function tcpRefusal(
  to: PeerAddress,
  device: DeviceAddress | undefined,
  listed: ReadonlySet<string> | undefined,
): Refusal | undefined {
  return (
    portRefusal(to.port) ??
    ownAddress('tcp', to.address, device) ??
    broadcastRefusal(to.address, device) ??
    strangerRefusal('tcp', to, device, listed)
  );
}

/** TCP-1: to one peer, not to all of the subnet, as far as the device's netmask is known. */
export function broadcastRefusal(address: string, device: DeviceAddress | undefined): Refusal | undefined {
  return device && isBroadcast(address, device) === 'subnet'
    ? refusalOf('TCP-1', 'broadcast', 'tcp', address)
    : undefined;
}

/** LAN-1: not to oneself. Where else a datagram may go has changed with the base library; the platform decides. */
export function udpRefusal(
  { address }: Pick<PeerAddress, 'address'>,
  device: DeviceAddress | undefined,
): Refusal | undefined {
  return ownAddress('udp', address, device);
}

/**
 * Whether a peer is neither a neighbour nor listed (TCP-1, UDP-1).
 *
 * @param listed - Entries such as `tcp://iot.example.com:9000`; without a port, any. `undefined`: names are not checked.
 */
export function strangerRefusal(
  api: 'tcp' | 'udp',
  { address, port }: PeerAddress,
  device: DeviceAddress | undefined,
  listed: ReadonlySet<string> | undefined,
): Refusal | undefined {
  const rule = api === 'tcp' ? 'TCP-1' : 'UDP-1';
  if (isIpv4(address)) {
    if (lanRelation(address, device) !== 'elsewhere') return undefined;
    return refusalOf(rule, 'outside-subnet', api, address, device && { subnet: subnetOf(device) });
  }
  if (isIpv6(address)) return LAN_IPV6.test(address) ? undefined : refusalOf(rule, 'outside-subnet', api, address);
  const name = `${api}://${address.toLowerCase()}`;
  const entry = `${name}:${port}`;
  if (!listed || listed.has(name) || listed.has(entry)) return undefined;
  const unlistable = problemOfName(api, address.toLowerCase());
  if (unlistable) return unlistable;
  // Nor can what is no name be in a list.
  return refusalOf(rule, 'not-listed', api, entry, problemOfEntry(api, entry) ? {} : { add: { api, entry } });
}

/** `localhost`, and what `::1` and `::` may be written as. */
const OWN_NAME = /(?:^|\.)localhost$|^(?:0{0,4}:){2,7}0{0,3}1?$/i;

/** Of a neighbour, or of one that may be: link-local and unique local addresses of IPv6. */
const LAN_IPV6 = /^f(?:e[89ab]|[cd]\w)\w?:/i;

/** LAN-1: not to the device itself. */
export function ownAddress(
  api: 'tcp' | 'udp',
  address: string,
  device: DeviceAddress | undefined,
): Refusal | undefined {
  const own = isIpv4(address) ? lanRelation(address, device) === 'own' : OWN_NAME.test(address);
  return own ? refusalOf('LAN-1', 'own-address', api, address) : undefined;
}

/** Says what is wrong with where a socket is to go, whatever the rules. */
export function problemOfAddress({ address, port }: PeerAddress): string | undefined {
  if (typeof address !== 'string' || address === '')
    return `address must be a name or an IP address; got '${String(address)}'`;
  if (!isHost(address))
    return `address must be a name or an IP address and nothing else: no scheme, port, path or space, no dot at the end, IPv4 as four decimal numbers, names in their xn-- form; got '${address}'`;
  return Number.isInteger(port) && port >= 1 && port <= 65_535
    ? undefined
    : `a port is a whole number from 1 to 65535; got ${typeof (port as unknown) === 'string' ? `'${port}'` : port}`;
}

/** The longest that there are, with the name of an interface behind it. */
const MAX_IPV6_CHARS = 64;

function isIpv6(address: string): boolean {
  return (
    address.length <= MAX_IPV6_CHARS && /^[\da-f:.]+(?:%[\w.-]+)?$/i.test(address) && address.split(':').length > 2
  );
}

/** Whether it is a host alone. A name may have an underscore: neighbours that tell their names themselves have some. */
function isHost(address: string): boolean {
  if (isIpv4(address) || isIpv6(address)) return true;
  // What ends in a number is an IP address in another spelling, which each phone reads in its own way.
  return /^[\w-]+(?:\.[\w-]+)*$/.test(address) && !/(?:^|\.)(?:\d+|0x[\da-f]*)$/i.test(address);
}
