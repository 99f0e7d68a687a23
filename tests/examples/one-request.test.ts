import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { startTestServer, type TestAnswer, type TestServer } from '../support/test-server.js';
import { npmStart } from './support/npm-start.js';

const ANSWERS: { readonly [path: string]: TestAnswer } = {
  '/items': { header: { 'Content-Type': 'application/json' }, body: '{"title":"\u4f60\u597d"}' },
  '/missing': { status: 404, header: { 'Content-Type': 'text/plain' }, body: 'no \x1b[2Jsuch item' },
  '/gbk': { header: { 'Content-Type': 'text/html; charset=gbk' }, body: iconv.encode('\u4f60\u597d', 'gbk') },
  '/picture': { header: { 'Content-Type': 'image/png' }, body: Buffer.alloc(200, 0xab) },
  '/away': { status: 302, header: { Location: 'https://cdn.example.net/' } },
  '/late': { afterMs: 5_000 },
};

describe('npm start -- <URL>', () => {
  let server: TestServer;
  let folder: string;
  let here: readonly string[];

  beforeAll(async () => {
    server = await startTestServer(({ url }) => ANSWERS[url] ?? {});
    folder = mkdtempSync(join(tmpdir(), 'one-request-'));
    const ca = join(folder, 'authority.pem');
    writeFileSync(ca, server.ca);
    here = ['--ca', ca, '--lookup', `api.example.com=127.0.0.1:${server.port}`];
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const start = (path: string, ...args: readonly string[]) =>
    npmStart(`https://api.example.com${path}`, ...here, ...args);

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
  }, 20_000);

  it('[CB-1] takes a 404 for an answer, and shows control characters instead of obeying them', async () => {
    const { code, output } = await start('/missing');

    expect(code).toBe(0);
    expect(output).toContain('status  404 Not Found');
    expect(output).toContain('404 is an answer, not an error (CB-1)');
    expect(output).toContain('no \\x1b[2Jsuch item');
  }, 20_000);

  it('[DOM-1] names the rule, the reason and the fix for a domain that is not listed, and sends nothing', async () => {
    const before = server.seen.length;
    const { code, errors } = await start('/items', '--domain', 'https://other.example.com');

    expect(code).toBe(1);
    expect(errors).toContain('error   domain-not-allowed\nrule    DOM-1\n');
    expect(errors).toContain('https://api.example.com is not in the request domains');
    expect(errors).toMatch(/fix {5}add https:\/\/api\.example\.com to the request domains .*--domain/);
    expect(server.seen).toHaveLength(before);
  }, 20_000);

  it('[DOM-1] says that it was a redirect that led astray', async () => {
    const { code, errors } = await start('/away');

    expect(code).toBe(1);
    expect(errors).toContain('errno   600002');
    expect(errors).toContain('fix     a redirect led to a host that is not in the list');
  }, 20_000);

  it('names an authority that is not trusted', async () => {
    const { code, errors } = await npmStart('https://api.example.com/items', ...here.slice(2));

    expect(code).toBe(1);
    expect(errors).toContain('error   tls\n');
    expect(errors).toContain('errno   600001');
    expect(errors).toContain('ERR_CERT_AUTHORITY_INVALID');
    expect(errors).toMatch(/fix {5}.*--ca <file>/);
  }, 20_000);

  it('[ENC-1] keeps the bytes of a body that it has no decoder for', async () => {
    const { code, errors } = await start('/gbk');

    expect(code).toBe(1);
    expect(errors).toContain('error   decode\nrule    ENC-1\n');
    expect(errors).toContain('the body is in gbk');
    expect(errors).toContain('status  200 OK');
    expect(errors).toContain('body    4 bytes\n  0000  c4 e3 ba c3');
  }, 20_000);

  it('shows the size and the beginning of what is no text', async () => {
    const { code, output } = await start('/picture');

    expect(code).toBe(0);
    expect(output).toContain(`body    200 bytes\n  0000  ${Array(16).fill('ab').join(' ')}\n`);
    expect(output).toContain('  ... 136 more bytes');
  }, 20_000);

  it('[TIME-1] ends when the time is up', async () => {
    const { code, errors } = await start('/late', '--timeout', '200');

    expect(code).toBe(1);
    expect(errors).toContain('error   timeout\nrule    TIME-1\nerrno   5\n');
  }, 20_000);

  it.each([
    [['--jsn'], "Unknown option '--jsn'"],
    [['https://api.example.com/', '--method', 'PATCH'], 'the platform has no PATCH'],
  ])(
    '%j ends with 2, and without a stack trace',
    async (args, message) => {
      const { code, errors } = await npmStart(...args);

      expect(code).toBe(2);
      expect(errors).toContain(message);
      expect(errors).toContain('npm start -- --help');
      expect(errors).not.toMatch(/^ +at /m);
    },
    20_000,
  );
});
