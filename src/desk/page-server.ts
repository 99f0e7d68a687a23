import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHar } from '../inspect/to-har.js';
import type { ExplainLanguage } from '../inspect/explain.js';
import { ownVersion } from './own-version.js';
import type { Desk } from './desk.js';
import { pageText } from './page-file.js';
import { isCode } from './pairing-code.js';
import { DESK_VERSION, type DeskMessage } from './protocol.js';

/** So much may wait for a slow page; then it gets the whole anew, when it is ready. Bytes. */
const MAX_WAITING_BYTES = 8_388_608;
/** The longest HAR file that the page may send, in bytes. */
const MAX_BODY_BYTES = 67_108_864;

/**
 * Serves the page, and all that it is told, on 127.0.0.1 and nowhere else.
 *
 * @param keepsProcess - Whether the process goes on for as long as it is served.
 */
export async function servePage(
  desk: Desk,
  code: string,
  port: number,
  language: ExplainLanguage,
  keepsProcess = true,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    answer(desk, code, language, request, response).catch((error: unknown) => {
      end(response, 400, JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    });
  });
  if (!keepsProcess) server.unref().on('connection', (socket) => socket.unref());
  await listening(server, port);
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}/#code=${code}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The page, where it can be looked at. */
export interface PageServer {
  /** With the code in its fragment, which no server and no log sees. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function answer(
  desk: Desk,
  code: string,
  language: ExplainLanguage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A page of another site that has its name point here would have its own name in it.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    end(response, 403, 'this desk answers to 127.0.0.1 only\n', 'text/plain');
    return;
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const asked = `${request.method ?? 'GET'} ${url.pathname}`;
  if (asked === 'GET /') {
    end(response, 200, pageText(), 'text/html; charset=utf-8');
    return;
  }
  if (!isCode(url.searchParams.get('code'), code)) {
    end(response, 403, JSON.stringify({ error: 'the code is not that of this desk' }));
    return;
  }
  switch (asked) {
    case 'GET /stream':
      stream(desk, language, response);
      return;
    case 'POST /command':
      desk.command(JSON.parse(await bodyOf(request)));
      end(response, 204, '');
      return;
    case 'GET /har': {
      const source = url.searchParams.get('source');
      const har = toHar(desk.records(source === null ? undefined : Number(source)), about());
      response.setHeader('Content-Disposition', 'attachment; filename="rx-miniprogram.har"');
      end(response, 200, JSON.stringify(har));
      return;
    }
    default:
      end(response, 404, JSON.stringify({ error: `there is no ${asked}` }));
  }
}

/** Who has written a HAR file of the desk. */
export function about(): { readonly name: string; readonly version: string } {
  return { name: 'rx-miniprogram', version: ownVersion() };
}

function stream(desk: Desk, language: ExplainLanguage, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const write = (message: DeskMessage) => response.write(`data: ${JSON.stringify(message)}\n\n`);
  let isBehind = false;
  const whole = () => {
    isBehind = false;
    desk.snapshot().forEach(write);
  };
  write({ type: 'hello', version: DESK_VERSION, language });
  whole();
  const life = desk.messages$.subscribe((message) => {
    isBehind ||= response.writableLength > MAX_WAITING_BYTES;
    if (!isBehind) write(message);
  });
  response.on('drain', () => {
    if (isBehind) whole();
  });
  response.on('close', () => life.unsubscribe());
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError(`a command has at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    // What the page shows comes from phones: it may run nothing and load nothing that is not in it.
    'Content-Security-Policy':
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
  response.end(body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
