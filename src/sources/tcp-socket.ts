import { Observable } from 'rxjs';
import type { KindsOf } from '../platform/check-options.js';
import type { CallDetails } from '../platform/network-error.js';
import { problemOfData } from '../platform/socket-data.js';
import type { SocketAddress, SocketData, WxTcpConnected, WxTcpPort, WxTcpSocket } from '../platform/wx-sockets.js';
import { checkSource } from './check-source.js';
import { callWx, invalidArgument, portWith, type WithWx } from './call-wx.js';
import { listenToRawSocket } from './raw-socket.js';
import { notOpen } from './socket-errors.js';

/** Where to connect to. */
export interface TcpSocketOptions {
  /** A name, or an address on the local network. */
  readonly address: string;
  readonly port: number;
  /** Longest time to connect, in milliseconds; the platform counts whole seconds, so it is rounded up. @defaultValue the platform's 2 s */
  readonly timeoutMs?: number | undefined;
  /** @defaultValue `'ipv4'` */
  readonly type?: 'ipv4' | 'ipv6' | undefined;
  /** The access point whose network it is bound to before it connects, such as `'00:11:22:33:44:55'`; Android only. @defaultValue not bound */
  readonly bssid?: string | undefined;
  /** Any other option of `TCPSocket.connect`, such as `enableHttpDNS`. */
  readonly platform?: Readonly<Record<string, unknown>> | undefined;
}

/** A TCP connection. */
export interface TcpConnection {
  readonly type: 'connection';
  /** Base library 3.4.1 and later. */
  readonly localInfo: SocketAddress | undefined;
  readonly remoteInfo: SocketAddress | undefined;
  /**
   * Writes at once. The platform does not say whether, or when, it has; what goes wrong is an error of the stream.
   *
   * @throws NetworkError `connection` when the socket has ended, and `invalid-argument` for what is neither text nor an
   * `ArrayBuffer`; the socket goes on.
   */
  readonly send: (data: SocketData) => void;
  /** Pieces as they come, cut anywhere: put them together with `splitLines()` or `splitByLength()`. Completes with the socket. */
  readonly messages$: Observable<ArrayBuffer>;
  /** The end, replayed; completes without one when the subscriber left first, or the connection broke. */
  readonly closed$: Observable<void>;
}

/**
 * Makes a TCP socket and connects it each time it is subscribed to, and closes it on unsubscribe (TCP-1).
 *
 * ```text
 * TCPSocket   --o--a--x       --o--a------     o = onConnect, a = onMessage, x = onClose
 * leaves                      ^-------!
 * tcpSocket$  --n-----|       --n------        n = connection
 * ```
 *
 * It completes when the peer has closed. The platform makes at most twenty sockets in five minutes, connects only to the
 * configured domains and to neighbours on the local network, and not to the usual ports of servers; `tcp$` checks that first.
 *
 * @example
 * ```ts
 * tcpSocket$({ address: '192.168.1.20', port: 9000 })
 *   .pipe(
 *     tap(({ send }) => send('PING\n')),
 *     switchMap(({ messages$ }) => messages$.pipe(splitLines())),
 *   )
 *   .subscribe((line) => page.setData({ line }));
 * ```
 *
 * @returns An observable that errors with a `NetworkError` when the socket does not connect, or breaks.
 */
export function tcpSocket$(options: TcpSocketOptions, { wx }: WithWx<WxTcpPort> = {}): Observable<TcpConnection> {
  checkSource('createTCPSocket', options, OPTIONS);
  const { address, port, timeoutMs, type, bssid, platform } = options;

  return new Observable((subscriber) => {
    const call = { api: 'createTCPSocket', url: `tcp://${address}:${port}` };
    const sockets = portWith(wx, 'createTCPSocket', call, 'it came with base library 2.18.0', 'TCP-1');
    const socket = callWx('wx.createTCPSocket', call, () =>
      type === undefined ? sockets.createTCPSocket() : sockets.createTCPSocket({ type }),
    );

    const onConnect = (result?: WxTcpConnected) =>
      subscriber.next({
        type: 'connection',
        localInfo: result?.localInfo,
        remoteInfo: result?.remoteInfo,
        send(data) {
          if (subscriber.closed) throw notOpen(call);
          const problem = problemOfData(data);
          if (problem !== undefined) throw invalidArgument(problem, call);
          callWx('write', call, () => socket.write(data));
        },
        ...life,
      });
    const messageOf = ({ message }: { readonly message: ArrayBuffer }) => message;
    const onBindWifi = () => {
      try {
        connect();
      } catch (error) {
        subscriber.error(error);
      }
    };
    const life = listenToRawSocket(socket, subscriber, call, messageOf, {
      Connect: onConnect,
      ...(bssid !== undefined && { BindWifi: onBindWifi }),
    });
    const option = {
      ...platform,
      address,
      port,
      ...(timeoutMs !== undefined && { timeout: Math.ceil(timeoutMs / 1_000) }),
    };
    const connect = () => callWx('connect', call, () => socket.connect(option));
    if (bssid === undefined) connect();
    else bindWifi(socket, bssid, call);
  });
}

function bindWifi(socket: WxTcpSocket, bssid: string, call: CallDetails): void {
  if (typeof socket.bindWifi !== 'function') {
    throw invalidArgument('there is no bindWifi here; it came with base library 2.25.0, on Android', call);
  }
  callWx('bindWifi', call, () => socket.bindWifi?.({ BSSID: bssid }));
}

const OPTIONS: KindsOf<TcpSocketOptions> = {
  address: 'string',
  port: 'number',
  timeoutMs: 'delay',
  type: ['ipv4', 'ipv6'],
  bssid: 'string',
  platform: 'object',
};
