import { NEVER, of, Subscription, type Observable } from 'rxjs';
import type {
  WxDatagram,
  WxDatagramToSend,
  WxRawSocketFailure,
  WxTcpConnected,
  WxTcpPort,
  WxTcpSocket,
  WxUdpPort,
  WxUdpSocket,
} from '../platform/wx-sockets.js';

/** What a TCP socket is told, by the name of the listener. */
export type TcpWireMark =
  | { readonly connect: WxTcpConnected }
  | { readonly message: { readonly message: ArrayBuffer } }
  | { readonly error: WxRawSocketFailure }
  | { readonly close: object };

/** What a UDP socket is told, by the name of the listener. */
export type UdpWireMark =
  { readonly message: WxDatagram } | { readonly error: WxRawSocketFailure } | { readonly close: object };

/** How the TCP and UDP sockets of {@link scriptedWx} behave; the index counts each kind from 0. */
export interface ScriptedRawSocketOptions {
  /** What happens to each TCP socket from its `connect()` on. @defaultValue nothing */
  readonly tcp?: ((index: number) => Observable<TcpWireMark>) | undefined;
  /** What happens to each UDP socket from its `bind()` on. @defaultValue nothing */
  readonly udp?: ((index: number) => Observable<UdpWireMark>) | undefined;
}

/** The port that a UDP socket gets that asks for none. */
const FREE_PORT = 40_000;

/** Makes `wx.createTCPSocket` and `wx.createUDPSocket`; `note` writes down what is done, `attached` has who listens. */
export function scriptedRawSockets(
  note: (what: string) => void,
  attached: Set<(report: never) => void>,
  { tcp = () => NEVER, udp = () => NEVER }: ScriptedRawSocketOptions,
): WxTcpPort & WxUdpPort {
  let [tcpSockets, udpSockets] = [0, 0];

  return {
    createTCPSocket(option) {
      const index = tcpSockets++;
      const { methods, play, leave } = listenersOf(attached, ['Connect', 'BindWifi', 'Message', 'Error', 'Close']);
      return {
        ...(methods as Pick<WxTcpSocket, Extract<keyof WxTcpSocket, `on${string}` | `off${string}`>>),
        connect({ address, port, timeout }) {
          note(['connect', `${address}:${port}`, option?.type, timeout].filter((word) => word !== undefined).join(' '));
          play(tcp(index));
        },
        bindWifi({ BSSID }) {
          note(`bind ${BSSID}`);
          play(of({ bindwifi: {} }));
        },
        write: (data) => note(`write ${shown(data)}`),
        close() {
          note('close');
          leave();
        },
      };
    },
    createUDPSocket(type) {
      const index = udpSockets++;
      const { methods, play, leave } = listenersOf(attached, ['Message', 'Error', 'Close']);
      return {
        ...(methods as Pick<WxUdpSocket, Extract<keyof WxUdpSocket, `on${string}` | `off${string}`>>),
        bind(port = FREE_PORT) {
          note(['bind', port, type].filter((word) => word !== undefined).join(' '));
          play(udp(index));
          return port;
        },
        send: (datagram) => note(`send ${written(datagram)}`),
        write: (datagram) => note(`write ${written(datagram)}`),
        connect: ({ address, port }) => note(`connect ${address}:${port}`),
        setTTL: (ttl) => note(`ttl ${ttl}`),
        close() {
          note('close');
          leave();
        },
      };
    },
  };
}

/** The functions that add and remove the listeners of one socket, and what tells them. */
function listenersOf(attached: Set<(report: never) => void>, names: readonly string[]) {
  const playing = new Subscription();
  const byName = new Map(names.map((name) => [name.toLowerCase(), new Set<(result: never) => void>()]));
  const methods: Record<string, (listener: (result: never) => void) => void> = {};
  for (const name of names) {
    const listeners = byName.get(name.toLowerCase());
    methods[`on${name}`] = (listener) => {
      attached.add(listener);
      listeners?.add(listener);
    };
    methods[`off${name}`] = (listener) => {
      if (typeof listener !== 'function') {
        throw new TypeError(
          `off${name}: expected the listener; got ${typeof listener}, which would take everybody's off`,
        );
      }
      attached.delete(listener);
      listeners?.delete(listener);
    };
  }
  const tell = (mark: object) => {
    for (const [name, result] of Object.entries(mark)) {
      for (const listener of [...(byName.get(name) ?? [])]) listener(result as never);
    }
  };
  return {
    methods: methods as object,
    play: (marks$: Observable<object>) => playing.add(marks$.subscribe(tell)),
    leave: () => playing.unsubscribe(),
  };
}

function written({ address, port, message, offset, length, setBroadcast }: WxDatagramToSend): string {
  const part = offset === undefined && length === undefined ? '' : ` from ${offset ?? 0}, ${length ?? 'all'}`;
  return `${shown(message)}${part} to ${address}:${port}${setBroadcast ? ' broadcast' : ''}`;
}

function shown(data: string | ArrayBuffer): string {
  return typeof data === 'string' ? data : `${data.byteLength} bytes`;
}
