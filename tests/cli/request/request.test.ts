import iconv from 'iconv-lite';
import { startTestServer, type TestAnswer, type TestServer } from '../../support/test-server.js';
import { cli, folderWith } from '../support/cli.js';

const ANSWERS: { readonly [path: string]: TestAnswer } = {
  '/items': { header: { 'Content-Type': 'application/json' }, body: '{"title":"\u4f60\u597d"}' },
  '/missing': { status: 404, header: { 'Content-Type': 'text/plain' }, body: 'no \x1b[2Jsuch item' },
  '/gbk': { header: { 'Content-Type': 'text/html; charset=gbk' }, body: iconv.encode('\u4f60\u597d', 'gbk') },
  '/picture': { header: { 'Content-Type': 'image/png' }, body: Buffer.alloc(200, 0xab) },
  '/away': { status: 302, header: { Location: 'https://cdn.example.net/' } },
  '/late': { afterMs: 1_000 },
};

describe('rx-miniprogram request', () => {
  let server: TestServer;
  let folder: string;
  let here: readonly string[];

  beforeAll(async () => {
    server = await startTestServer(({ url }) => ANSWERS[url] ?? {});
    folder = folderWith({ 'authority.pem': server.ca });
    here = ['--ca', 'authority.pem', '--resolve', `api.example.com:443:127.0.0.1:${server.port}`];
  });
  afterAll(() => server.stop());

  const start = (path: string, ...args: readonly string[]) =>
    cli(folder, ['request', `https://api.example.com${path}`, ...here, ...args]);

  it('prints status, timing, header and body, and says which domain it took for listed', async () => {
    const { code, output, errors } = await start('/items', '--header', 'X-Asked: yes', '--data', '{"a":1}');

    expect(errors).toBe('');
    expect(code).toBe(0);
    expect(output).toMatch(
      /^POST https:\/\/api\.example\.com\/items\nnote {4}https:\/\/api\.example\.com is allowed here; on a phone it must be in the request domains\nstatus {2}200 OK\ntiming {2}\d+ ms, first byte after \d+ ms, http1\.1 from 127\.0\.0\.1:\d+\nheader\n/,
    );
    expect(output).toContain('  Content-Type: application/json\n');
    expect(output).toContain('body    JSON, 14 characters\n\n{\n  "title": "\u4f60\u597d"\n}\n');
    expect(server.seen.at(-1)).toMatchObject({ method: 'POST', header: { 'x-asked': 'yes' } });
    expect(server.seen.at(-1)?.body.toString()).toBe('{"a":1}');
  });

  it('[CB-1] takes a 404 for an answer, and shows control characters instead of obeying them', async () => {
    const { code, output } = await start('/missing');

    expect(code).toBe(0);
    expect(output).toContain('status  404 Not Found');
    expect(output).toContain('404 is an answer, not an error (CB-1)');
    expect(output).toContain('no \\x1b[2Jsuch item');
  });

  it('[DOM-1] names the rule, the reason and the fix for a domain that is not listed, and sends nothing', async () => {
    const before = server.seen.length;
    const { code, errors } = await start('/items', '--domain', 'https://other.example.com');

    expect(code).toBe(1);
    expect(errors).toContain('error   domain-not-allowed\nrule    DOM-1\n');
    expect(errors).toContain('https://api.example.com is not in the request domains');
    expect(errors).toMatch(/fix {5}add https:\/\/api\.example\.com to the request domains .*--domain/);
    expect(server.seen).toHaveLength(before);
  });

  it('[K4.4] [DOM-1] names the host that a redirect led to, its rule, and the entry to add', async () => {
    const { code, errors } = await start('/away');

    expect(code).toBe(1);
    expect(errors).toContain('errno   600002');
    expect(errors).toContain('reason  a redirect leads there: https://cdn.example.net is not in the request domains');
    expect(errors).toMatch(/fix {5}.*--domain https:\/\/cdn\.example\.net\n/);
  });

  it('names an authority that is not trusted', async () => {
    const { code, errors } = await cli(folder, ['request', 'https://api.example.com/items', ...here.slice(2)]);

    expect(code).toBe(1);
    expect(errors).toContain('error   tls\n');
    expect(errors).toContain('errno   600001');
    expect(errors).toContain('ERR_CERT_AUTHORITY_INVALID');
    expect(errors).toMatch(/fix {5}.*--ca <file>/);
  });

  it('[ENC-1] reads other charsets, and says what a phone may make of them', async () => {
    const { code, output } = await start('/gbk');

    expect(code).toBe(0);
    expect(output).toContain('charset gbk\nnote    it is not UTF-8 (ENC-1)');
    expect(output).toContain('body    text, 2 characters\n\n\u4f60\u597d\n');
    expect((await start('/gbk', '--charset', 'utf-8')).output).toContain('the body is not in utf-8, as it is declared');
  });

  it('takes the domains of the file of truth', async () => {
    const own = folderWith({
      'authority.pem': server.ca,
      'rx-miniprogram.config.json': { domains: { request: ['https://other.example.com'] } },
      'project.config.json': { appid: 'wxaaaaaaaaaaaaaaaa' },
    });
    const { code, output, errors } = await cli(own, ['request', 'https://api.example.com/items', ...here]);

    expect(code).toBe(1);
    expect(output).toContain('note    the domains are those of rx-miniprogram.config.json');
    expect(errors).toContain('rule    DOM-1');
    const allowed = [...here, '--domain', 'https://api.example.com'];
    expect(await cli(own, ['request', 'https://api.example.com/items', ...allowed])).toMatchObject({ code: 0 });
    expect(server.seen.at(-1)?.header['referer']).toContain('/wxaaaaaaaaaaaaaaaa/');
  });

  it('says it in Chinese', async () => {
    const { errors } = await start('/items', '--domain', 'https://example.com', '--lang', 'zh');

    expect(errors).toContain('reason  https://example.com \u4e0d\u8986\u76d6 api.example.com');
  });

  it('shows the size and the beginning of what is no text', async () => {
    const { code, output } = await start('/picture');

    expect(code).toBe(0);
    expect(output).toContain(`body    200 bytes\n  0000  ${Array(16).fill('ab').join(' ')}\n`);
    expect(output).toContain('  ... 136 more bytes');
  });

  it('[TIME-1] ends when the time is up', async () => {
    const { code, errors } = await start('/late', '--timeout', '200');

    expect(code).toBe(1);
    expect(errors).toContain('error   timeout\nrule    TIME-1\nerrno   5\n');
  });

  const URL = 'https://api.example.com/';

  it.each([
    [['--jsn'], "Unknown option '--jsn'"],
    [[], 'expected one URL; got 0 arguments'],
    [[URL, URL], 'expected one URL; got 2 arguments'],
    [['api.example.com'], "expected a URL such as https://api.example.com/items; got 'api.example.com'"],
    [['https://'], "got 'https://'"],
    [[URL, '--method', 'PATCH'], 'the platform has no PATCH'],
    [[URL, '--domain'], '--domain'],
    [[URL, '--domain', 'api.example.com'], '--domain "api.example.com": [DOM-2] it has no scheme; write https://api'],
    [[URL, '--header', 'X-A'], "--header: expected 'name: value'; got 'X-A'"],
    [[URL, '--charset', 'klingon'], "got 'klingon'"],
    [[URL, '--timeout', 'soon'], "--timeout: expected a whole number of milliseconds from 1, such as 5000; got 'soon'"],
    [[URL, '--timeout', '0'], "got '0'"],
    [
      [URL, '--ca', 'no-such-file.pem'],
      "--ca: expected a file that can be read; got 'no-such-file.pem': it cannot be read (ENOENT)",
    ],
    [[URL, '--ca', '/dev/zero'], "got '/dev/zero': it is a device, not a file"],
    [[URL, '--ca', 'empty.pem'], '--ca: expected a PEM file, with -----BEGIN CERTIFICATE----- in it'],
    [[URL, '--resolve', 'here'], '--resolve: expected host:port:address, as in api.example.com:443:127.0.0.1'],
  ])('%j ends with 2', async (args, message) => {
    const { code, errors } = await cli(folderWith({ 'empty.pem': '' }), ['request', ...args]);

    expect(code).toBe(2);
    expect(errors).toContain(message);
  });

  it.each([
    ['http://api.example.com/', 'DOM-2', 'https://api.example.com'],
    ['https://api.weixin.qq.com/', 'DOM-7', undefined],
    ['http://localhost:3000/', 'DOM-3', undefined],
  ])('lists for %s what can be listed, and is refused by %s', async (url, rule, own) => {
    const { code, output, errors } = await cli(folderWith({}), ['request', url]);

    expect(code).toBe(1);
    expect(errors).toContain(`rule    ${rule}\n`);
    expect(output.includes('is allowed here')).toBe(own !== undefined);
  });
});
