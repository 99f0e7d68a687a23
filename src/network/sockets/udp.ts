import { defer, map, type Observable } from 'rxjs';
import { BACKGROUND_POLICIES, type BackgroundPolicy } from '../../platform/app-state.js';
import { problemOfOptions, type OptionKind } from '../../platform/check-options.js';
import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import { ownOptions } from '../../platform/own-options.js';
import { MAX_DATAGRAM_BYTES, problemOfAddress, udpRefusal } from '../../platform/raw-socket-rules.js';
import type { WxUdpPort } from '../../platform/wx-sockets.js';
import { utf8Bytes } from '../../platform/utf8-bytes.js';
import {
  udpSocket$,
  type DatagramToSend,
  type UdpConnection,
  type UdpSocketOptions,
} from '../../sources/udp-socket.js';
import { invalidArgument } from '../../sources/call-wx.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { inForeground } from '../in-foreground.js';
import { defaultNetwork } from '../default-network.js';
import { refuseAddress } from './refuse-address.js';
import type { SocketWatch } from '../watching.js';
import { watchedLife$ } from './watched.js';

/** Which port the socket listens on, and what a message may be sent with. */
export interface UdpBindOptions extends UdpSocketOptions {
  /** What binding does while the app is in the background (BG-2). @defaultValue the network's, else `'hold'` */
  readonly background?: BackgroundPolicy | undefined;
}

/** Binds a UDP socket with each subscription. */
export type Udp = (options?: UdpBindOptions) => Observable<UdpConnection>;

/**
 * Makes `udp$()` on a network: {@link udpSocket$} behind the rules of the platform (UDP-1, LAN-1). `send` throws a
 * `NetworkError` for the device's own address, and for a datagram that is too long, before the platform is asked. Binding
 * waits for the foreground. What the background does to a bound socket is not known: it ends when the platform says so.
 *
 * @example
 * ```ts
 * const udp$ = createUdp(network);
 * udp$({ port: 5353 }).pipe(switchMap(({ messages$ }) => messages$)).subscribe(({ remoteInfo }) => found(remoteInfo.address));
 * ```
 *
 * @throws TypeError for what is not from `createNetwork()`.
 */
export function createUdp(network: Network): Udp {
  internalsOf(network);
  return udpOn(() => network);
}

/** `udp$()` over the global `wx`, with every default. It shares the default network with `http$()`. */
export const udp$: Udp = /* @__PURE__ */ udpOn(defaultNetwork);

function udpOn(networkOf: () => Network): Udp {
  return (given = {}) =>
    defer(() => {
      const options = ownOptions(given, OPTION_KINDS);
      const network = networkOf();
      const call: CallDetails = { api: 'createUDPSocket', url: 'udp://*' };
      const problem = problemOfOptions(options, OPTION_KINDS);
      if (problem !== undefined) throw invalidArgument(problem, call);
      const { background, ...how } = options;
      return watchedLife$(network, how.port === undefined ? 'udp://*' : `udp://*:${how.port}`, (watch) =>
        defer(() => {
          watch?.status({ state: 'connecting' });
          return udpSocket$(how, { wx: network.wx as unknown as WxUdpPort });
        }).pipe(
          inForeground(internalsOf(network), background, call),
          map((connection): UdpConnection => {
            if (watch) tellIncoming(connection, watch);
            return {
              ...connection,
              send: underRules(network, connection.send, watch),
              write: underRules(network, connection.write, watch),
              connect(peer) {
                checkAddress(network, peer);
                connection.connect(peer);
              },
            };
          }),
        ),
      );
    });
}

function tellIncoming({ messages$ }: UdpConnection, watch: SocketWatch): void {
  // They end with the socket.
  messages$.subscribe(({ message }) => watch.message('in', message));
}

const OPTION_KINDS: { readonly [Name in keyof Required<UdpBindOptions>]: OptionKind } = {
  port: 'number',
  type: ['udp4', 'udp6'],
  ttl: 'number',
  background: BACKGROUND_POLICIES,
};

/** The same, for what the platform would refuse. What makes no sense is the source's to say. */
function underRules(
  network: Network,
  send: (datagram: DatagramToSend) => void,
  watch: SocketWatch | undefined,
): (datagram: DatagramToSend) => void {
  return (datagram) => {
    const call = checkAddress(network, datagram);
    const bytes = bytesOf(datagram);
    if (bytes >= MAX_DATAGRAM_BYTES) {
      const what = `a datagram must be shorter than ${MAX_DATAGRAM_BYTES} bytes; got ${bytes}`;
      throw new NetworkError(what, { ...call, code: 'too-large', rule: 'UDP-1', phase: 'check' });
    }
    send(datagram);
    watch?.message('out', { byteLength: bytes });
  };
}

function checkAddress(network: Network, peer: Pick<DatagramToSend, 'address' | 'port'>): CallDetails {
  // From JavaScript it may be nothing at all.
  const to = { ...peer };
  const call: CallDetails = { api: 'createUDPSocket', url: `udp://${to.address}:${to.port}` };
  const problem = problemOfAddress(to);
  if (problem !== undefined) throw invalidArgument(problem, call);
  refuseAddress(network, udpRefusal(to, internalsOf(network).settings.device?.()), call);
  return call;
}

function bytesOf({ message, offset = 0, length }: DatagramToSend): number {
  if (typeof message === 'string') return utf8Bytes(message).length;
  return length ?? ((message as Partial<ArrayBuffer> | undefined)?.byteLength ?? 0) - offset;
}
