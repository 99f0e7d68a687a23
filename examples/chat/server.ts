import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { throwAwayCertificate } from '../../tests/support/authority.js';
import type { Room } from './room.js';

/** A machine that poses as `chat.example.com`, on which the server of the room can be started again and again. */
export interface ChatMachine {
  /** Where the server is, or was. */
  readonly port: () => number;
  /** Its authority, in PEM. */
  readonly ca: string;
  /** How many WebSockets there have been, and how many at once. */
  readonly opened: () => number;
  readonly maxOpen: () => number;
  start(): Promise<void>;
  /** Breaks all connections off, as when the power fails. */
  stop(): Promise<void>;
}

export async function createMachine(room: Room): Promise<ChatMachine> {
  const { key, cert, ca } = await throwAwayCertificate(['chat.example.com']);
  const connections = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let opened = 0;
  let open = 0;
  let most = 0;

  return {
    port: () => port,
    ca,
    opened: () => opened,
    maxOpen: () => most,
    async start() {
      const started = createServer({ key, cert });
      const sockets = new WebSocketServer({ server: started });
      started.on('secureConnection', (connection: Socket) => {
        connections.add(connection);
        connection.on('close', () => connections.delete(connection)).on('error', () => undefined);
      });
      sockets.on('connection', (socket) => {
        opened++;
        most = Math.max(most, ++open);
        socket.on('close', () => open--).on('error', () => undefined);
        room.admit(socket);
      });
      await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
      port = (started.address() as AddressInfo).port;
      server = started;
    },
    async stop() {
      const stopped = server;
      server = undefined;
      if (!stopped) return;
      const closed = new Promise((resolve) => stopped.close(resolve));
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
}
