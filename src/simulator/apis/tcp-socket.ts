import { Subject, Subscription } from 'rxjs';
import { MAX_TIMER_MS } from '../../platform/limits.js';
import { portRefusal } from '../../platform/raw-socket-rules.js';
import type { Host } from '../host.js';
import { createListeners, type Listeners } from '../listeners.js';
import { parameterError, RAW_REFUSALS, systemError, wireError } from '../rules/raw-socket-words.js';
import { peerRefusal } from '../rules/peer-admission.js';
import { arrayBufferOf } from '../rules/response-body.js';
import { isArrayBuffer } from '../rules/socket-parameters.js';
import { createTcpCreations } from '../rules/tcp-limits.js';
import { WireFailure } from '../wires/wire.js';
import { rawBytes, type TcpConnected } from '../wires/raw-wire.js';
import type { GeneralResult } from './callbacks.js';
import { createRawSocket } from './raw-socket.js';
import type { EndInfo, TcpConnectOption, TcpConnectResult, TcpMessageResult, TcpSocket } from './raw-socket-types.js';

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
  const { settings, report, wire } = host;
  const { scheduler, device } = settings;
  const creations = createTcpCreations(scheduler);

  const createTCPSocket: TcpSocketApi['createTCPSocket'] = (option) => {
    const family = option?.type === 'ipv6' ? 6 : 4;
    const connects: Listeners<TcpConnectResult> = createListeners();
    const messages: Listeners<TcpMessageResult> = createListeners();
    const wifi: Listeners<GeneralResult> = createListeners();
    const input$ = new Subject<Uint8Array>();
    let wired = new Subscription();
    let deadline = new Subscription();
    let state: 'idle' | 'connecting' | 'connected' | 'closing' | 'failed' = 'idle';

    const socket = createRawSocket(host, 'createTCPSocket', {
      release: () => {
        deadline.unsubscribe();
        wired.unsubscribe();
        input$.complete();
      },
      mute: () => wired.unsubscribe(),
      running: () => state === 'connecting' || state === 'connected' || state === 'closing',
      offline: () => {
        if (state === 'connecting') failConnect('offline');
        else if (state === 'connected') broken(() => socket.fail(systemError('write', 'offline')));
      },
    });
    const { id } = socket;

    const tooMany = creations.tooMany();
    const refuseTooMany = () =>
      socket.refuse(
        RAW_REFUSALS['too-many'],
        'TCP-1',
        '20 TCP sockets have been made within 5 minutes; use them longer',
      );
    if (tooMany) refuseTooMany();

    const failConnect = (failure: 'offline' | 'timeout' | WireFailure) => {
      if (state !== 'connecting') return;
      state = 'failed';
      deadline.unsubscribe();
      wired.unsubscribe();
      socket.fail(
        failure instanceof WireFailure ? wireError('connect', failure.kind) : systemError('connect', failure),
      );
    };

    const broken = (tell: () => void) => {
      tell();
      socket.end();
    };

    const opened = ({ remote, localPort }: TcpConnected) => {
      state = 'connected';
      deadline.unsubscribe();
      report({ type: 'socket-opened', id });
      const ends = (): { remoteInfo: EndInfo; localInfo: EndInfo } => ({
        remoteInfo: { ...remote },
        localInfo: { address: device.localip, family: remote.family, port: localPort },
      });
      socket.tell(connects, { ...ends(), useHttpDNS: false, exception: { retryCount: '0', reasons: [] } });
      return ends;
    };

    const connect = (address: string, port: number, timeoutMs: number) => {
      state = 'connecting';
      report({ type: 'socket-connecting', id, url: `tcp://${address}:${port}`, timeoutMs });
      deadline = scheduler.schedule(() => failConnect('timeout'), timeoutMs);
      wired = scheduler.schedule(() => {
        if (host.networkType() === 'none') {
          failConnect('offline');
          return;
        }
        if (!wire.tcp) {
          failConnect(new WireFailure('failed'));
          host.throwLoudly(
            new Error(
              'createTCPSocket: this wire carries no TCP; leave `wire` out, or take scriptWire({}, { tcp: { … } })',
            ),
          );
          return;
        }
        let ends: ReturnType<typeof opened> | undefined;
        wired.add(
          wire.tcp({ address, port, family, localAddress: device.localip }, input$).subscribe({
            next: (event) => {
              if (event.type === 'connected') {
                ends = opened(event);
              } else if (state === 'connected' && ends) {
                report({ type: 'socket-received', id, bytes: event.bytes.byteLength });
                socket.tell(messages, { message: arrayBufferOf(event.bytes), ...ends() });
              }
            },
            error: (error: unknown) => {
              const failure = error instanceof WireFailure ? error : new WireFailure('failed');
              if (state === 'connecting') failConnect(failure);
              else if (state === 'connected') broken(() => socket.fail(wireError('write', failure.kind)));
              else socket.end();
              // Neither the peer's nor the network's: the wire, its script or the simulator is wrong.
              if (!(error instanceof WireFailure)) host.throwLoudly(error);
            },
            complete: () => {
              if (state === 'connecting') failConnect(new WireFailure('reset'));
              else socket.end();
            },
          }),
        );
      });
    };

    return {
      connect: (given) => {
        const { address, port, timeout } = (given ?? {}) as Partial<TcpConnectOption>;
        if (tooMany) refuseTooMany();
        else if (socket.ended) socket.fail(systemError('connect', 'closed'));
        else if (state !== 'idle') socket.fail(systemError('connect', 'already-connected'));
        else if (typeof address !== 'string' || address === '')
          socket.fail(parameterError('parameter.address should be String;', 1));
        else if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65_535)
          socket.fail(parameterError('parameter.port should be Number from 1 to 65535;', 2));
        else if (socket.refusedInBackground()) return;
        else {
          const forbidden = portRefusal(Number(port));
          const refusal = forbidden ?? peerRefusal('tcp', address, Number(port), settings, host.lan());
          const seconds = typeof timeout === 'number' && timeout > 0 ? timeout : DEFAULT_TIMEOUT_SECONDS;
          // A longer timer of Node's would be over at once.
          const timeoutMs = Math.min(seconds * 1_000, MAX_TIMER_MS);
          if (refusal) socket.refuseAddress(forbidden ? RAW_REFUSALS.port : RAW_REFUSALS.address, refusal);
          else connect(address, Number(port), timeoutMs);
        }
      },
      write: (data) => {
        if (typeof data !== 'string' && !isArrayBuffer(data)) {
          socket.fail(parameterError('data should be String, ArrayBuffer;'));
        } else if (state !== 'connected' || socket.ended) {
          socket.fail(systemError('write', socket.ended ? 'closed' : 'not-connected'));
        } else {
          // A copy: the app may use its buffer again.
          const bytes = rawBytes(typeof data === 'string' ? data : new Uint8Array(data.slice(0)));
          report({ type: 'socket-sent', id, bytes: bytes.byteLength });
          input$.next(bytes);
        }
      },
      close: () => {
        if (state === 'connected') {
          // It has closed when everything is written: the wire tells.
          state = 'closing';
          input$.complete();
        } else if (state !== 'closing') {
          socket.end();
        }
      },
      bindWifi: (given) => {
        if (settings.phone !== 'android') socket.fail({ errMsg: 'bindWifi fail: android only', errCode: 5 });
        else if (!BSSID.test(given?.BSSID)) socket.fail({ errMsg: 'bindWifi fail: invalid BSSID', errCode: 3 });
        else socket.tell(wifi, { errMsg: 'bindWifi:ok' });
      },
      onConnect: connects.on,
      offConnect: connects.off,
      onMessage: messages.on,
      offMessage: messages.off,
      onError: socket.errors.on,
      offError: socket.errors.off,
      onClose: socket.closes.on,
      offClose: socket.closes.off,
      onBindWifi: wifi.on,
      offBindWifi: wifi.off,
    };
  };

  return { createTCPSocket };
}
