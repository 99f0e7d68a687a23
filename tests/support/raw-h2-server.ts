import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:tls';
import { throwAwayCertificate } from './authority.js';

const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const PREFACE_LENGTH = 24;
const END_OF_HEADERS = 4;
/** END_STREAM for data, ACK for settings. */
const END_OR_ACK = 1;
/** HPACK: `:status: 200`, then `content-encoding: gzip`. */
const STATUS_200 = Buffer.from([0x88]);
const GZIP = Buffer.from([0x0f, 0x0b, 4, ...Buffer.from('gzip')]);

/** What becomes of one stream. */
export interface StreamAnswer {
  readonly body: Buffer;
  readonly gzip?: boolean;
  /** The code of the RST_STREAM that follows in the place of END_STREAM. */
  readonly resetBy?: number;
}

/**
 * Starts a server for `api.example.com` that writes the frames of HTTP/2 by hand, the n-th answer to the n-th stream of
 * each connection. Node's own server cannot tear a stream: its `close(code)` sends END_STREAM before RST_STREAM.
 */
export async function startRawH2Server(answers: readonly StreamAnswer[]): Promise<{
  readonly ca: string;
  readonly lookup: () => { readonly address: string; readonly port: number };
  stop(): Promise<void>;
}> {
  const { key, cert, ca } = await throwAwayCertificate(['api.example.com']);
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let unread = Buffer.alloc(0);
    let prefaced = false;
    socket.write(frame(SETTINGS, 0, 0));
    socket.on('data', (bytes) => {
      unread = Buffer.concat([unread, bytes]);
      if (!prefaced && unread.length < PREFACE_LENGTH) return;
      if (!prefaced) unread = unread.subarray(PREFACE_LENGTH);
      prefaced = true;
      while (unread.length >= 9 && unread.length >= 9 + unread.readUIntBE(0, 3)) {
        const [type, flags, stream] = [unread[3], unread[4] ?? 0, unread.readUInt32BE(5)];
        unread = unread.subarray(9 + unread.readUIntBE(0, 3));
        if (type === SETTINGS && (flags & END_OR_ACK) === 0) socket.write(frame(SETTINGS, END_OR_ACK, 0));
        if (type === HEADERS) answer(socket, stream, answers[(stream - 1) / 2] ?? { body: Buffer.alloc(0) });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const { port } = server.address() as AddressInfo;
  return {
    ca,
    lookup: () => ({ address: '127.0.0.1', port }),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function answer(socket: Socket, stream: number, { body, gzip = false, resetBy }: StreamAnswer): void {
  socket.write(frame(HEADERS, END_OF_HEADERS, stream, Buffer.concat([STATUS_200, ...(gzip ? [GZIP] : [])])));
  socket.write(frame(DATA, resetBy === undefined ? END_OR_ACK : 0, stream, body));
  if (resetBy === undefined) return;
  const code = Buffer.alloc(4);
  code.writeUInt32BE(resetBy);
  setTimeout(() => socket.write(frame(RST_STREAM, 0, stream, code)), 20);
}

function frame(type: number, flags: number, stream: number, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
