import { createHash } from 'node:crypto';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:https';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TlsOptions } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { issue, type Issued } from '../support/certificates.js';
import { cli, folderWith } from '../support/cli.js';

const HOST = 'api.example.com';
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

const UNASKED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n';

type Answer = readonly [status: number, header: Readonly<Record<string, string>>, body?: string | Buffer];

const ANSWERS: { readonly [path: string]: Answer } = {
  '/good': [200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, gzipSync('{"a":"\u4f60"}')],
  '/brotli': [200, { ...JSON_TYPE, 'Content-Encoding': 'br' }, brotliCompressSync('{}')],
  '/missing': [404, JSON_TYPE, '{}'],
  '/broken': [500, JSON_TYPE, '{}'],
  '/gbk': [200, { 'Content-Type': 'text/html; charset=GBK' }, iconv.encode('\u4f60\u597d', 'gbk')],
  '/silent-gbk': [200, { 'Content-Type': 'text/html' }, iconv.encode('\u4f60\u597d', 'gbk')],
  '/one-mark': [200, JSON_TYPE, Buffer.concat([BOM, Buffer.from('{}')])],
  '/two-marks': [200, JSON_TYPE, Buffer.concat([BOM, BOM, Buffer.from('{}')])],
  '/big': [200, JSON_TYPE, JSON.stringify('x'.repeat(5_000))],
  '/not-gzip': [200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, '{}'],
  '/picture': [200, { 'Content-Type': 'image/png' }, Buffer.alloc(5_000, 0xff)],
  '/there': [302, { Location: '/good' }],
  '/elsewhere': [301, { Location: 'https://cdn.example.net/x' }],
  '/with-port': [302, { Location: `https://${HOST}:443/good` }],
  '/down': [302, { Location: `http://${HOST}/good` }],
  '/to-socket': [302, { Location: `wss://${HOST}/chat` }],
  '/loop': [302, { Location: '/loop' }],
  '/nowhere': [302, { ...JSON_TYPE, Location: '' }, '{}'],
  '/no-socket': [200, JSON_TYPE, '{}'],
};

describe('rx-miniprogram doctor', () => {
  let root: Issued;
  let folder: string;
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  const listening = async (server: Server) => {
    servers.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket).size && socket.on('error', () => {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const answer = ({ url = '' }: { readonly url?: string | undefined }, response: ServerResponse) => {
    if (url === '/late') return void setTimeout(() => response.writeHead(200, JSON_TYPE).end('{}'), 1_100);
    if (url === '/never') return;
    if (url === '/unasked') return void response.socket?.write(UNASKED);
    const [status, header, body] = ANSWERS[url] ?? [200, JSON_TYPE, '{}'];
    response.writeHead(status, header).end(body);
  };
  /** An HTTPS server that has this certificate. */
  const secure = (issued: Issued, more: TlsOptions = {}) => {
    const server = createServer({ ...issued, ...more }, answer);
    server.on('upgrade', ({ url, headers }: IncomingMessage, socket: Socket) => {
      const key = `${headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = url === '/wrong' ? 'x' : createHash('sha1').update(key).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    });
    return listening(server);
  };
  const good = () => issue({ name: HOST, by: root });

  const doctor = (port: number, url: string, ...args: readonly string[]) => {
    const resolve = [
      `${HOST}:443:127.0.0.1:${port}`,
      `${HOST}:80:127.0.0.1:${port}`,
      `cdn.example.net:443:127.0.0.1:${port}`,
    ];
    return cli(folder, ['doctor', url, '--ca', 'root.pem', ...resolve.flatMap((at) => ['--resolve', at]), ...args]);
  };
  /** The lines that are not good, without colour and padding. */
  const troubles = (output: string) =>
    output
      .split('\n')
      .filter((line) => /^ {2}(?:note|warning|bad) /.test(line))
      .map((line) => line.trim().replace(/ {2,}/g, ' '));

  let plainPort: number;
  let http2Port: number;

  beforeAll(async () => {
    root = await issue({ name: 'Root', authority: true });
    folder = folderWith({ 'root.pem': root.cert });
    plainPort = await secure(await good());
    const server = createSecureServer({ ...(await good()), allowHTTP1: true }, (request, response) =>
      answer(request, response as unknown as ServerResponse),
    );
    http2Port = await listening(server);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });

  it('finds a good server good', async () => {
    const { code, output, errors } = await doctor(http2Port, `https://${HOST}/good`);

    expect(errors).toBe('');
    expect(output.split('\n').map((line) => line.replace(/\d+ ms/, 'n ms'))).toEqual([
      `https://${HOST}/good`,
      `  good    DNS         ${HOST} → 127.0.0.1:${http2Port} (--resolve)`,
      '  good    TLS         TLSv1.3',
      `  good    chain       ${HOST} ← Root`,
      `  good    name        ${HOST}`,
      expect.stringMatching(/^ {2}good {4}validity {4}until \d{4}-\d\d-\d\d$/),
      '  good    status      200 OK',
      '  good    first byte  n ms',
      '  good    ENC-1       declared utf-8, found UTF-8',
      '  good    compression gzip',
      '  good    HTTP/2      yes',
      '',
    ]);
    expect(code).toBe(0);
  });

  it.each([
    ['/missing', 0, ['note status 404 Not Found; wx.request calls success all the same (CB-1); look at statusCode']],
    ['/broken', 0, ['warning status 500 Internal Server Error']],
    ['/late', 0, ['warning first byte after 1']],
    ['/gbk', 0, ['warning ENC-1 declared GBK, found not UTF-8; the phone converts it on trial, and may garble it']],
    ['/silent-gbk', 1, ['bad ENC-1 declared nothing, found not UTF-8; the phone takes it for UTF-8']],
    ['/one-mark', 0, ['note ENC-2 1 byte order mark; the platform strips one']],
    ['/two-marks', 1, ['bad ENC-2 2 byte order marks; the platform strips one; the next breaks JSON.parse']],
    ['/big', 0, ['warning compression none, for 5002 bytes of text; slow on a mobile network; switch on gzip']],
    ['/not-gzip', 1, ['bad compression the body is not gzip, as it is declared']],
    ['/picture', 0, []],
    ['/brotli', 0, []],
    ['/nowhere', 0, []],
    ['/there', 0, [`note redirect 302 → https://${HOST}/good`]],
    ['/elsewhere', 1, ['bad redirect 301 → https://cdn.example.net/x: [DOM-1]', 'bad name the certificate is for']],
    ['/with-port', 1, [`bad redirect 302 → https://${HOST}:443/good: [DOM-5]`]],
    ['/loop', 1, [...Array.from({ length: 10 }, () => 'note redirect'), 'bad redirect more than 10 in a row']],
  ])('%s', async (path, expectedCode, expected) => {
    const { code, output } = await doctor(http2Port, `https://${HOST}${path}`);

    expect(troubles(output)).toEqual(expected.map((beginning) => expect.stringContaining(beginning)));
    expect(code).toBe(expectedCode);
  });

  it('takes a change of protocol that nobody has asked for, for no answer', async () => {
    const { code, output } = await doctor(await secure(await good()), `https://${HOST}/unasked`);

    expect(troubles(output)).toEqual([expect.stringContaining('bad answer none (101, which nobody has asked for)')]);
    expect(code).toBe(1);
  });

  it('follows a redirect to http:// and says that the list forbids it', async () => {
    const { code, output } = await doctor(plainPort, `https://${HOST}/down`);

    expect(code).toBe(1);
    expect(output).toContain(`302 → http://${HOST}/good: [DOM-2]`);
  });

  it('[K8.1] judges a redirect by the list that the first URL needs, with its port', async () => {
    expect((await doctor(plainPort, `https://${HOST}:443/with-port`)).output).toMatch(/note +redirect +302/);
    expect((await doctor(plainPort, `https://${HOST}:443/there`)).output).toMatch(/note +redirect +302/);
  });

  it('[K8.1] [DOM-2] judges a redirect by the list of requests, wherever it leads', async () => {
    expect((await doctor(plainPort, `https://${HOST}/to-socket`)).output).toContain(
      `302 → wss://${HOST}/chat: [DOM-2] request takes https:// only`,
    );
  });

  it('[K8.1] [LAN-1] follows a redirect of a server that no list can have', async () => {
    const port = await listening(createPlainServer(answer));
    const { code, output, errors } = await cli(folder, ['doctor', `http://127.0.0.1:${port}/there`]);

    expect(errors).toBe('');
    expect(output).toMatch(/bad +redirect +302 → http:\/\/127\.0\.0\.1:\d+\/good: \[LAN-1\]/);
    expect(code).toBe(1);
  });

  it.each([
    ['self-signed', { name: HOST }, 'bad chain self-signed: api.example.com; phones trust only the authorities'],
    ['for another name', { name: 'www.example.com' }, 'bad name the certificate is for www.example.com, not for api'],
    ['that ended', { name: HOST, days: [-30, -2] }, 'bad validity it ended on'],
    ['that has not begun', { name: HOST, days: [2, 30] }, 'bad validity it begins on'],
    ['that ends soon', { name: HOST, days: [-30, 5] }, 'warning validity it ends in '],
    ['that is valid too long', { name: HOST, days: [-1, 500] }, 'warning validity it is valid for 501 days; iOS takes'],
  ] as const)('tells of a certificate %s', async (kind, wish, told) => {
    const issued = await issue({ ...wish, ...(kind !== 'self-signed' && { by: root }) });
    const { output } = await doctor(await secure(issued), `https://${HOST}/good`);

    expect(troubles(output)).toContainEqual(expect.stringContaining(told));
  });

  it('tells of a chain that is not whole, and of a root that nobody trusts', async () => {
    const middle = await issue({ name: 'Middle', authority: true, by: root });
    const leaf = await issue({ name: HOST, by: middle });
    const whole = { ...leaf, cert: `${leaf.cert}\n${middle.cert}` };

    const half = await doctor(await secure(leaf), `https://${HOST}/good`);
    expect(troubles(half.output)).toContainEqual(
      expect.stringContaining('bad chain it is not whole: only api.example.com'),
    );
    expect((await doctor(await secure(whole), `https://${HOST}/good`)).output).toContain(`${HOST} ← Middle ← Root`);

    const other = await issue({ name: 'Nobody', authority: true });
    const strange = await issue({ name: HOST, by: other });
    const stranger = { ...strange, cert: `${strange.cert}\n${other.cert}` };
    const { output } = await doctor(await secure(stranger), `https://${HOST}/good`);
    expect(troubles(output)).toContainEqual(expect.stringContaining('bad chain its root is not trusted'));
  });

  it('tells of TLS that phones do not speak any more, and of none', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    const { code, output } = await doctor(await secure(await good(), old), `https://${HOST}/`);
    expect(troubles(output)).toEqual([expect.stringContaining('bad TLS only TLSv1.1; phones want TLS 1.2 or later')]);
    expect(code).toBe(1);

    const talker = await listening(createTcpServer((socket) => socket.end('220 mail.example.com\r\n')));
    expect(troubles((await doctor(talker, `https://${HOST}/`)).output)).toEqual([
      expect.stringMatching(/^bad TLS 127\.0\.0\.1:\d+ does not shake hands/),
    ]);
  });

  it('tells of nobody there, of a host without an address, and of silence', async () => {
    const gone = createTcpServer();
    const port = await listening(gone);
    await new Promise((resolve) => gone.close(resolve));
    servers.splice(servers.indexOf(gone), 1);
    expect((await doctor(port, `https://${HOST}/`)).output).toMatch(/bad +connect +127\.0\.0\.1:\d+ does not answer/);

    // A label too long to be asked for: no resolver is troubled.
    const nowhere = await cli(folder, ['doctor', `https://${'a'.repeat(64)}.invalid/`]);
    expect(nowhere.output).toMatch(/bad +DNS +a+\.invalid has no address/);

    const mute = await listening(createTcpServer(() => {}));
    expect((await doctor(mute, `https://${HOST}/`, '--timeout', '200')).output).toContain('(ETIMEDOUT)');
    expect((await doctor(plainPort, `https://${HOST}/never`, '--timeout', '200')).output).toContain('none (ETIMEDOUT)');
  });

  it('opens a socket as far as the handshake', async () => {
    expect(await doctor(plainPort, `wss://${HOST}/chat`)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/good +WebSocket +101 after \d+ ms/),
    });
    expect((await doctor(plainPort, `wss://${HOST}/wrong`)).output).toContain('Sec-WebSocket-Accept is wrong');
    expect((await doctor(http2Port, `wss://${HOST}/no-socket`)).output).toContain(
      "200 instead of 101; connectSocket fails: 'Invalid HTTP status'",
    );
    expect(
      (await doctor(plainPort, `wss://${HOST}:8443/`, '--resolve', `${HOST}:8443:127.0.0.1:${plainPort}`)).output,
    ).toContain('note    port        wss on 8443');
  });

  it('compares with the lists, if there are any', async () => {
    const own = folderWith({
      'root.pem': root.cert,
      'rx-miniprogram.config.json': { domains: { request: [`https://${HOST}`, 'https://cdn.example.net'] } },
    });
    const at = ['--ca', 'root.pem', '--resolve', `${HOST}:443:127.0.0.1:${plainPort}`];
    const run = async (url: string) => (await cli(own, ['doctor', url, ...at])).output;

    expect(await run(`https://${HOST}/good`)).toContain(
      `good    DOM-1       https://${HOST} is in the request domains`,
    );
    expect(await run(`https://${HOST}:443/good`)).toMatch(
      /bad +DOM-5 .*url not in domain list; .* or add https:\/\/api\.example\.com:443/,
    );
    expect(await run(`wss://${HOST}/`)).toMatch(/bad +DOM-1 +wss:\/\/api\.example\.com is not in the socket domains/);
  });

  it('[DOM-2] [DOM-3] [DOM-4] knows without lists what no list allows', async () => {
    expect((await doctor(plainPort, `http://${HOST}/`, '--timeout', '500')).output).toMatch(/bad +DOM-2 /);
    expect((await cli(folder, ['doctor', 'https://localhost:1/'])).output).toMatch(/bad +DOM-3 /);
    const { output } = await doctor(plainPort, `https://${HOST}:443/good`);
    expect(output).toContain('note    DOM-4       the URL names port 443');
  });

  it('speaks JSON and Chinese', async () => {
    const { output } = await doctor(http2Port, `https://${HOST}/two-marks`, '--json', '--lang', 'zh');
    const [report] = JSON.parse(output) as { checks: { subject: string; what: string }[] }[];

    expect(report?.checks).toContainEqual(expect.objectContaining({ subject: 'ENC-2', what: '\u6709 2 \u4e2a BOM' }));
  });

  it.each([
    [[], 'expected a URL such as https://api.example.com/; got none'],
    [['ftp://api.example.com/'], "expected https:// or wss://; got 'ftp://api.example.com/'"],
    [['api.example.com'], 'expected a URL such as'],
  ])('%j ends with 2', async (args, message) => {
    const { code, errors } = await cli(folder, ['doctor', ...args]);

    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});
