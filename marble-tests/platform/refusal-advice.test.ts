import fc from 'fast-check';
import { problemOfEntry } from '../../src/platform/domain-entry.js';
import type { DomainApi, DomainListName } from '../../src/platform/domain-apis.js';
import { compileDomains } from '../../src/platform/domain-lists.js';
import { checkDomain } from '../../src/platform/domain-rule.js';
import { strangerRefusal, tcpRefusal } from '../../src/platform/raw-socket-rules.js';
import type { Refusal } from '../../src/platform/refusal.js';
import { refusalFix, refusalText } from '../../src/cli/refusal-text.js';
import { DOMAIN_VECTORS, VECTOR_DEVICE } from '../../tests/support/domain-vectors.js';

const APIS: readonly DomainApi[] = ['request', 'uploadFile', 'downloadFile', 'socket'];
const LISTS: readonly DomainListName[] = [...APIS, 'tcp', 'udp'];
const ENTRIES = {
  request: ['https://api.example.com', 'https://shop.example.com:8080', 'https://example.org'],
  uploadFile: ['https://up.example.com'],
  socket: ['wss://push.example.com'],
};

const scheme = fc.constantFrom(
  'https://',
  'http://',
  'wss://',
  'ws://',
  'tcp://',
  'udp://',
  'HTTPS://',
  'ftp://',
  '',
  '//',
);
const host = fc.oneof(
  fc.constantFrom('api.example.com', 'shop.example.com', 'example.org', 'img.example.org', 'up.example.com', 'com'),
  fc.constantFrom(
    '127.0.0.1',
    '192.168.7.21',
    '192.168.7.20',
    '8.8.8.8',
    '0x7f.1',
    '[::1]',
    'localhost',
    'a.localhost',
  ),
  fc.constantFrom(
    'api.weixin.qq.com',
    'API.WEIXIN.qq.com',
    'intranet',
    '*.example.com',
    'a_b.com',
    '例子.com',
    'a.com.',
  ),
  fc.domain(),
);
const port = fc.constantFrom('', '', ':443', ':80', ':8080', ':0', ':x');
const rest = fc.constantFrom('', '/', '/v1', '?a=1', ' ', '#b');
const address = fc.tuple(scheme, host, port, rest).map((parts) => parts.join(''));
const entry = fc.oneof(
  address,
  address.map((text) => ` ${text}`),
);

describe('the advice of a refusal', () => {
  it('[K8.2] says to write an entry that the list takes, and to add one that its list takes', () => {
    let advised = 0;
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), entry, (api, text) => {
        const refusal = problemOfEntry(api, text);
        if (!refusal) return;
        const { write, add } = refusal;
        if (write !== undefined) expect(problemOfEntry(api, write)).toBeUndefined();
        if (add) expect(problemOfEntry(add.api, add.entry)).toBeUndefined();
        if (write !== undefined) advised++;
      }),
      { numRuns: 5_000 },
    );
    expect(advised).toBeGreaterThan(500);
  });

  it('[K8.2] [K8.3] leads to a call that is allowed, when all that it says is done', () => {
    let advised = 0;
    fc.assert(
      fc.property(fc.constantFrom(...APIS), address, (api, url) => {
        const refusal = checkDomain(api, url, compileDomains(ENTRIES), VECTOR_DEVICE);
        if (!refusal) return;
        const { write, add } = refusal;
        const both = add !== undefined && add.entry === write;
        if (write !== undefined) {
          const lists = both ? { ...ENTRIES, [add.api]: [...(ENTRIES[api as 'request'] ?? []), add.entry] } : ENTRIES;
          expect(checkDomain(api, write, compileDomains(lists), VECTOR_DEVICE)).toBeUndefined();
        }
        if (add && !both) {
          const lists = { ...ENTRIES, [add.api]: [...(ENTRIES[api as 'request'] ?? []), add.entry] };
          expect(checkDomain(api, url, compileDomains(lists), VECTOR_DEVICE)).toBeUndefined();
        }
        if (write !== undefined || add) advised++;
      }),
      { numRuns: 5_000 },
    );
    expect(advised).toBeGreaterThan(1_000);
  });

  it('[TCP-1] is an entry that the list of TCP takes, where there is any', () => {
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65_535 }), (name, number) => {
        const to = { address: name, port: number };
        const refusal = strangerRefusal('tcp', to, VECTOR_DEVICE, new Set());
        if (!refusal?.add) return;
        const { entry: added } = refusal.add;
        expect(problemOfEntry('tcp', added)).toBeUndefined();
        expect(strangerRefusal('tcp', to, VECTOR_DEVICE, compileDomains({ tcp: [added] }).of('tcp'))).toBeUndefined();
      }),
    );
  });
});

describe('the words of a refusal', () => {
  it.each([
    [
      'a URL that is in the list of another API',
      checkDomain('request', 'https://up.example.com/x', compileDomains(ENTRIES)),
      'https://up.example.com 在 uploadFile 合法域名中，但每个接口各有自己的列表',
      '请在 request 合法域名中添加 https://up.example.com（小程序后台 → 开发 → 开发设置 → 服务器域名）',
    ],
    [
      'another scheme on the local network',
      checkDomain('request', 'ws://192.168.1.5/', compileDomains({})),
      'request 只支持 http:// 或 https://，这里是 ws://192.168.1.5',
      '请写 http://192.168.1.5',
    ],
    [
      'a scheme and an entry that is missing',
      checkDomain('socket', 'ws://push.example.org/', compileDomains(ENTRIES)),
      'socket 只支持 wss://，这里是 ws://push.example.org',
      '请写 wss://push.example.org，并在 socket 合法域名中添加 wss://push.example.org（小程序后台 → 开发 → 开发设置 → 服务器域名）',
    ],
    [
      'a character that cannot be seen',
      checkDomain('request', 'https://a\u200b.com', compileDomains({})),
      '第 10 个字符是 U+200B',
      '请编码或删除',
    ],
    [
      'an address in another subnet',
      tcpRefusal({ address: '8.8.8.8', port: 9_000 }, { localip: '192.168.7.20' }, undefined),
      '8.8.8.8 是设备所在子网以外的 IP 地址（192.168.7.20 / 子网掩码未知）',
      '请使用已配置的域名',
    ],
  ])('[K8.3] are right in Chinese, of %s', (_what, refusal, what, fix) => {
    expect(refusalText(refusal as Refusal).zh).toBe(what);
    expect(refusalFix(refusal as Refusal)?.zh).toBe(fix);
  });

  it('[K8.3] have no gap in either language', () => {
    for (const { api, url, lists, device } of DOMAIN_VECTORS) {
      const refusal = checkDomain(api, url, compileDomains(lists), device);
      if (!refusal) continue;
      const { en, zh } = refusalText(refusal);
      const fix = refusalFix(refusal);
      for (const text of [en, zh, ...(fix ? [fix.en, fix.zh] : [])]) expect(text).not.toMatch(/undefined|[{}]/);
    }
  });
});
