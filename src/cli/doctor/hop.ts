import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import { refererOf } from '../../platform/referer.js';
import type { DoctorOptions, Server } from './server.js';

/** One answer of a server. */
export interface Hop {
  readonly status: number;
  readonly header: Readonly<Record<string, string>>;
  /** As it came over the wire, cut where it is long. */
  readonly body: Buffer;
  readonly cut: boolean;
  readonly firstByteMs: number;
  /** The server went over to another protocol. */
  readonly upgraded: boolean;
}

const MAX_BYTES = 2 * 1024 * 1024;

/** Sends one request as a phone would, and takes whatever comes. */
export function hop(server: Server, { appId, ca, timeoutMs }: DoctorOptions, header: object = {}): Promise<Hop> {
  const { host, address, addressPort, secure } = server;
  const { pathname, search, host: authority } = new URL(server.url);
  const options: RequestOptions = {
    host: address,
    port: addressPort,
    ...(/[a-z]/i.test(host) && { servername: host }),
    path: `${pathname}${search}`,
    agent: false,
    timeout: timeoutMs,
    // What is wrong with the certificate has been told by now.
    rejectUnauthorized: false,
    ...(ca !== undefined && { ca }),
    headers: {
      host: authority,
      accept: '*/*',
      'accept-encoding': 'gzip, deflate, br',
      referer: refererOf(appId, 'develop', '0'),
      'user-agent': 'MicroMessenger (rx-miniprogram doctor)',
      ...header,
    },
  };

  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const request = (secure ? secureRequest : plainRequest)(options);
    const stop = () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
    // The whole of it: `timeout` above is about silence, and a server can drip for ever.
    const timer = setTimeout(stop, timeoutMs);
    const settled = (firstByteMs: number, answer: IncomingMessage, more: Pick<Hop, 'body' | 'cut' | 'upgraded'>) => {
      clearTimeout(timer);
      const fields = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
      resolve({ status: answer.statusCode ?? 0, header: Object.fromEntries(fields), firstByteMs, ...more });
    };
    request
      .on('timeout', stop)
      .on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      })
      .on('upgrade', (answer, socket) => {
        const firstByteMs = performance.now() - begun;
        socket.on('error', () => {}).destroy();
        settled(firstByteMs, answer, { body: Buffer.alloc(0), cut: false, upgraded: true });
      })
      .on('response', (answer) => {
        const firstByteMs = performance.now() - begun;
        const chunks: Buffer[] = [];
        let length = 0;
        const finish = (cut: boolean) => {
          settled(firstByteMs, answer, { body: Buffer.concat(chunks), cut, upgraded: false });
          if (cut) request.destroy();
        };
        answer
          .on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            length += chunk.length;
            if (length > MAX_BYTES) finish(true);
          })
          .on('end', () => finish(false))
          .on('error', (error) => {
            clearTimeout(timer);
            reject(error);
          });
      })
      .end();
  });
}
