import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { DetailedPeerCertificate } from 'node:tls';
import { addressChecks } from '../../../src/cli/doctor/address-checks.js';
import { bodyChecks } from '../../../src/cli/doctor/body-checks.js';
import { certificateChecks } from '../../../src/cli/doctor/certificate.js';
import type { Check } from '../../../src/cli/doctor/check.js';
import type { Hop } from '../../../src/cli/doctor/hop.js';

const verdicts = (checks: readonly Check[]) => checks.map(({ subject, verdict }) => `${subject} ${verdict}`);

/** Each says both languages; what is bad says why and what to do. */
function expectWhole(checks: readonly Check[]): void {
  for (const { verdict, what, why, fix } of checks) {
    for (const said of [what, why, fix]) if (said) expect([said.en, said.zh]).not.toContain('');
    if (verdict === 'bad' || verdict === 'warning') expect(why).toBeDefined();
  }
}

describe('what the doctor says of a body', () => {
  const long = Buffer.from(JSON.stringify({ text: 'a'.repeat(2_000) }));
  const gbk = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
  const chinese = Buffer.from('你好');
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  const JSON_TYPE = 'application/json';

  it.each<[title: string, type: string | undefined, coding: string | undefined, body: Buffer, expected: string[]]>([
    ['UTF-8 that is declared', `${JSON_TYPE}; charset=utf-8`, undefined, chinese, ['ENC-1 good']],
    ['UTF-8 that is not declared', JSON_TYPE, undefined, chinese, ['ENC-1 good']],
    ['GBK that is declared', 'text/html; charset=gbk', undefined, gbk, ['ENC-1 warning']],
    ['ASCII that is declared as GBK', 'text/html; charset=gbk', undefined, Buffer.from('a'), ['ENC-1 good']],
    ['GBK that is not declared', 'text/html', undefined, gbk, ['ENC-1 bad']],
    ['a text without a type', undefined, undefined, gbk, ['ENC-1 bad']],
    ['bytes without a type', undefined, undefined, Buffer.from([0, 0xff]), []],
    ['an image', 'image/png', undefined, gbk, []],
    ['nothing', JSON_TYPE, undefined, Buffer.alloc(0), []],
    ['one mark', JSON_TYPE, undefined, Buffer.concat([mark, chinese]), ['ENC-1 good', 'ENC-2 note']],
    ['two marks', JSON_TYPE, undefined, Buffer.concat([mark, mark, chinese]), ['ENC-1 good', 'ENC-2 bad']],
    ['a long text', JSON_TYPE, undefined, long, ['ENC-1 good', 'compression warning']],
    ['a long text that is “identity”', JSON_TYPE, 'identity', long, ['ENC-1 good', 'compression warning']],
    ['gzip', JSON_TYPE, 'gzip', gzipSync(long), ['ENC-1 good', 'compression good']],
    ['x-gzip in capitals', JSON_TYPE, ' X-GZIP ', gzipSync(long), ['ENC-1 good', 'compression good']],
    ['deflate', JSON_TYPE, 'deflate', deflateSync(long), ['ENC-1 good', 'compression good']],
    ['br', JSON_TYPE, 'br', brotliCompressSync(long), ['ENC-1 good', 'compression good']],
    ['gzip that is none', JSON_TYPE, 'gzip', long, ['compression bad']],
  ])('%s', (_title, type, coding, body, expected) => {
    const checks = bodyChecks(hopOf(type, coding, body, false));

    expect(verdicts(checks)).toEqual(expected);
    expectWhole(checks);
  });

  it('says nothing of the compression of a body whose end was not read', () => {
    expect(bodyChecks(hopOf(JSON_TYPE, 'gzip', gzipSync(long).subarray(0, 20), true))).toEqual([]);
  });

  it('takes a character that was cut with the body for no fault', () => {
    expect(verdicts(bodyChecks(hopOf(JSON_TYPE, undefined, chinese.subarray(0, 4), true)))).toEqual(['ENC-1 good']);
  });
});

function hopOf(type: string | undefined, coding: string | undefined, body: Buffer, cut: boolean): Hop {
  const header = {
    ...(type !== undefined && { 'content-type': type }),
    ...(coding !== undefined && { 'content-encoding': coding }),
  };
  return { header, body, cut } as unknown as Hop;
}

describe('what the doctor says of an address', () => {
  const LISTS = { request: ['https://api.example.com'], socket: ['wss://push.example.com'] };

  it.each<[url: string, listed: boolean, expected: string[]]>([
    ['https://api.example.com/v1', true, ['DOM-1 good']],
    ['https://api.example.com/v1', false, []],
    ['wss://push.example.com/', true, ['DOM-1 good']],
    ['https://other.example.com/', true, ['DOM-1 bad']],
    ['https://api.example.com:443/', true, ['DOM-5 bad']],
    ['https://api.example.com:8443/', false, ['DOM-4 note']],
    ['https://api.example.com:443/', false, ['DOM-4 note']],
    ['http://192.168.1.5/', true, ['LAN-1 note']],
    ['https://api.weixin.qq.com/', true, ['DOM-7 bad']],
  ])('%s, a list given: %s', (url, listed, expected) => {
    const checks = addressChecks(url, listed ? LISTS : undefined);

    expect(verdicts(checks)).toEqual(expected);
    expectWhole(checks);
  });
});

describe('what the doctor says of a certificate', () => {
  const NOW = Date.parse('2026-06-01T00:00:00Z');
  const certificate = (from: string, to: string, more: object = {}) =>
    ({
      raw: Buffer.from('x'),
      subject: { CN: 'api.example.com' },
      subjectaltname: 'DNS:api.example.com',
      valid_from: from,
      valid_to: to,
      ...more,
    }) as unknown as DetailedPeerCertificate;
  const fine = certificate('2026-05-01', '2026-10-01');
  const GOOD = ['chain good', 'name good', 'validity good'];

  it.each<[title: string, certificate: DetailedPeerCertificate, code: string | undefined, expected: string[]]>([
    ['one that is in order', fine, undefined, GOOD],
    ['none', {} as DetailedPeerCertificate, undefined, ['certificate bad']],
    ['a self-signed one', fine, 'DEPTH_ZERO_SELF_SIGNED_CERT', ['chain bad', ...GOOD.slice(1)]],
    ['a root of one’s own', fine, 'SELF_SIGNED_CERT_IN_CHAIN', ['chain bad', ...GOOD.slice(1)]],
    ['a chain that is not whole', fine, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', ['chain bad', ...GOOD.slice(1)]],
    ['one of the past', certificate('2025-05-01', '2026-05-01'), undefined, [...GOOD.slice(0, 2), 'validity bad']],
    ['one of the future', certificate('2026-07-01', '2026-10-01'), undefined, [...GOOD.slice(0, 2), 'validity bad']],
    [
      'one that ends soon',
      certificate('2026-05-01', '2026-06-10'),
      undefined,
      [...GOOD.slice(0, 2), 'validity warning'],
    ],
    ['one for too long', certificate('2026-05-01', '2028-05-01'), undefined, [...GOOD, 'validity warning']],
    [
      'one of somebody else',
      certificate('2026-05-01', '2026-10-01', { subjectaltname: 'DNS:example.org' }),
      undefined,
      ['chain good', 'name bad', 'validity good'],
    ],
  ])('%s', (_title, given, code, expected) => {
    const checks = certificateChecks('api.example.com', given, code, NOW);

    expect(verdicts(checks)).toEqual(expected);
    expectWhole(checks);
  });

  it('shows each link of the chain once, though the root signs itself', () => {
    const root = certificate('2020-01-01', '2040-01-01', { subject: { O: 'Root' } });
    Object.assign(root, { issuerCertificate: root });
    const [chain] = certificateChecks(
      'api.example.com',
      Object.assign(fine, { issuerCertificate: root }),
      undefined,
      NOW,
    );

    expect(chain?.what.en).toBe('api.example.com ← Root');
  });
});
