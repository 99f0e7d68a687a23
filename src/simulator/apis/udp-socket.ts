import { isIpv4 } from '../../platform/lan-address.js';
import { MAX_DATAGRAM_BYTES } from '../../platform/raw-socket-rules.js';
import type { Host } from '../host.js';
import { createListeners, type Listeners } from '../listeners.js';
import { isBroadcast, peerRefusal } from '../rules/peer-admission.js';
import { parameterError, RAW_REFUSALS, systemError, wireError } from '../rules/raw-socket-words.js';
import { arrayBufferOf } from '../rules/response-body.js';
import { isArrayBuffer } from '../rules/socket-parameters.js';
import { rawBytes, type UdpEndpoint, type UdpWireEvent } from '../wires/raw-wire.js';
import { WireFailure } from '../wires/wire.js';
import type { GeneralResult } from './callbacks.js';
import { createRawSocket } from './raw-socket.js';
import type { UdpMessageResult, UdpSendOption, UdpSocket } from './raw-socket-types.js';

/** The part of `wx` that makes UDP sockets (UDP-1). */
export interface UdpSocketApi {
  createUDPSocket(type?: string, options?: Record<string, unknown>): UdpSocket;
}

/**
 * Makes `wx.createUDPSocket`: to neighbours, their broadcast address and listed domains (UDP-1, LAN-1), messages under
 * 4 096 bytes.
 *
 * - Evidence: discoveries/local-network.md; `send` after `close` is an error event
 * - Not known: a `send` before `bind()`, an incoming message of 4 096 bytes or more. Here an error, and dropped
 */
export function createUdp(host: Host): UdpSocketApi {
  const { settings, report, wire } = host;
  const { device } = settings;

  const createUDPSocket: UdpSocketApi['createUDPSocket'] = (type) => {
    const family = type === 'udp6' ? 6 : 4;
    const messages: Listeners<UdpMessageResult> = createListeners();
    const listenings: Listeners<GeneralResult> = createListeners();
    let endpoint: UdpEndpoint | undefined;
    let connectedTo: { readonly address: string; readonly port: number } | undefined;

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

    const take = (event: UdpWireEvent) => {
      if (socket.ended || !endpoint) return;
      if (event.type === 'failed') {
        socket.fail(wireError('send', event.failure.kind));
        return;
      }
      const { from, bytes } = event;
      const { byteLength: size } = bytes;
      const stranger = connectedTo && (connectedTo.address !== from.address || connectedTo.port !== from.port);
      if (stranger || host.networkType() === 'none') return;
      const peer = `${from.address}:${from.port}`;
      if (size >= MAX_DATAGRAM_BYTES) {
        report({
          type: 'refused',
          id,
          rule: 'UDP-1',
          detail: `a message of ${size} bytes from ${peer} was dropped; ${SHORTER}`,
        });
        return;
      }
      const { port } = endpoint;
      report({ type: 'socket-received', id, bytes: size, peer });
      // Whoever hears of it may have killed the app.
      if (socket.ended) return;
      socket.tell(messages, {
        message: arrayBufferOf(bytes),
        remoteInfo: { ...from, size },
        localInfo: { address: device.localip, family: from.family, port },
      });
    };

    const bind = (port = 0): number => {
      if (endpoint) {
        socket.fail(systemError('bind', 'invalid'));
        return endpoint.port;
      }
      if (socket.ended) socket.fail(systemError('bind', 'closed'));
      else if (!Number.isInteger(port) || port < 0 || port > 65_535)
        socket.fail(parameterError('port should be Number from 0 to 65535;', 2));
      else if (!socket.refusedInBackground()) bound(port);
      return (endpoint as UdpEndpoint | undefined)?.port ?? 0;
    };

    const bound = (port: number) => {
      if (!wire.udp) {
        host.throwLoudly(
          new Error(
            'createUDPSocket: this wire carries no UDP; leave `wire` out, or take scriptWire({}, { udp: { … } })',
          ),
        );
        return;
      }
      let made: UdpEndpoint;
      try {
        made = endpoint = wire.udp({ port, family, localAddress: device.localip });
      } catch (error) {
        if (!(error instanceof WireFailure)) throw error;
        socket.fail(wireError('bind', error.kind));
        return;
      }
      report({ type: 'socket-connecting', id, url: `udp://${device.localip}:${made.port}` });
      report({ type: 'socket-opened', id });
      // Whoever hears of it may have killed the app.
      if (socket.ended) return;
      socket.tell(listenings, { errMsg: 'ok' });
      made.events$.subscribe({ next: take, error: host.throwLoudly });
    };

    const send = (given: UdpSendOption) => {
      const { address, port, setBroadcast } = (given ?? {}) as Partial<UdpSendOption>;
      const bytes = bytesOf(given);
      if (socket.ended) socket.fail(systemError('send', 'closed'));
      else if (!endpoint) socket.fail(systemError('send', 'not-connected'));
      else if (typeof address !== 'string' || address === '')
        socket.fail(parameterError('parameter.address should be String;', 1));
      else if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65_535)
        socket.fail(parameterError('parameter.port should be Number from 1 to 65535;', 2));
      else if (!bytes)
        socket.fail(
          parameterError('parameter.message should be String, or ArrayBuffer that offset and length lie in;'),
        );
      else if (bytes.byteLength >= MAX_DATAGRAM_BYTES)
        socket.refuse(
          systemError('send', 'too-long'),
          'UDP-1',
          `the message has ${bytes.byteLength} bytes; ${SHORTER}`,
        );
      else if (host.networkType() === 'none') socket.fail(systemError('send', 'offline'));
      else {
        const everybody = isBroadcast(address, device);
        const refusal = everybody ? undefined : peerRefusal('udp', address, Number(port), settings, host.lan());
        if (everybody === 'subnet' && setBroadcast !== true) socket.fail(systemError('send', 'no-broadcast'));
        else if (refusal) socket.refuseAddress(RAW_REFUSALS['udp-address'], refusal);
        else sent(endpoint, address, Number(port), bytes, everybody !== undefined);
      }
    };

    const sent = (to: UdpEndpoint, address: string, port: number, bytes: Uint8Array, broadcast: boolean) => {
      report({ type: 'socket-sent', id, bytes: bytes.byteLength, peer: `${address}:${port}` });
      try {
        to.send({ address, port, bytes, broadcast });
      } catch (error) {
        // The script does not know the peer.
        host.throwLoudly(error);
      }
    };

    return {
      bind,
      send,
      write: send,
      connect: (given) => {
        const { address, port } = given ?? {};
        if (!isIpv4(String(address)) || !Number.isInteger(port))
          socket.fail(parameterError('parameter.address should be an IPv4 address, parameter.port Number;', 1));
        else connectedTo = { address, port };
      },
      setTTL: (ttl) => {
        if (!Number.isInteger(ttl) || ttl < 0 || ttl > 255)
          socket.fail(parameterError('ttl should be Number from 0 to 255;'));
        else if (!endpoint) socket.fail(systemError('bind', 'not-connected'));
        else endpoint.setTtl(ttl);
      },
      close: () => socket.end(),
      onListening: listenings.on,
      offListening: listenings.off,
      onMessage: messages.on,
      offMessage: messages.off,
      onError: socket.errors.on,
      offError: socket.errors.off,
      onClose: socket.closes.on,
      offClose: socket.closes.off,
    };
  };

  return { createUDPSocket };
}

const SHORTER = `one is shorter than ${MAX_DATAGRAM_BYTES}; cut it`;

/** The bytes to be sent, a copy: the app may use its buffer again. `undefined` for what cannot be. */
function bytesOf(given: Partial<UdpSendOption> | undefined): Uint8Array | undefined {
  const { message, offset = 0, length } = given ?? {};
  if (typeof message === 'string') return rawBytes(message);
  if (!isArrayBuffer(message)) return undefined;
  const end = offset + (length ?? message.byteLength - offset);
  const inside = Number.isInteger(offset) && Number.isInteger(end) && offset >= 0 && end >= offset;
  return inside && end <= message.byteLength ? new Uint8Array(message.slice(offset, end)) : undefined;
}
