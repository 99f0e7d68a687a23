import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server that sends what no HTTP library would. */
export interface RawServer {
  readonly port: number;
  /** For the simulator's `lookup`: every host is here. */
  readonly lookup: () => { readonly address: string; readonly port: number };
  stop(): Promise<void>;
}

/** Starts a plain server on 127.0.0.1 that answers the path `/name` with the bytes of that name, and then keeps quiet. */
export async function startRawServer(answers: {
  readonly [name: string]: readonly (string | Buffer)[];
}): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // A client that leaves while it reads is what some tests are about.
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let seen = '';
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1');
      if (!seen.includes('\r\n\r\n')) return;
      const name = /^\S+ \/(\S*)/.exec(seen)?.[1] ?? '';
      seen = '';
      for (const part of answers[name] ?? []) socket.write(part);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const { port } = server.address() as AddressInfo;
  return {
    port,
    lookup: () => ({ address: '127.0.0.1', port }),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
