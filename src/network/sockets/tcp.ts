import { defer, identity, map, throwError, timeout, type Observable } from 'rxjs';
import { BACKGROUND_POLICIES, type BackgroundPolicy } from '../../platform/app-state.js';
import { problemOfOptions, type OptionKind } from '../../platform/check-options.js';
import { copyOf } from '../../platform/copy-of.js';
import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import { ownOptions } from '../../platform/own-options.js';
import { MAX_TCP_SOCKETS, problemOfAddress, TCP_WINDOW_MS, tcpRefusal } from '../../platform/raw-socket-rules.js';
import type { WxTcpPort } from '../../platform/wx-sockets.js';
import { tcpSocket$, type TcpConnection, type TcpSocketOptions } from '../../sources/tcp-socket.js';
import { invalidArgument } from '../../sources/call-wx.js';
import { backstopMs } from '../calls/attempt-limit.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { inForeground } from '../in-foreground.js';
import { defaultNetwork } from '../default-network.js';
import { refuseAddress } from './refuse-address.js';
import type { SocketWatch } from '../watching.js';
import { watchedLife$ } from './watched.js';

/** Where to connect to, and how. */
export interface TcpConnectOptions extends Omit<TcpSocketOptions, 'timeoutMs'> {
  /** Longest time to connect, in milliseconds; the platform counts whole seconds, so it is rounded up. @defaultValue the platform's 2 s */
  readonly attemptMs?: number | undefined;
  /** What connecting does while the app is in the background (BG-2). @defaultValue the network's, else `'hold'` */
  readonly background?: BackgroundPolicy | undefined;
}

/** Opens a TCP connection with each subscription. */
export type Tcp = (options: TcpConnectOptions) => Observable<TcpConnection>;

const madeAt = new WeakMap<Network, number[]>();

/**
 * Makes `tcp$()` on a network: {@link tcpSocket$} behind the rules of the platform, so that a refusal says why (TCP-1, LAN-1).
 *
 * Refused before anything is called: the device's own address, addresses outside its subnet, names that are not in the network's `domains.tcp`,
 * the ports that the platform forbids, and the twenty-first socket within five minutes. Connecting waits for the foreground.
 * What the background does to a connection that stands is not known: it ends when the platform says so.
 *
 * @example
 * ```ts
 * const tcp$ = createTcp(network);
 * tcp$({ address: '192.168.1.20', port: 9000 }).subscribe(({ send }) => send('hello\n'));
 * ```
 *
 * @throws TypeError for what is not from `createNetwork()`.
 */
export function createTcp(network: Network): Tcp {
  internalsOf(network);
  return tcpOn(() => network);
}

/** `tcp$()` over the global `wx`, with every default: names are not checked. It shares the default network with `http$()`. */
export const tcp$: Tcp = /* @__PURE__ */ tcpOn(defaultNetwork);

function tcpOn(networkOf: () => Network): Tcp {
  return (given) =>
    defer(() => {
      const network = networkOf();
      // Also where there are none: what is missing, the check says better.
      const options = (given as TcpConnectOptions | undefined) ?? ({} as TcpConnectOptions);
      const misspelt = problemOfOptions(options, OPTION_KINDS, FOREIGN_NAMES);
      const call = callTo(options);
      if (misspelt !== undefined) throw invalidArgument(misspelt, call);
      const { attemptMs, background, ...rest } = ownOptions(options, OPTION_KINDS);
      // It may wait for the foreground.
      const to = copyOf(rest);
      const problem = problemOfAddress(to);
      if (problem !== undefined) throw invalidArgument(problem, call);
      return watchedLife$(network, call.url, (watch) => {
        const { device, domains } = internalsOf(network).settings;
        refuseAddress(network, tcpRefusal(to, device?.(), domains.of('tcp')), call);
        const socket$ = tcpSocket$({ ...to, timeoutMs: attemptMs }, { wx: network.wx as unknown as WxTcpPort });
        return defer(() => {
          countOne(network, call);
          watch?.status({ state: 'connecting' });
          const limitMs = attemptMs ?? PLATFORM_TIMEOUT_MS;
          return socket$.pipe(
            timeout({
              first: backstopMs(limitMs),
              with: () => throwError(() => tooSlow(limitMs, call)),
              scheduler: network.scheduler,
            }),
            watch ? map((connection) => trafficTold(connection, watch)) : identity,
          );
        }).pipe(inForeground(internalsOf(network), background, call));
      });
    });
}

/** What its errors are to name: also the error that says that this cannot be read. */
function callTo(options: TcpConnectOptions): CallDetails & { readonly url: string } {
  try {
    return { api: 'createTCPSocket', url: `tcp://${options.address}:${options.port}` };
  } catch {
    return { api: 'createTCPSocket', url: 'tcp://' };
  }
}

function trafficTold(connection: TcpConnection, watch: SocketWatch): TcpConnection {
  // They end with the socket.
  connection.messages$.subscribe((data) => watch.message('in', data));
  return {
    ...connection,
    send(data) {
      connection.send(data);
      watch.message('out', data);
    },
  };
}

const OPTION_KINDS: { readonly [Name in keyof Required<TcpConnectOptions>]: OptionKind } = {
  // Both are looked at by themselves.
  address: 'anything',
  port: 'anything',
  attemptMs: 'delay',
  type: ['ipv4', 'ipv6'],
  bssid: 'string',
  platform: 'object',
  background: BACKGROUND_POLICIES,
};

const HINT = 'write attemptMs, in milliseconds';
const FOREIGN_NAMES = { timeout: HINT, timeoutMs: HINT };

/** What the platform allows where nobody says. */
const PLATFORM_TIMEOUT_MS = 2_000;

function tooSlow(limitMs: number, call: CallDetails): NetworkError {
  const what = `the platform did not say within ${limitMs} ms whether it has connected`;
  return new NetworkError(what, { ...call, code: 'timeout', phase: 'attempt' });
}

function countOne(network: Network, call: CallDetails): void {
  const now = network.scheduler.now();
  // Where the clock was put back nobody knows how long ago it was: the platform says what it has counted.
  const recent = (madeAt.get(network) ?? []).filter((at) => at <= now && now - at < TCP_WINDOW_MS);
  madeAt.set(network, recent);
  if (recent.length >= MAX_TCP_SOCKETS) {
    const inMs = (recent[0] as number) + TCP_WINDOW_MS - now;
    const what = `the platform makes ${MAX_TCP_SOCKETS} TCP sockets in five minutes; the next in ${Math.ceil(inMs / 1_000)} s`;
    throw new NetworkError(what, { ...call, code: 'too-many-tasks', rule: 'TCP-1', phase: 'check' });
  }
  recent.push(now);
}
