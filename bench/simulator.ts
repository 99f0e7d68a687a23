/**
 * The claim: a test suite that runs on the simulator runs at no less than 0.6 of the speed that the HTTP client below it
 * has by itself, although every rule of the platform is enforced on the way.
 */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Agent } from 'undici';
import { createSimulator } from '../src/simulator/index.js';
import { throwAwayCertificate } from '../tests/support/authority.js';
import { atLeast, QUICK, report, sideBySide, type Figure } from './measure.js';

interface Address {
  readonly port: number;
  readonly ca: string;
}

const HOST = 'api.example.com';
const IN_FLIGHT = 10;
const REQUESTS = QUICK ? 1_000 : 5_000;

if (isMainThread) await compare();
else await serve();

/** In a thread of its own, so that both are measured and the server is not. */
async function serve(): Promise<void> {
  const { key, cert, ca } = await throwAwayCertificate([HOST]);
  const body = JSON.stringify({ id: 7, name: 'a small answer', tags: ['a', 'b'] });
  const server = createServer({ key, cert, keepAliveTimeout: 60_000 }, (_request, response) => {
    response.setHeader('Content-Type', 'application/json').end(body);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    parentPort?.postMessage({ port, ca } satisfies Address);
  });
}

async function compare(): Promise<void> {
  const server = new Worker(new URL(import.meta.url));
  const [{ port, ca }] = (await once(server, 'message')) as [Address];

  const simulator = createSimulator({
    domains: { request: [`https://${HOST}`] },
    lookup: () => ({ address: '127.0.0.1', port }),
    ca,
  });
  // As the simulator has it, but for the connector, which goes straight to the server. It would open twice as many
  // connections if it could, and be slower: what comes after an answer is sent before its connection is free again.
  const agent = new Agent({
    connect: { ca, servername: HOST, timeout: 0 },
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
    connections: IN_FLIGHT,
  });
  const origin = `https://127.0.0.1:${port}`;

  const results = await sideBySide({
    simulator: () =>
      requestsASecond(
        (path) =>
          new Promise((success, fail) => {
            simulator.wx.request({ url: `https://${HOST}${path}`, success, fail });
          }),
      ),
    'undici request()': () =>
      requestsASecond(async (path) => (await agent.request({ origin, path, method: 'GET' })).body.json()),
  });

  const ours = results['simulator'] as number;
  const figures = Object.entries(results).map(([who, value]): Figure => {
    const mine = who === 'simulator';
    const verdict = mine ? atLeast(ours / (results['undici request()'] as number), 0.6, '× undici') : undefined;
    return {
      at: `${IN_FLIGHT} in flight, https on loopback`,
      who,
      value,
      unit: 'requests a second',
      ours: mine,
      verdict,
    };
  });
  report(figures);
  await Promise.all([simulator.close(), agent.destroy(), server.terminate()]);
}

async function requestsASecond(send: (path: string) => Promise<unknown>): Promise<number> {
  let next = 0;
  const lane = async () => {
    while (next < REQUESTS) await send(`/items/${next++}`);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (REQUESTS * 1_000) / (performance.now() - startedAt);
}
