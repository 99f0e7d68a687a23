import { defer, map, type Observable } from 'rxjs';
import { NetworkError, type NetworkErrorCode, type RuleId } from '../platform/network-error.js';
import { MAX_DATAGRAM_BYTES, problemOfAddress, udpRefusal } from '../platform/raw-socket-rules.js';
import type { WxUdpPort } from '../platform/wx-sockets.js';
import { utf8Bytes } from '../platform/utf8-bytes.js';
import { udpSocket$, type DatagramToSend, type UdpConnection, type UdpSocketOptions } from '../sources/udp-socket.js';
import type { Network } from './create-network.js';
import { readyMade } from './ready-made.js';

/** Binds a UDP socket with each subscription. */
export type Udp = (options?: UdpSocketOptions) => Observable<UdpConnection>;

/**
 * Makes `udp$()` on a network: {@link udpSocket$} behind the rules of the platform (UDP-1, LAN-1). `send` throws a
 * `NetworkError` for the device's own address, and for a datagram that is too long, before the platform is asked.
 *
 * @example
 * ```ts
 * const udp$ = createUdp(network);
 * udp$({ port: 5353 }).pipe(switchMap(({ messages$ }) => messages$)).subscribe(({ remoteInfo }) => found(remoteInfo.address));
 * ```
 */
export function createUdp(network: Network): Udp {
  return udpOn(() => network);
}

/** `udp$()` over the global `wx`, with every default. It shares the network of the ready-made `http$()`. */
export const udp$: Udp = /* @__PURE__ */ udpOn(readyMade);

function udpOn(networkOf: () => Network): Udp {
  return (options) =>
    defer(() => {
      const network = networkOf();
      return udpSocket$(options, { wx: network.wx as unknown as WxUdpPort }).pipe(
        map((connection) => ({
          ...connection,
          send(datagram: DatagramToSend) {
            check(network, datagram);
            connection.send(datagram);
          },
        })),
      );
    });
}

function check(network: Network, datagram: DatagramToSend): void {
  const { address, port, message } = datagram;
  const refuse = (what: string, code: NetworkErrorCode, rule?: RuleId) =>
    new NetworkError(what, { code, rule, phase: 'check', api: 'createUDPSocket', url: `udp://${address}:${port}` });

  const problem = problemOfAddress(datagram);
  if (problem !== undefined) throw refuse(problem, 'invalid-argument');
  const refusal = udpRefusal(datagram, network.options.device?.());
  if (refusal) {
    const error = refuse(refusal.detail, 'domain-not-allowed', refusal.rule);
    if (network.options.onRefusal !== 'warn') throw error;
    network.warn(`${refusal.rule} ${address}`, error.message);
  }
  const bytes = typeof message === 'string' ? utf8Bytes(message).length : message.byteLength;
  if (bytes >= MAX_DATAGRAM_BYTES) {
    throw refuse(`a datagram must be shorter than ${MAX_DATAGRAM_BYTES} bytes; got ${bytes}`, 'too-large', 'UDP-1');
  }
}
