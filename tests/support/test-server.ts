import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';
import { throwAwayCertificate } from './authority.js';

/** What a server saw of one request. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly header: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly httpVersion: string;
}

/** What it answers. */
export interface TestAnswer {
  /** @defaultValue 200 */
  readonly status?: number;
  /** @defaultValue none */
  readonly header?: Readonly<Record<string, string | string[]>>;
  /** An array is sent piece by piece. @defaultValue empty */
  readonly body?: string | Buffer | readonly (string | Buffer)[];
  /** How long it takes, in milliseconds. @defaultValue 0 */
  readonly afterMs?: number;
  /** What it waits for before that. @defaultValue nothing */
  readonly when?: Promise<unknown>;
  /** Breaks the connection off: before the answer, or in the middle of the body. */
  readonly breakOff?: 'before' | 'within';
}

/** A server on 127.0.0.1 that poses as `api.example.com`. */
export interface TestServer {
  readonly port: number;
  /** The authority that signed its certificate, in PEM. */
  readonly ca: string;
  readonly seen: readonly SeenRequest[];
  /** The most requests that were being answered at once. */
  readonly maxInFlight: () => number;
  /** Requests whose connection the client closed before the answer. */
  readonly cutOff: () => number;
  /** For the simulator's `lookup`: every host is here. */
  readonly lookup: () => { readonly address: string; readonly port: number };
  stop(): Promise<void>;
}

/** Names that the throw-away certificate is good for. */
export const HOSTS = ['api.example.com', 'other.example.com', 'shop.example.com'];

/** Starts an HTTPS server that speaks HTTP/2 and HTTP/1.1, with a throw-away authority; `tls: false` for plain HTTP. */
export async function startTestServer(
  answer: (request: SeenRequest) => TestAnswer,
  { tls = true, hosts = HOSTS }: { readonly tls?: boolean; readonly hosts?: readonly string[] } = {},
): Promise<TestServer> {
  const { key, cert, ca } = await throwAwayCertificate(hosts);
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let inFlight = 0;
  let most = 0;
  let cutOff = 0;

  const serve = async (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ) => {
    inFlight++;
    most = Math.max(most, inFlight);
    let counted = true;
    const leave = () => {
      if (counted) inFlight--;
      counted = false;
    };
    response.on('close', () => {
      leave();
      if (!response.writableEnded) cutOff++;
    });

    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers, httpVersion } = request;
    const seenRequest = { method, url, header: headers, body: Buffer.concat(chunks), httpVersion };
    seen.push(seenRequest);

    const { status = 200, header = {}, body = '', afterMs = 0, when, breakOff } = answer(seenRequest);
    await when;
    if (afterMs > 0) await sleep(afterMs);
    if (response.destroyed) return;
    if (breakOff === 'before') return void request.socket.destroy();

    // One object of two classes, whose writeHead have no common signature.
    (response as ServerResponse).writeHead(status, header);
    const pieces = Array.isArray(body) ? body : [body];
    for (const piece of pieces as readonly (string | Buffer)[]) {
      if (piece.length > 0) (response as ServerResponse).write(piece);
      if (pieces.length > 1) await sleep(15);
    }
    if (breakOff === 'within') return void request.socket.destroy();
    // Before the client knows of the end, and sends the next.
    leave();
    response.end();
  };

  const onRequest = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => {
    // A client that leaves while it sends is what some tests are about.
    serve(request, response).catch(() => {});
  };
  const server: Server = tls
    ? createSecureServer({ key, cert, allowHTTP1: true }, onRequest)
    : createHttpServer(onRequest);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const { port } = server.address() as AddressInfo;
  return {
    port,
    ca,
    seen,
    maxInFlight: () => most,
    cutOff: () => cutOff,
    lookup: () => ({ address: '127.0.0.1', port }),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Keeps no process alive: the client may have left, and the tests may be over. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
