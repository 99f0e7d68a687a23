import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';

/** A thing that answers whoever asks by UDP who is there, and echoes over TCP; on 127.0.0.1. */
export interface LampThing {
  /** Where it listens for the question. */
  readonly discoveryPort: number;
  stop(): Promise<void>;
}

export async function startLamp(): Promise<LampThing> {
  const echo = createServer((socket) => {
    // A phone that hangs up without a word.
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const { port } = echo.address() as AddressInfo;

  const ears = createSocket('udp4');
  ears.on('message', (_question, asker) => ears.send(String(port), asker.port, asker.address));
  await new Promise<void>((resolve) => ears.bind(0, '127.0.0.1', resolve));

  return {
    discoveryPort: ears.address().port,
    async stop() {
      await Promise.all([
        new Promise<void>((resolve) => ears.close(resolve)),
        new Promise((resolve) => echo.close(resolve)),
      ]);
    },
  };
}
