import { connect, type ConnectionOptions, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { certificateChecks } from './certificate.js';
import { check, type Check } from './check.js';
import type { DoctorOptions, Server } from './server.js';

/** What came of the handshake. */
export interface Handshake {
  readonly checks: readonly Check[];
  /** Whether there is anybody to talk to. */
  readonly connected: boolean;
  readonly http2: boolean;
}

interface HandshakeResult {
  readonly protocol: string;
  readonly alpn: string | false | null;
  readonly authorizationCode: string | undefined;
  readonly certificate: DetailedPeerCertificate;
}

/** Shakes hands as a phone does, and looks at everything that it would stumble on, not only at the first thing. */
export async function checkTls(server: Server, options: DoctorOptions): Promise<Handshake> {
  try {
    const done = await handshake(server, options, {});
    return {
      checks: [
        versionCheck(done.protocol),
        ...certificateChecks(server.host, done.certificate, done.authorizationCode),
      ],
      connected: true,
      http2: done.alpn === 'h2',
    };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (/^E(?:CONN|HOST|NET|TIMEDOUT|ADDR|ACCES)/.test(code)) return gone([unreachable(server, code)]);
    // Perhaps it speaks only what phones do not speak any more.
    try {
      const old: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' };
      return gone([versionCheck((await handshake(server, options, old)).protocol)]);
    } catch {
      return gone([noTls(server, code || message)]);
    }
  }
}

function gone(checks: readonly Check[]): Handshake {
  return { checks, connected: false, http2: false };
}

function handshake(
  { host, address, addressPort }: Server,
  { ca, timeoutMs }: DoctorOptions,
  more: ConnectionOptions,
): Promise<HandshakeResult> {
  return new Promise((resolve, reject) => {
    const isName = /[a-z]/i.test(host);
    const socket: TLSSocket = connect({
      host: address,
      port: addressPort,
      ...(isName && { servername: host }),
      ...(ca !== undefined && { ca }),
      ALPNProtocols: ['h2', 'http/1.1'],
      // To see all that is wrong; nothing secret is sent.
      rejectUnauthorized: false,
      ...more,
    });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      const { authorizationError } = socket as unknown as { readonly authorizationError: unknown };
      resolve({
        protocol: socket.getProtocol() ?? '',
        alpn: socket.alpnProtocol,
        authorizationCode:
          authorizationError instanceof Error
            ? (authorizationError as NodeJS.ErrnoException).code
            : typeof authorizationError === 'string'
              ? authorizationError
              : undefined,
        certificate: socket.getPeerCertificate(true),
      });
      socket.destroy();
    });
  });
}

function versionCheck(protocol: string): Check {
  if (protocol === 'TLSv1.2' || protocol === 'TLSv1.3') return check('TLS', 'good', [protocol, protocol]);
  return check(
    'TLS',
    'bad',
    [`only ${protocol}`, `只支持 ${protocol}`],
    ['phones want TLS 1.2 or later', '手机要求 TLS 1.2 及以上'],
    [
      'switch on TLS 1.2 and 1.3, as in nginx: ssl_protocols TLSv1.2 TLSv1.3',
      '请启用 TLS 1.2 和 1.3，例如 nginx：ssl_protocols TLSv1.2 TLSv1.3',
    ],
  );
}

function unreachable({ address, addressPort }: Server, code: string): Check {
  return check(
    'connect',
    'bad',
    [`${address}:${addressPort} does not answer (${code})`, `${address}:${addressPort} 无法连接（${code}）`],
    ['every call fails', '所有请求都会失败'],
    [
      'look whether the server runs, listens on that port, and whether a firewall is in between',
      '请检查服务器是否运行、是否监听该端口，以及防火墙',
    ],
  );
}

function noTls({ address, addressPort }: Server, reason: string): Check {
  return check(
    'TLS',
    'bad',
    [
      `${address}:${addressPort} does not shake hands (${reason})`,
      `${address}:${addressPort} 无法完成 TLS 握手（${reason}）`,
    ],
    ['every call fails with an SSL error', '所有请求都会以 SSL 错误失败'],
    [
      'look whether it speaks TLS on that port, with a cipher suite of today',
      '请检查该端口是否启用 TLS，以及加密套件是否过旧',
    ],
  );
}
