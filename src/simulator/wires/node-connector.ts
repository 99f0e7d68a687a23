import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { takeContinue } from './h1-continue.js';
import { createStreamWatch, type StreamWatch } from './h2-torn.js';
import type { Lookup } from './lookup.js';
import type { WireConnection } from './wire.js';

export type { Lookup } from './lookup.js';

/** How the node wire reaches and trusts a server. */
export interface NodeWireOptions {
  /** @defaultValue the system's resolver */
  readonly lookup?: Lookup | undefined;
  /** PEM. @defaultValue the system's authorities */
  readonly ca?: string | readonly string[] | undefined;
  /** `false` takes any certificate, as 不校验合法域名 does (discoveries/domain-lists.md). @defaultValue `true` */
  readonly verifyCertificates?: boolean | undefined;
  /** Whom a UDP broadcast reaches, one by one. @defaultValue a real broadcast; on the loopback nobody */
  readonly neighbours?: readonly string[] | undefined;
}

/** The newest connection to an origin, as it is told: both made once, for all of its calls. */
export interface NewestConnection {
  readonly fresh: WireConnection;
  readonly reused: WireConnection;
  /** How many there have been. */
  readonly count: number;
}

/** Opens sockets for undici, and remembers what came of it. */
export interface NodeConnector {
  readonly connect: ReturnType<typeof buildConnector>;
  readonly streams: StreamWatch;
  /** The newest connection to an origin. */
  readonly newestTo: (origin: string) => NewestConnection | undefined;
  /**
   * Breaks off the connection that undici has begun last, unless it stands by then; nothing, where it has begun none
   * since this was asked last. undici begins one for each request that finds none free, and never gives it up.
   */
  readonly begun: () => (() => void) | undefined;
  /** Breaks off what still connects, which undici leaves alone: a server that never shakes hands would hold the process. */
  close(): Promise<void>;
}

/**
 * Connects to where `lookup` says a host is, under the name that the URL has: the TLS server name and the certificate
 * check are those of the name.
 */
export function createConnector(
  { lookup, ca, verifyCertificates = true }: NodeWireOptions,
  allowH2: boolean,
): NodeConnector {
  const streams = createStreamWatch();
  const newest = new Map<string, NewestConnection>();
  const connecting = new Set<Socket>();
  let begun: Socket | undefined;
  // It returns the socket, which its typings do not know.
  const open = buildConnector({
    allowH2,
    rejectUnauthorized: verifyCertificates,
    // Deadlines are a rule of the simulator, in its own time.
    timeout: 0,
    ...(ca !== undefined && { ca: [...(typeof ca === 'string' ? [ca] : ca)] }),
  }) as (...given: Parameters<buildConnector.connector>) => Socket;

  return {
    streams,
    newestTo: (origin) => newest.get(origin),
    connect: (options, callback) => {
      const { protocol, hostname } = options;
      const port = Number(options.port || (protocol === 'https:' ? 443 : 80));
      const found = lookup?.(hostname, port);

      const to = { ...options, hostname: found?.address ?? hostname, port: String(found?.port ?? port) };
      const startedAt = performance.now();
      const opening = open(to, (...result) => {
        connecting.delete(opening);
        const [, socket] = result;
        if (socket) {
          const { alpnProtocol } = socket as Partial<TLSSocket>;
          if (alpnProtocol === 'h2') streams.watch(socket);
          const origin = new URL(`${protocol}//${options.host ?? hostname}`).origin;
          const fresh: WireConnection = {
            protocol: alpnProtocol === 'h2' ? 'h2' : 'http1.1',
            peerIP: socket.remoteAddress ?? '',
            port: socket.remotePort ?? 0,
            socketReused: false,
            steps: steps(),
          };
          const count = (newest.get(origin)?.count ?? 0) + 1;
          newest.set(origin, { fresh, reused: { ...fresh, socketReused: true }, count });
        }
        callback(...result);
        if (socket) takeContinue(socket);
      });
      const steps = stepsOf(opening, startedAt);
      begun = opening;
      connecting.add(opening);
      opening.once('close', () => connecting.delete(opening));
    },
    begun: () => {
      const opening = begun;
      begun = undefined;
      if (!opening) return undefined;
      return () => {
        if (connecting.has(opening)) opening.destroy(new Error('unsubscribed'));
      };
    },
    close: async () => {
      await Promise.all(
        [...connecting].map(
          (socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()).destroy()),
        ),
      );
    },
  };
}

/** Measures how long each step of a connection takes; to be asked when it stands. */
function stepsOf(opening: Socket, startedAt: number): () => WireConnection['steps'] {
  let foundAt = startedAt;
  let connectedAt = startedAt;
  opening.once('lookup', () => (foundAt = performance.now()));
  opening.once('connect', () => (connectedAt = performance.now()));
  return () => ({
    lookupMs: foundAt - startedAt,
    tcpMs: connectedAt - foundAt,
    tlsMs: 'encrypted' in opening ? performance.now() - connectedAt : 0,
  });
}
