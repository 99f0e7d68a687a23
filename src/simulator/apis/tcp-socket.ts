import { MAX_TIMER_MS } from '../../platform/limits.js';
import { portRefusal } from '../../platform/raw-socket-rules.js';
import type { Host } from '../host.js';
import { createListeners, type Listeners } from '../listeners.js';
import { parameterError, RAW_REFUSALS, systemError, type RawSocketFailed } from '../rules/raw-socket-words.js';
import { peerRefusal } from '../rules/peer-admission.js';
import { isArrayBuffer } from '../rules/socket-parameters.js';
import { createTcpCreations } from '../rules/tcp-limits.js';
import { rawBytes } from '../wires/raw-wire.js';
import type { GeneralResult } from './callbacks.js';
import type { TcpConnectOption, TcpSocket } from './raw-socket-types.js';
import type { RawSocket } from './raw-socket.js';
import { createTcpConnection, type TcpConnectionLife, type TcpListeners } from './tcp-connection.js';

/** The part of `wx` that makes TCP sockets (TCP-1). */
export interface TcpSocketApi {
  createTCPSocket(option?: { type?: 'ipv4' | 'ipv6' }): TcpSocket;
}

const DEFAULT_TIMEOUT_SECONDS = 2;
const BSSID = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

/**
 * Makes `wx.createTCPSocket`: neighbours and listed domains only, not on the ports of usual servers (TCP-1, LAN-1), and
 * 20 sockets in 5 minutes.
 *
 * - Evidence: discoveries/local-network.md, texts and codes in discoveries/failures.md#words
 * - Not known: whether `onClose` follows an error. Here it follows one of an open connection; one that could not be
 *   made is over, and says `onClose` to `close()`
 */
export function createTcp(host: Host): TcpSocketApi {
  const creations = createTcpCreations(host.settings.scheduler);

  return {
    createTCPSocket: (option) => {
      const connects: TcpListeners['connects'] = createListeners();
      const messages: TcpListeners['messages'] = createListeners();
      const connection = createTcpConnection(host, { connects, messages });
      const { socket } = connection;
      const tooMany = creations.tooMany();
      if (tooMany) refuseTooMany(socket);

      return {
        connect: (given) => {
          const { address, port, timeout } = (given ?? {}) as Partial<TcpConnectOption>;
          const problem = problemOfConnect(connection, address, port);
          if (tooMany) refuseTooMany(socket);
          else if (problem) socket.fail(problem);
          else if (!socket.refusedInBackground() && !refusedPeer(host, socket, address as string, Number(port))) {
            const family = option?.type === 'ipv6' ? 6 : 4;
            connection.connect({ address: address as string, port: Number(port), family, timeoutMs: limitMs(timeout) });
          }
        },
        write: (data) => {
          if (typeof data !== 'string' && !isArrayBuffer(data)) {
            socket.fail(parameterError('data should be String, ArrayBuffer;'));
          } else if (connection.state !== 'connected' || socket.ended) {
            socket.fail(systemError('write', socket.ended ? 'closed' : 'not-connected'));
          } else {
            // A copy: the app may use its buffer again.
            connection.write(rawBytes(typeof data === 'string' ? data : new Uint8Array(data.slice(0))));
          }
        },
        close: connection.close,
        ...wifiOf(host, socket),
        onConnect: connects.on,
        offConnect: connects.off,
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

function refuseTooMany(socket: RawSocket): void {
  socket.refuse(RAW_REFUSALS['too-many'], 'TCP-1', '20 TCP sockets have been made within 5 minutes; use them longer');
}

/** Why it cannot connect, whatever the rules. */
function problemOfConnect(
  { socket, state }: TcpConnectionLife,
  address: unknown,
  port: unknown,
): RawSocketFailed | undefined {
  if (socket.ended) return systemError('connect', 'closed');
  if (state !== 'idle') return systemError('connect', 'already-connected');
  if (typeof address !== 'string' || address === '') return parameterError('parameter.address should be String;', 1);
  return Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535
    ? undefined
    : parameterError('parameter.port should be Number from 1 to 65535;', 2);
}

/** Whether a rule refuses the peer (TCP-1, LAN-1). It is told. */
function refusedPeer(host: Host, socket: RawSocket, address: string, port: number): boolean {
  const forbidden = portRefusal(port);
  const refusal = forbidden ?? peerRefusal('tcp', address, port, host.settings, host.lan());
  if (refusal) socket.refuseAddress(forbidden ? RAW_REFUSALS.port : RAW_REFUSALS.address, refusal);
  return refusal !== undefined;
}

/** How long connecting may take, in milliseconds, by the seconds of the option. A longer timer of Node's would be over at once. */
function limitMs(timeout: unknown): number {
  const seconds = typeof timeout === 'number' && timeout > 0 ? timeout : DEFAULT_TIMEOUT_SECONDS;
  return Math.min(seconds * 1_000, MAX_TIMER_MS);
}

function wifiOf({ settings }: Host, socket: RawSocket): Pick<TcpSocket, 'bindWifi' | 'onBindWifi' | 'offBindWifi'> {
  const wifi: Listeners<GeneralResult> = createListeners();
  return {
    bindWifi: (given) => {
      if (settings.phone !== 'android') socket.fail({ errMsg: 'bindWifi fail: android only', errCode: 5 });
      else if (!BSSID.test(given?.BSSID)) socket.fail({ errMsg: 'bindWifi fail: invalid BSSID', errCode: 3 });
      else socket.tell(wifi, { errMsg: 'bindWifi:ok' });
    },
    onBindWifi: wifi.on,
    offBindWifi: wifi.off,
  };
}
