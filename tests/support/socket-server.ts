import { createServer as createPlainServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { throwAwayCertificate } from './authority.js';

/** A WebSocket server on 127.0.0.1 that poses as `chat.example.com`. */
export interface SocketServer {
  readonly port: number;
  /** The authority that signed its certificate, in PEM. */
  readonly ca: string;
  /** The handshakes that it took. */
  readonly handshakes: readonly IncomingMessage[];
  /** How many sockets are open now, and at most. */
  readonly open: () => number;
  readonly maxOpen: () => number;
  /** For the simulator's `lookup`: every host is here. */
  readonly lookup: () => { readonly address: string; readonly port: number };
  /** Breaks all connections off. */
  breakOff(): void;
  stop(): Promise<void>;
}

/** How it behaves. */
export interface SocketServerOptions {
  /** @defaultValue echoes */
  readonly onConnection?: (socket: WebSocket, request: IncomingMessage) => void;
  /** Answers the handshake with another status than 101. @defaultValue never */
  readonly refuse?: (path: string) => number | undefined;
  /** @defaultValue `true` */
  readonly tls?: boolean;
  readonly hosts?: readonly string[];
  /** The sub-protocols that it speaks. @defaultValue `chat.v2` */
  readonly protocols?: readonly string[];
  /** Such as that of a server that is started again. @defaultValue any that is free */
  readonly port?: number;
  /** Gives the handshakes to somebody else's server, such as a broker. @defaultValue they are taken here */
  readonly attach?: (server: Server) => void;
}

/** Starts one, with a throw-away authority. */
export async function startSocketServer({
  onConnection = echo,
  refuse = () => undefined,
  tls = true,
  hosts = ['chat.example.com'],
  protocols = ['chat.v2'],
  port = 0,
  attach,
}: SocketServerOptions = {}): Promise<SocketServer> {
  const { key, cert, ca } = await throwAwayCertificate(hosts);
  const server: Server = tls ? createTlsServer({ key, cert }) : createPlainServer();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: true,
    handleProtocols: (asked) => protocols.find((protocol) => asked.has(protocol)) ?? false,
  });
  const connections = new Set<Socket>();
  const handshakes: IncomingMessage[] = [];
  let most = 0;

  server.on(tls ? 'secureConnection' : 'connection', (connection: Socket) => {
    connections.add(connection);
    // A phone that leaves while it is being answered is what some tests are about.
    connection.on('close', () => connections.delete(connection)).on('error', () => {});
  });
  server.on('upgrade', (request, connection, head) => {
    if (attach) {
      handshakes.push(request);
      return;
    }
    const status = refuse(request.url ?? '');
    if (status !== undefined) {
      connection.end(`HTTP/1.1 ${status} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno`);
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      handshakes.push(request);
      most = Math.max(most, sockets.clients.size);
      socket.on('error', () => {});
      onConnection(socket, request);
    });
  });
  attach?.(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  const { port: bound } = server.address() as AddressInfo;
  const breakOff = () => {
    for (const connection of connections) connection.destroy();
  };
  return {
    port: bound,
    ca,
    handshakes,
    open: () => sockets.clients.size,
    maxOpen: () => most,
    lookup: () => ({ address: '127.0.0.1', port: bound }),
    breakOff,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      breakOff();
      await closed;
    },
  };
}

function echo(socket: WebSocket): void {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
}
