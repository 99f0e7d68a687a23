import { Observable } from 'rxjs';
import type { SocketData, WxDatagram, WxUdpPort } from '../platform/wx-sockets.js';
import { callWx, portWith, type WxSeam } from './call-wx.js';
import { listenToRawSocket } from './raw-socket.js';
import { notOpen } from './socket-errors.js';

/** How to bind. */
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
   * @throws NetworkError `connection` when the socket has ended.
   */
  readonly send: (datagram: DatagramToSend) => void;
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
export function udpSocket$(options: UdpSocketOptions = {}, { wx }: WxSeam<WxUdpPort> = {}): Observable<UdpConnection> {
  const { port, type, ttl } = options;

  return new Observable((subscriber) => {
    const call = { api: 'createUDPSocket', url: port === undefined ? 'udp://*' : `udp://*:${port}` };
    const sockets = portWith(wx, 'createUDPSocket', call, 'it came with base library 2.7.0', 'UDP-1');
    const socket = callWx('wx.createUDPSocket', call, () =>
      type === undefined ? sockets.createUDPSocket() : sockets.createUDPSocket(type),
    );

    const life = listenToRawSocket(socket, subscriber, call, (datagram: WxDatagram) => datagram);
    const bound = callWx('bind', call, () => (port === undefined ? socket.bind() : socket.bind(port)));
    if (ttl !== undefined) callWx('setTTL', call, () => socket.setTTL?.(ttl));
    subscriber.next({
      type: 'connection',
      port: typeof bound === 'number' ? bound : port,
      send({ address, port: to, message, setBroadcast }) {
        if (subscriber.closed) throw notOpen(call);
        // A key that is there with the value undefined is not the same to the platform as one that is not there.
        socket.send({ address, port: to, message, ...(setBroadcast !== undefined && { setBroadcast }) });
      },
      ...life,
    });
  });
}
