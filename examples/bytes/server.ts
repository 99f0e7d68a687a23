import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwAwayCertificate } from '../../tests/support/authority.js';
import { readForm } from '../../tests/support/read-form.js';
import { ANSWER_PIECES } from './answer-text.js';

/** The server that the bytes go to and come from, and what it saw. */
export interface BytesServer {
  readonly port: number;
  /** Its authority, in PEM. */
  readonly ca: string;
  /** The file that was uploaded, once it is there. */
  readonly received: () => Buffer | undefined;
  /** The `Last-Event-ID` of each request for the answer. */
  readonly resumedFrom: readonly (string | undefined)[];
  stop(): Promise<void>;
}

/** How long a file is on its way, in milliseconds. */
const TRANSFER_MS = 2_000;
const STEP_MS = 30;
// Ends within a character, within an id, within a line end.
const ANSWER_STEP_BYTES = 17;
const BREAK_AFTER_EVENT = 21;
const RETRY_MS = 300;

/** Starts an HTTPS server on 127.0.0.1 that poses as `api.example.com`, and as a slow network. */
export async function startServer(report: Buffer, photoBytes: number): Promise<BytesServer> {
  const { key, cert, ca } = await throwAwayCertificate(['api.example.com']);
  const resumedFrom: (string | undefined)[] = [];
  let received: Buffer | undefined;

  const takePhoto = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    const startedAt = performance.now();
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      const early = startedAt + (bytes / photoBytes) * TRANSFER_MS - performance.now();
      if (early > STEP_MS) await sleep(early);
    }
    const form = await readForm(request.headers['content-type'] ?? '', new Uint8Array(Buffer.concat(chunks)));
    const photo = form.get('photo');
    if (photo instanceof Blob) received = Buffer.from(await photo.arrayBuffer());
    response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify({ bytes: received?.length }));
  };

  const giveReport = async (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/pdf', 'Content-Length': report.length });
    await slowly(response, report, Math.ceil((report.length / TRANSFER_MS) * STEP_MS));
    response.end();
  };

  const giveAnswer = async (request: IncomingMessage, response: ServerResponse) => {
    const lastEventId = request.headers['last-event-id'] as string | undefined;
    resumedFrom.push(lastEventId);
    const from = Number(lastEventId ?? 0);
    const events = ANSWER_PIECES.map((data, index) => `id: ${index + 1}\ndata: ${data}\n\n`);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });

    if (from < BREAK_AFTER_EVENT) {
      const some = Buffer.from(`retry: ${RETRY_MS}\n\n${events.slice(from, BREAK_AFTER_EVENT + 1).join('')}`);
      // In the middle of an event, and of a character.
      await slowly(response, some.subarray(0, -6), ANSWER_STEP_BYTES);
      response.destroy();
    } else {
      await slowly(response, Buffer.from(events.slice(from).join('')), ANSWER_STEP_BYTES);
      response.end();
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    switch (request.url) {
      case '/photos':
        return takePhoto(request, response);
      case '/report':
        return giveReport(response);
      default:
        return giveAnswer(request, response);
    }
  };
  const server = createServer({ key, cert }, (request, response) => {
    // The phone has left: nobody is there to be told.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    ca,
    received: () => received,
    resumedFrom,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function slowly(response: ServerResponse, bytes: Buffer, stepBytes: number): Promise<void> {
  const startedAt = performance.now();
  for (let from = 0, step = 1; from < bytes.length && !response.destroyed; from += stepBytes, step++) {
    response.write(bytes.subarray(from, from + stepBytes));
    await sleep(Math.max(startedAt + step * STEP_MS - performance.now(), 0));
  }
}
