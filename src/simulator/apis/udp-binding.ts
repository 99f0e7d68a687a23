import { MAX_DATAGRAM_BYTES } from '../../platform/raw-socket-rules.js';
import type { Host } from '../host.js';
import type { Listeners } from '../listeners.js';
import { wireError } from '../rules/raw-socket-words.js';
import { arrayBufferOf } from '../rules/response-body.js';
import type { DatagramOut, UdpEndpoint, UdpRequest, UdpWireEvent } from '../wires/raw-wire.js';
import { WireFailure } from '../wires/wire.js';
import type { GeneralResult } from './callbacks.js';
import { createRawSocket, type RawSocket } from './raw-socket.js';
import type { UdpMessageResult } from './raw-socket-types.js';

/** What a message that is too long is told. */
export const SHORTER = `one is shorter than ${MAX_DATAGRAM_BYTES}; cut it`;

/** A UDP socket and the port that it is bound to. */
export interface UdpBinding {
  readonly socket: RawSocket;
  /** `undefined` before the binding, and after the end. */
  readonly endpoint: UdpEndpoint | undefined;
  /** From now on hears this peer alone. */
  readonly connect: (peer: { readonly address: string; readonly port: number }) => void;
  readonly bind: (port: number) => void;
  readonly send: (datagram: DatagramOut) => void;
}

/** Who hears of it. */
export interface UdpListeners {
  readonly listenings: Listeners<GeneralResult>;
  readonly messages: Listeners<UdpMessageResult>;
}

/** Makes one that is not bound. */
export function createUdpBinding(host: Host, family: UdpRequest['family'], listeners: UdpListeners): UdpBinding {
  const { report, wire, settings } = host;
  let endpoint: UdpEndpoint | undefined;
  let peer: { readonly address: string; readonly port: number } | undefined;

  const socket = createRawSocket(host, 'createUDPSocket', {
    release: () => {
      endpoint?.close();
      endpoint = undefined;
    },
    running: () => endpoint !== undefined,
    // It stays bound; nothing that is sent gets anywhere.
    offline: () => {},
    // It has no peer that would know the old address.
    mute: () => {},
  });
  const { id } = socket;

  return {
    socket,
    get endpoint() {
      return endpoint;
    },
    connect: (to) => (peer = to),
    bind: (port) => {
      if (!wire.udp) {
        const what =
          'createUDPSocket: this wire carries no UDP; leave `wire` out, or take scriptWire({}, { udp: { … } })';
        host.throwLoudly(new Error(what));
        return;
      }
      let made: UdpEndpoint;
      try {
        made = endpoint = wire.udp({ port, family, localAddress: settings.device.localip });
      } catch (error) {
        if (!(error instanceof WireFailure)) throw error;
        socket.fail(wireError('bind', error.kind));
        return;
      }
      report({ type: 'socket-connecting', id, url: `udp://${settings.device.localip}:${made.port}` });
      report({ type: 'socket-opened', id });
      // Whoever hears of it may have killed the app.
      if (socket.ended) return;
      socket.tell(listeners.listenings, { errMsg: 'ok' });
      const next = (event: UdpWireEvent) => {
        if (endpoint) take(host, socket, listeners, { event, port: endpoint.port, peer });
      };
      made.events$.subscribe({ next, error: host.throwLoudly });
    },
    send: (datagram) => {
      const { address, port, bytes } = datagram;
      report({ type: 'socket-sent', id, bytes: bytes.byteLength, peer: `${address}:${port}` });
      try {
        endpoint?.send(datagram);
      } catch (error) {
        // The script does not know the peer.
        host.throwLoudly(error);
      }
    },
  };
}

/** Tells of what the wire brings to a port; with a peer, of what comes from it. */
function take(
  host: Host,
  socket: RawSocket,
  { messages }: UdpListeners,
  {
    event,
    port,
    peer,
  }: {
    readonly event: UdpWireEvent;
    readonly port: number;
    readonly peer: { readonly address: string; readonly port: number } | undefined;
  },
): void {
  const { report, settings } = host;
  if (event.type === 'failed') {
    socket.fail(wireError('send', event.failure.kind));
    return;
  }
  const { from, bytes } = event;
  const { byteLength: size } = bytes;
  const stranger = peer && (peer.address !== from.address || peer.port !== from.port);
  if (stranger || host.networkType() === 'none') return;
  const sender = `${from.address}:${from.port}`;
  if (size >= MAX_DATAGRAM_BYTES) {
    const detail = `a message of ${size} bytes from ${sender} was dropped; ${SHORTER}`;
    report({ type: 'refused', id: socket.id, rule: 'UDP-1', detail });
    return;
  }
  report({ type: 'socket-received', id: socket.id, bytes: size, peer: sender });
  // Whoever hears of it may have killed the app.
  if (socket.ended) return;
  socket.tell(messages, {
    message: arrayBufferOf(bytes),
    remoteInfo: { ...from, size },
    localInfo: { address: settings.device.localip, family: from.family, port },
  });
}
