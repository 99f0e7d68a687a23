import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Observable } from 'rxjs';
import { WebSocket, type ClientOptions } from 'ws';
import { MAX_TIMER_MS } from '../../platform/limits.js';
import type { NodeWireOptions } from './node-connector.js';
import { wireFailureOf } from './node-failure.js';
import { socketClosed, socketMessage, socketOpened, type SocketWire } from './socket-wire.js';
import { WireFailure, wireHeaders } from './wire.js';

/** A wire of real WebSockets that can be closed. */
export interface NodeSocketWire {
  readonly open: SocketWire;
  /** Breaks them all off; resolves when they are gone. */
  close(): Promise<void>;
}

/** Makes a wire of real WebSockets, by ws. It knows no rules: no time limits, no redirects, no default headers. */
export function nodeSocketWire({ lookup, ca, verifyCertificates = true }: NodeWireOptions): NodeSocketWire {
  const connections = new Set<Socket>();
  const trust: ConnectionOptions = {
    rejectUnauthorized: verifyCertificates,
    ...(ca !== undefined && { ca: [...(typeof ca === 'string' ? [ca] : ca)] }),
  };

  /** Connects to where `lookup` says the host is, under the name that the URL has. */
  const connectionTo = (url: URL): Socket => {
    const secure = url.protocol === 'wss:';
    // A URL has an IPv6 address in brackets, and nobody else does.
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port || (secure ? 443 : 80));
    const found = lookup?.(hostname, port);
    const to = { host: found?.address ?? hostname, port: found?.port ?? port };
    const connection: Socket = secure
      ? connectTls({ ...to, ...trust, ...(isIP(hostname) === 0 && { servername: hostname }) })
      : connectPlain(to);
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
    return connection;
  };

  const open: SocketWire = ({ url, header, protocols, perMessageDeflate, tcpNoDelay }, input$) =>
    new Observable((subscriber) => {
      let connection: Socket | undefined;
      // Its typings do not know closeTimeout yet.
      const options: ClientOptions & { closeTimeout: number } = {
        headers: { ...header },
        perMessageDeflate,
        followRedirects: false,
        // Never: deadlines are a rule of the simulator, in its own time.
        closeTimeout: MAX_TIMER_MS,
        createConnection: () => (connection = connectionTo(new URL(url))),
      };
      let socket: WebSocket;
      try {
        socket = new WebSocket(url, [...protocols], options);
      } catch (cause) {
        subscriber.error(new WireFailure('handshake', { cause }));
        return;
      }

      socket.on('upgrade', ({ rawHeaders }) => {
        // ws has turned the delay off by now; it is on only where the app has asked for it.
        if (tcpNoDelay === false) connection?.setNoDelay(false);
        const fields = rawHeaders.flatMap((name, index) =>
          index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
        );
        // Before ws is open, so that a message in the same packet comes second.
        socket.once('open', () => subscriber.next(socketOpened(wireHeaders(101, fields).header)));
      });
      socket.on('message', (data, isBinary) => {
        const bytes = bytesOf(data);
        subscriber.next(socketMessage(isBinary ? bytes : bytes.toString('utf8')));
      });
      socket.on('unexpected-response', (request, { statusCode }) => {
        request.destroy();
        subscriber.error(new WireFailure('handshake', { cause: new Error(`status ${statusCode ?? 'unknown'}`) }));
      });
      socket.on('error', (error) => subscriber.error(failureOf(error)));
      socket.on('close', (code, reason) => {
        subscriber.next(socketClosed(code, reason.toString('utf8')));
        subscriber.complete();
      });

      subscriber.add(
        input$.subscribe((input) => {
          if (input.type === 'close') socket.close(input.code, input.reason);
          else socket.send(input.data);
        }),
      );
      return () => {
        socket.terminate();
        connection?.destroy();
      };
    });

  return {
    open,
    close: async () => {
      await Promise.all(
        [...connections].map(
          (connection) => new Promise<void>((resolve) => connection.once('close', () => resolve()).destroy()),
        ),
      );
    },
  };
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

/** ws has an error of its own for a handshake that is none, without a code; the others are Node's. */
function failureOf(error: Error): WireFailure {
  return 'code' in error ? wireFailureOf(error, 'nothing') : new WireFailure('handshake', { cause: error });
}
