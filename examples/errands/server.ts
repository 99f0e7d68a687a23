import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwAwayCertificate } from '../../tests/support/authority.js';

/** A shop that does once what it gets twice under one key, and what it saw. */
export interface Shop {
  readonly port: number;
  /** Its authority, in PEM. */
  readonly ca: string;
  /** What it did, in this order. */
  readonly done: readonly string[];
  /** How many requests came that would do something. */
  readonly requests: () => number;
  readonly logins: () => number;
  /** How often a price was asked for again, since it could not be told. */
  readonly retries: () => number;
  /** From now on the present token is worth nothing. */
  expire(): void;
  stop(): Promise<void>;
}

const LATENCY_MS = 40;

/** Starts an HTTPS server on 127.0.0.1 that poses as `api.example.com`. */
export async function startShop(): Promise<Shop> {
  const { key, cert, ca } = await throwAwayCertificate(['api.example.com']);
  const done: string[] = [];
  const known = new Set<string>();
  const asked = new Map<string, number>();
  let requests = 0;
  let logins = 0;
  let valid = '';

  const answer = (response: ServerResponse, status: number, body: unknown) => {
    if (response.destroyed) return;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request;
    const body = await text(request);
    await sleep(LATENCY_MS);
    if (url === '/login') {
      valid = `token-${++logins}`;
      answer(response, 200, { token: valid });
    } else if (headers.authorization !== `Bearer ${valid}`) {
      answer(response, 401, {});
    } else if (url.startsWith('/prices/')) {
      const times = (asked.get(url) ?? 0) + 1;
      asked.set(url, times);
      answer(response, times === 1 ? 503 : 200, times);
    } else if (url.startsWith('/page/')) {
      answer(response, 200, url);
    } else {
      const { what } = JSON.parse(body) as { readonly what: string };
      const isNew = !known.has(String(headers['idempotency-key']));
      requests++;
      known.add(String(headers['idempotency-key']));
      if (isNew) done.push(what);
      // The order is made, and nobody hears of it: the connection breaks.
      if (isNew && url === '/orders') response.destroy();
      else answer(response, 200, { done: what });
    }
  };

  const server = createServer({ key, cert }, (request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    ca,
    done,
    requests: () => requests,
    logins: () => logins,
    retries: () => [...asked.values()].reduce((sum, times) => sum + times - 1, 0),
    expire: () => (valid = ''),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
