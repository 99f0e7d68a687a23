import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';

/** A thing on the local network, at an address of its own: it answers whoever asks who is there, and echoes over TCP. */
export interface LampThing {
  readonly address: string;
  /** Where it listens for the question. */
  readonly discoveryPort: number;
  stop(): Promise<void>;
}

export async function startLamp(address: string): Promise<LampThing> {
  const echo = createServer((socket) => {
    // A phone that hangs up without a word.
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, address, resolve));
  const { port } = echo.address() as AddressInfo;

  const ears = createSocket('udp4');
  ears.on('message', (_question, asker) => ears.send(String(port), asker.port, asker.address));
  await new Promise<void>((resolve) => ears.bind(0, address, resolve));

  return {
    address,
    discoveryPort: ears.address().port,
    async stop() {
      await Promise.all([
        new Promise<void>((resolve) => ears.close(resolve)),
        new Promise((resolve) => echo.close(resolve)),
      ]);
    },
  };
}
