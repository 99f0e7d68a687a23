import { isBroadcast } from '../../platform/broadcast-address.js';
import { isIpv4 } from '../../platform/lan-address.js';
import { MAX_DATAGRAM_BYTES } from '../../platform/raw-socket-rules.js';
import type { Host } from '../host.js';
import { createListeners } from '../listeners.js';
import { peerRefusal } from '../rules/peer-admission.js';
import { parameterError, RAW_REFUSALS, systemError, type RawSocketFailed } from '../rules/raw-socket-words.js';
import { isArrayBuffer } from '../rules/socket-parameters.js';
import { rawBytes } from '../wires/raw-wire.js';
import type { UdpSendOption, UdpSocket } from './raw-socket-types.js';
import { createUdpBinding, SHORTER, type UdpBinding, type UdpListeners } from './udp-binding.js';

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
  return {
    createUDPSocket: (type) => {
      const listenings: UdpListeners['listenings'] = createListeners();
      const messages: UdpListeners['messages'] = createListeners();
      const binding = createUdpBinding(host, type === 'udp6' ? 6 : 4, { listenings, messages });
      const { socket } = binding;
      const send = (given: UdpSendOption) => sendUnderRules(host, binding, given);

      return {
        bind: (port = 0) => {
          const problem = problemOfBind(binding, port);
          if (problem) socket.fail(problem);
          else if (!socket.refusedInBackground()) binding.bind(port);
          return binding.endpoint?.port ?? 0;
        },
        send,
        write: send,
        connect: (given) => {
          const { address, port } = given ?? {};
          if (!isIpv4(String(address)) || !Number.isInteger(port))
            socket.fail(parameterError('parameter.address should be an IPv4 address, parameter.port Number;', 1));
          else binding.connect({ address, port });
        },
        setTTL: (ttl) => {
          if (!Number.isInteger(ttl) || ttl < 0 || ttl > 255)
            socket.fail(parameterError('ttl should be Number from 0 to 255;'));
          else if (!binding.endpoint) socket.fail(systemError('bind', 'not-connected'));
          else binding.endpoint.setTtl(ttl);
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
    },
  };
}

function problemOfBind({ socket, endpoint }: UdpBinding, port: unknown): RawSocketFailed | undefined {
  if (endpoint) return systemError('bind', 'invalid');
  if (socket.ended) return systemError('bind', 'closed');
  return Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535
    ? undefined
    : parameterError('port should be Number from 0 to 65535;', 2);
}

/** Sends, or tells why not: what makes no sense, a message that is too long, the lack of a network, and where it must not go (UDP-1, LAN-1). */
function sendUnderRules(host: Host, binding: UdpBinding, given: UdpSendOption): void {
  const { settings } = host;
  const { socket } = binding;
  const { address = '', port = 0, setBroadcast } = (given ?? {}) as Partial<UdpSendOption>;
  const bytes = bytesOf(given);
  const problem = problemOfSend(binding, given);
  if (problem || !bytes) {
    socket.fail(problem ?? NO_MESSAGE);
  } else if (bytes.byteLength >= MAX_DATAGRAM_BYTES) {
    const detail = `the message has ${bytes.byteLength} bytes; ${SHORTER}`;
    socket.refuse(systemError('send', 'too-long'), 'UDP-1', detail);
  } else if (host.networkType() === 'none') {
    socket.fail(systemError('send', 'offline'));
  } else {
    const everybody = isBroadcast(address, settings.device);
    const refusal = everybody ? undefined : peerRefusal('udp', address, port, settings, host.lan());
    if (everybody === 'subnet' && setBroadcast !== true) socket.fail(systemError('send', 'no-broadcast'));
    else if (refusal) socket.refuseAddress(RAW_REFUSALS['udp-address'], refusal);
    else binding.send({ address, port, bytes, broadcast: everybody !== undefined });
  }
}

const NO_MESSAGE = parameterError('parameter.message should be String, or ArrayBuffer that offset and length lie in;');

/** Why nothing can be sent, whatever the rules and the message. */
function problemOfSend({ socket, endpoint }: UdpBinding, given: UdpSendOption): RawSocketFailed | undefined {
  const { address, port } = (given ?? {}) as Partial<UdpSendOption>;
  if (socket.ended) return systemError('send', 'closed');
  if (!endpoint) return systemError('send', 'not-connected');
  if (typeof address !== 'string' || address === '') return parameterError('parameter.address should be String;', 1);
  return Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535
    ? undefined
    : parameterError('parameter.port should be Number from 1 to 65535;', 2);
}

/** The bytes to be sent, a copy: the app may use its buffer again. `undefined` for what cannot be. */
function bytesOf(given: Partial<UdpSendOption> | undefined): Uint8Array | undefined {
  const { message, offset = 0, length } = given ?? {};
  if (typeof message === 'string') return rawBytes(message);
  if (!isArrayBuffer(message)) return undefined;
  const end = offset + (length ?? message.byteLength - offset);
  const inside = Number.isInteger(offset) && Number.isInteger(end) && offset >= 0 && end >= offset;
  return inside && end <= message.byteLength ? new Uint8Array(message.slice(offset, end)) : undefined;
}
