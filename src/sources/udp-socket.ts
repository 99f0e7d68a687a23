import { Observable } from 'rxjs';
import { problemOfOptions, type KindsOf, type OptionKind } from '../platform/check-options.js';
import { problemOfAddress } from '../platform/raw-socket-rules.js';
import { problemOfData } from '../platform/socket-data.js';
import type { SocketData, WxDatagram, WxUdpPort, WxUdpSocket } from '../platform/wx-sockets.js';
import { checkSource } from './check-source.js';
import { callWx, invalidArgument, portWith, type WithWx } from './call-wx.js';
import { listenToRawSocket } from './raw-socket.js';
import { notOpen } from './socket-errors.js';

/** Which port the socket listens on, of which family. */
export interface UdpSocketOptions {
  /** @defaultValue any that is free */
  readonly port?: number | undefined;
  /** @defaultValue `'udp4'` */
  readonly type?: 'udp4' | 'udp6' | undefined;
  /** How many hops a datagram may go, from 0 to 255. @defaultValue the system's */
  readonly ttl?: number | undefined;
}

/** A datagram, and where it goes. */
export interface DatagramToSend {
  readonly address: string;
  readonly port: number;
  /** Shorter than 4 096 bytes. */
  readonly message: SocketData;
  /** Where what is sent begins, in an `ArrayBuffer`. @defaultValue `0` */
  readonly offset?: number | undefined;
  /** How many bytes of an `ArrayBuffer` are sent. @defaultValue to its end */
  readonly length?: number | undefined;
  /** Needed for a broadcast address such as 255.255.255.255; base library 2.24.0. @defaultValue `false` */
  readonly setBroadcast?: boolean | undefined;
}

/** A bound socket: there is no peer, each datagram says who sent it. */
export interface UdpConnection {
  readonly type: 'connection';
  /** `undefined` on clients that do not tell. */
  readonly port: number | undefined;
  /**
   * Sends at once. Nobody knows whether it arrives; what the platform refuses is an error of the stream.
   *
   * @throws NetworkError `connection` when the socket has ended, and `invalid-argument` for a datagram that makes no sense; the
   * socket goes on.
   */
  readonly send: (datagram: DatagramToSend) => void;
  /** As `send`, by the platform's `write`, which is meant for a socket that is connected; it wants the address, too. */
  readonly write: (datagram: DatagramToSend) => void;
  /**
   * From now on hears this peer alone; base library 2.15.0.
   *
   * @throws NetworkError as `send`, and where the platform has no such call.
   */
  readonly connect: (peer: Pick<DatagramToSend, 'address' | 'port'>) => void;
  /** What comes in, from all senders; `remoteInfo` tells from whom. Completes with the socket. */
  readonly messages$: Observable<WxDatagram>;
  /** The end, replayed; completes without one when the subscriber left first, or the socket broke. */
  readonly closed$: Observable<void>;
}

/**
 * Makes a UDP socket and binds it each time it is subscribed to, and closes it on unsubscribe (UDP-1).
 *
 * ```text
 * UDPSocket  --1--2--x       --1--2----     1, 2 = onMessage, x = onClose
 * leaves                     ^---!
 * messages$  --1--2--|       --1--
 * ```
 *
 * The `connection` comes in the turn of the subscription, since binding does. Text is sent as UTF-8; datagrams come as bytes.
 *
 * @example
 * ```ts
 * udpSocket$()
 *   .pipe(
 *     tap(({ send }) => send({ address: '255.255.255.255', port: 5353, message: 'who is there?', setBroadcast: true })),
 *     switchMap(({ messages$ }) => messages$),
 *     takeUntil(timer(3_000)),
 *   )
 *   .subscribe(({ remoteInfo }) => found(remoteInfo.address));
 * ```
 *
 * @returns An observable that errors with a `NetworkError` when the platform reports an error.
 */
export function udpSocket$(options: UdpSocketOptions = {}, { wx }: WithWx<WxUdpPort> = {}): Observable<UdpConnection> {
  checkSource('createUDPSocket', options, OPTIONS);
  const { port, type, ttl } = options;
  checkWhole('port', port, 65_535);
  checkWhole('ttl', ttl, 255);

  return new Observable((subscriber) => {
    const call = { api: 'createUDPSocket', url: port === undefined ? 'udp://*' : `udp://*:${port}` };
    const sockets = portWith(wx, 'createUDPSocket', call, 'it came with base library 2.7.0', 'UDP-1');
    const socket = callWx('wx.createUDPSocket', call, () =>
      type === undefined ? sockets.createUDPSocket() : sockets.createUDPSocket(type),
    );

    const life = listenToRawSocket(socket, subscriber, call, (datagram: WxDatagram) => datagram);
    const bound = callWx('bind', call, () => (port === undefined ? socket.bind() : socket.bind(port)));
    const need = (name: keyof WxUdpSocket, since: string) => {
      if (typeof socket[name] === 'function') return;
      throw invalidArgument(`there is no UDPSocket.${name} here; it came with base library ${since}`, call);
    };
    if (ttl !== undefined) {
      need('setTTL', '2.18.0');
      callWx('setTTL', call, () => socket.setTTL?.(ttl));
    }
    const calling = <Given extends object>(
      name: 'send' | 'write' | 'connect',
      problemOf: (given: Given) => string | undefined,
    ) =>
      function callPlatform(given: Given) {
        if (subscriber.closed) throw notOpen(call);
        const problem = problemOf(given);
        if (problem !== undefined) throw invalidArgument(problem, call);
        need(name, '2.15.0');
        callWx(name, call, () => socket[name]?.(definedOf(given) as never));
      };
    subscriber.next({
      type: 'connection',
      port: typeof bound === 'number' ? bound : port,
      send: calling('send', problemOfDatagram),
      write: calling('write', problemOfDatagram),
      connect: calling('connect', problemOfAddress),
      ...life,
    });
  });
}

const OPTIONS: KindsOf<UdpSocketOptions> = { port: 'number', type: ['udp4', 'udp6'], ttl: 'number' };

function checkWhole(name: string, value: number | undefined, most: number): void {
  if (value === undefined || (isCount(value) && value <= most)) return;
  throw invalidArgument(`${name} must be a whole number from 0 to ${most}; got ${value}`, { api: 'createUDPSocket' });
}

const DATAGRAM_KINDS: { readonly [Name in keyof Required<DatagramToSend>]: OptionKind } = {
  // What they are is looked at by itself.
  address: 'anything',
  port: 'anything',
  message: 'anything',
  offset: 'number',
  length: 'number',
  setBroadcast: 'boolean',
};

const DATAGRAM_HINTS = { broadcast: 'write setBroadcast', data: 'write message' };

/** Says what is wrong with a datagram, whatever the rules. */
function problemOfDatagram(datagram: DatagramToSend): string | undefined {
  // From JavaScript it may be nothing at all.
  const given = { ...datagram };
  const { message, offset = 0, length } = given;
  const problem =
    problemOfOptions(given, DATAGRAM_KINDS, DATAGRAM_HINTS) ?? problemOfAddress(given) ?? problemOfData(message);
  if (problem !== undefined) return problem;
  if (typeof message === 'string') {
    return offset === 0 && length === undefined ? undefined : 'offset and length are for an ArrayBuffer; cut the text';
  }
  const isInside =
    isCount(offset) && (length === undefined || (isCount(length) && offset + length <= message.byteLength));
  return isInside && offset <= message.byteLength
    ? undefined
    : `offset and length must lie within the ${message.byteLength} bytes of the message; got ${offset} and ${length}`;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

/** A key that is there with the value undefined is not the same to the platform as one that is not there. */
function definedOf(given: object): object {
  const defined: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}
