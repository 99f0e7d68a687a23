import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { throwAwayCertificate } from '../../tests/support/authority.js';

/** The server that the app talks to, and what it saw. */
export interface ExampleServer {
  readonly port: number;
  /** Its authority, in PEM. */
  readonly ca: string;
  /** The most requests that were open at once. */
  readonly maxInFlight: () => number;
  /** When requests arrived, by `performance.now()`. */
  readonly arrivals: readonly number[];
  stop(): Promise<void>;
}

type Answer = (response: ServerResponse, path: string) => void;

const mark = '\ufeff';
const json = (value: unknown) => JSON.stringify(value);
const send =
  (status: number, header: Record<string, string | string[]>, body: string | Buffer): Answer =>
  (response) =>
    response.writeHead(status, header).end(body);
const sendJson = (value: unknown, status = 200) => send(status, { 'Content-Type': 'application/json' }, json(value));

/** What the paths answer; the number in `?ms=` is how long they take. */
const ANSWERS: { readonly [path: string]: Answer } = {
  '/missing': sendJson({ message: 'no such item' }, 404),
  '/broken': sendJson({ message: 'something broke' }, 500),
  '/gbk': send(200, { 'Content-Type': 'text/html; charset=gbk' }, iconv.encode('<p>你好，世界</p>', 'gbk')),
  '/two-marks': send(200, { 'Content-Type': 'text/plain; charset=utf-8' }, `${mark}${mark}one mark remains`),
  '/one-mark': send(200, { 'Content-Type': 'application/json; charset=utf-8' }, `${mark}${json({ marked: true })}`),
  '/cookies': send(
    200,
    {
      'Content-Type': 'application/json',
      'Set-Cookie': ['sid=1; Path=/', 'theme=dark; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
    },
    json({}),
  ),
  '/gzip': send(
    200,
    { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    gzipSync(json({ squeezed: '压缩'.repeat(200) })),
  ),
  '/redirect': send(302, { Location: 'https://cdn.example.net/elsewhere' }, ''),
  '/login': sendJson({ token: 't-1' }),
  '/pay': sendJson({ paid: true }),
  '/order': sendJson({ ordered: true }),
};

/** Starts an HTTPS server on 127.0.0.1 that poses as `api.example.com`. */
export async function startServer(): Promise<ExampleServer> {
  const { key, cert, ca } = await throwAwayCertificate(['api.example.com']);
  const arrivals: number[] = [];
  let inFlight = 0;
  let most = 0;

  const server = createServer({ key, cert }, (request, response) => {
    arrivals.push(performance.now());
    most = Math.max(most, ++inFlight);
    response.once('close', () => inFlight--);

    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://api.example.com');
    const answer = ANSWERS[pathname] ?? sendJson({ path: pathname, 你好: '世界' });
    void sleep(Number(searchParams.get('ms') ?? 150)).then(() => {
      if (!response.destroyed) answer(response, pathname);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    ca,
    maxInFlight: () => most,
    arrivals,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
