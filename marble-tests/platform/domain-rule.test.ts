import fc from 'fast-check';
import type { DomainApi } from '../../src/platform/domain-apis.js';
import { compileDomains, type DomainLists } from '../../src/platform/domain-lists.js';
import { checkDomain } from '../../src/platform/domain-rule.js';
import type { Refusal } from '../../src/platform/refusal.js';
import { refusalError } from '../../src/platform/refusal-words.js';
import { DOMAIN_VECTORS, VECTOR_DEVICE, VECTOR_LISTS } from '../../tests/support/domain-vectors.js';
import { anyCharacter } from '../../tests/support/any-character.js';

const WHERE = '(小程序后台 → 开发 → 开发设置 → 服务器域名)';

const check = (url: string, lists: DomainLists = VECTOR_LISTS, api: DomainApi = 'request') =>
  told(checkDomain(api, url, compileDomains(lists)));

/** What the library makes of a refusal. */
function told(refusal: Refusal | undefined) {
  if (!refusal) return undefined;
  const { code, rule, what } = refusalError(refusal, { api: 'request', url: '' });
  return { code, rule, detail: what, ...(refusal.nearest !== undefined && { nearest: refusal.nearest }) };
}

describe('checkDomain, clause by clause', () => {
  const named = DOMAIN_VECTORS.map((vector) => ({ ...vector, shown: JSON.stringify(vector.url.slice(0, 60)) }));

  it.each(named.filter(({ verdict }) => verdict === 'allowed'))(
    '[$rule] allows $what: $api $shown',
    ({ api, url, lists, device }) => {
      expect(checkDomain(api, url, compileDomains(lists), device)).toBeUndefined();
    },
  );

  it.each(named.filter((vector) => vector.verdict === 'refused'))(
    '[$rule] refuses $what: $api $shown',
    ({ rule, api, url, lists, device, ...vector }) => {
      const { code } = vector as { code: string };

      expect(told(checkDomain(api, url, compileDomains(lists), device))).toMatchObject({ code, rule });
    },
  );

  it('[DOM-1] has vectors with names of their own, a hundred of them hostile', () => {
    const names = DOMAIN_VECTORS.map(({ rule, what }) => `${rule} ${what}`);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(DOMAIN_VECTORS.filter(({ verdict }) => verdict === 'refused').length).toBeGreaterThan(100);
  });
});

describe('what a refusal says', () => {
  it('[DOM-1] names the nearest entry and the one to add', () => {
    expect(check('https://api.exmaple.com/v1', { request: ['https://other.net', 'https://api.example.com'] })).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-1',
      detail:
        'https://api.exmaple.com is not in the request domains; the nearest is https://api.example.com; ' +
        `add https://api.exmaple.com to the request domains ${WHERE}`,
      nearest: 'https://api.example.com',
    });
  });

  it('[DOM-1] measures how near an entry is by its host, not by its port', () => {
    const lists = { request: ['https://far.example.net:8080', 'https://api.example.com'] };

    expect(check('https://api.exmaple.com:8080/', lists)?.nearest).toBe('https://api.example.com');
  });

  it('[DOM-1] names the list that does have the domain', () => {
    expect(check('https://img.example.com/a.png')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-1',
      detail:
        'https://img.example.com is in the downloadFile domains, and each API has a list of its own; ' +
        `add https://img.example.com to the request domains ${WHERE}`,
    });
  });

  it('[DOM-1] names no nearest entry when the list is empty', () => {
    expect(check('https://img.example.com/a.png', { downloadFile: [] }, 'downloadFile')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-1',
      detail:
        'https://img.example.com is not in the downloadFile domains; ' +
        `add https://img.example.com to the downloadFile domains ${WHERE}`,
    });
  });

  it('[DOM-1] says which part of a text cannot be compared', () => {
    expect(check('https://user:secret@api.example.com/')).toEqual({
      code: 'invalid-url',
      rule: 'DOM-1',
      detail: 'the URL cannot be compared with a list: it has user information (…@) in front of the host; take it out',
    });
  });

  it('[DOM-2] says which scheme to write, and that the entry is there', () => {
    expect(check('http://shop.example.com:8080/cart')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-2',
      detail: 'request takes https:// only; got http://shop.example.com:8080; write https://shop.example.com:8080',
      nearest: 'https://shop.example.com:8080',
    });
  });

  it('[DOM-2] says what to add when the right scheme alone would not do', () => {
    expect(check('ws://push.example.org/', VECTOR_LISTS, 'socket')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-2',
      detail:
        'socket takes wss:// only; got ws://push.example.org; write wss://push.example.org, and ' +
        `add wss://push.example.org to the socket domains ${WHERE}`,
      nearest: 'wss://push.example.com',
    });
  });

  it('[DOM-2] finds the same host nearest, with another port', () => {
    const lists = { request: ['https://other.net', 'https://api.example.com:8080'] };

    expect(check('http://api.example.com/', lists)?.nearest).toBe('https://api.example.com:8080');
  });

  it('[DOM-3] says that the netmask is not known next to an address outside', () => {
    expect(told(checkDomain('request', 'http://8.8.8.8/', compileDomains({}), { localip: '192.168.7.20' }))).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-3',
      detail:
        "8.8.8.8 is an IP address outside the device's own subnet (192.168.7.20 / netmask unknown); " +
        'use a configured domain',
    });
  });

  it('[DOM-2] speaks of the scheme alone when there is no list', () => {
    expect(check('http://api.example.com/', {})).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-2',
      detail: 'request takes https:// only; got http://api.example.com; write https://api.example.com',
    });
  });

  it('[DOM-2] names both schemes of the local network', () => {
    expect(told(checkDomain('socket', 'http://192.168.7.21/', compileDomains({}), VECTOR_DEVICE))).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-2',
      detail: 'socket takes ws:// or wss:// only; got http://192.168.7.21; write ws://192.168.7.21',
    });
  });

  it('[DOM-3] tells localhost from a neighbour', () => {
    expect(check('https://localhost:8080/')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-3',
      detail: 'localhost is the phone itself; use a configured domain, or an address on the local network',
    });
  });

  it("[DOM-3] shows the device's subnet next to an address outside it", () => {
    expect(told(checkDomain('request', 'http://192.168.8.1/', compileDomains({}), VECTOR_DEVICE))).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-3',
      detail:
        "192.168.8.1 is an IP address outside the device's own subnet (192.168.7.20 / 255.255.255.0); " +
        'use a configured domain',
    });
  });

  it('[DOM-3] shows no subnet while the device is not known', () => {
    expect(check('https://8.8.8.8/')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-3',
      detail: "8.8.8.8 is an IP address outside the device's own subnet; use a configured domain",
    });
  });

  it('[DOM-3] calls a disguised address by its name', () => {
    expect(check('https://0x7f.1/')).toEqual({
      code: 'invalid-url',
      rule: 'DOM-3',
      detail:
        'the URL cannot be compared with a list: its host "0x7f.1" is an IP address, but not four decimal numbers',
    });
  });

  it('[DOM-4] names the port that is listed, and the entry to add for another', () => {
    expect(check('https://shop.example.com:9091/')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-4',
      detail:
        'https://shop.example.com:8080 allows exactly that port; got https://shop.example.com:9091; ' +
        `write https://shop.example.com:8080, or add https://shop.example.com:9091 to the request domains ${WHERE}`,
      nearest: 'https://shop.example.com:8080',
    });
  });

  it('[DOM-5] says to take an explicit :443 off', () => {
    expect(check('https://api.example.com:443/v1')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-5',
      detail:
        'https://api.example.com is listed without a port, so the URL may not name one, not even :443; ' +
        `write https://api.example.com, or add https://api.example.com:443 to the request domains ${WHERE}`,
      nearest: 'https://api.example.com',
    });
  });

  it.each([
    ['first', ['https://a.example.com', 'https://a.example.com:8080']],
    ['last', ['https://a.example.com:8080', 'https://a.example.com']],
  ])('[DOM-5] prefers the entry without a port when the host is listed both ways, that one %s', (_, request) => {
    expect(check('https://a.example.com:443/', { request })).toMatchObject({
      rule: 'DOM-5',
      nearest: 'https://a.example.com',
    });
  });

  it('[DOM-7] says where the call belongs', () => {
    expect(check('https://API.weixin.qq.com/cgi-bin/token?secret=s')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-7',
      detail:
        'api.weixin.qq.com can be neither configured nor called; keep the AppSecret on your server and let it call',
    });
  });

  it('[DOM-8] says that a parent does not cover its subdomain', () => {
    expect(check('https://img.example.org/a.png')).toEqual({
      code: 'domain-not-allowed',
      rule: 'DOM-8',
      detail:
        'https://example.org does not cover img.example.org: a domain covers neither its subdomains nor its parent; ' +
        `add https://img.example.org to the request domains ${WHERE}`,
      nearest: 'https://example.org',
    });
  });

  it.each([
    ['first', ['https://img.example.com', 'https://example.com']],
    ['last', ['https://example.com', 'https://img.example.com']],
  ])('[DOM-8] names the closest relative, listed %s', (_, request) => {
    expect(check('https://a.img.example.com/', { request })).toMatchObject({
      rule: 'DOM-8',
      nearest: 'https://img.example.com',
    });
  });

  it("[LAN-1] names the device's own address", () => {
    expect(told(checkDomain('request', 'http://192.168.7.20:8080/', compileDomains({}), VECTOR_DEVICE))).toEqual({
      code: 'domain-not-allowed',
      rule: 'LAN-1',
      detail:
        "192.168.7.20 is the device's own address; use another of the local network, such as that of your computer",
    });
  });

  it('[DOM-1] never repeats the secrets of the URL', () => {
    const refused = DOMAIN_VECTORS.filter(({ verdict }) => verdict === 'refused');

    for (const { api, url, lists, device } of refused) {
      const hidden = `${url.replace('https://', 'https://user:hunter2@')}?token=hunter2#hunter2`;
      expect(JSON.stringify(checkDomain(api, hidden, compileDomains(lists), device))).not.toContain('hunter2');
      const inQuery = `${url}?token=hunter2#hunter2`;
      expect(JSON.stringify(checkDomain(api, inQuery, compileDomains(lists), device) ?? '')).not.toContain('hunter2');
    }
  });
});

// The oracle below knows nothing of the code: it compares by prefix, and asks Node's URL for a second opinion.

const lowerAscii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\\]/u;

function isExactMatch(url: string, list: readonly string[]): boolean {
  if (INVISIBLE.test(url)) return false;
  return list.some((entry) => {
    const configured = lowerAscii(entry);
    if (lowerAscii(url.slice(0, entry.length)) !== configured) return false;
    if (!['', '/', '?', '#'].includes(url.charAt(entry.length))) return false;

    const parsed = new URL(url);
    const portAsWritten = /:(\d+)$/.exec(configured)?.[0] ?? '';
    const agreed = `${parsed.protocol}//${parsed.hostname}${portAsWritten}`;
    return agreed === configured && parsed.username === '' && parsed.password === '';
  });
}

const ENTRIES = [
  'https://api.example.com',
  'https://shop.example.com:8080',
  'https://secure.example.com:443',
  'https://k.example.org',
];
const DOMAINS = compileDomains({ request: ENTRIES });

const HOSTILE_PIECES = [
  ...['@', ':', ':443', ':0443', ':8080', ':80800', '.', '..', '-', '_', '*', '/', '//', '?', '#', '\\', '%', '%2e'],
  ...['%2f', '%40', '%00', '\t', '\n', '\r', ' ', '\0', '\x1f', '\x7f', '\x80', '\x85', '\x9f', '\u00a0', '\u00ad'],
  ...['\u061c', '\u180e', '\u200b', '\u200d', '\u200e', '\u2028', '\u202e', '\u2060', '\u2063', '\u2066', '\u3000'],
  ...['\ufeff', '。', '．', '／', '＠', '：', 'ａ', '\u212a', '\u017f', '\u0130', '\u0430', 'ß', '\ufb01', '[', ']'],
  ...['[::1]', '127.0.0.1', '2130706433', '0x7f.1', 'localhost', 'evil.com', '.evil.com', 'evil', 'user:pass@', ';'],
  ...['http://', 'https://', 'https:', 'wss://', 'HTTPS://', 'example.com', 'api.example.com', 'k.example.org', ''],
];
const hostilePiece = fc.constantFrom(...HOSTILE_PIECES);
const fullwidth = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const percent = (text: string) =>
  text.replace(/[\s\S]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Changes a text at one place. */
const mutation: fc.Arbitrary<(text: string) => string> = fc
  .record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 3 }),
    piece: hostilePiece,
    how: fc.constantFrom('insert', 'replace', 'delete', 'double', 'fullwidth', 'percent', 'upper', 'cut'),
  })
  .map(({ at, length, piece, how }) => (text: string) => {
    const start = Math.floor(at * text.length);
    const [before, taken, after] = [
      text.slice(0, start),
      text.slice(start, start + length),
      text.slice(start + length),
    ];
    switch (how) {
      case 'insert':
        return before + piece + taken + after;
      case 'replace':
        return before + piece + after;
      case 'delete':
        return before + after;
      case 'double':
        return before + taken + taken + after;
      case 'fullwidth':
        return before + fullwidth(taken) + after;
      case 'percent':
        return before + percent(taken) + after;
      case 'upper':
        return before + taken.toUpperCase() + after;
      default:
        return before;
    }
  });

const allowedUrl = fc
  .tuple(fc.constantFrom(...ENTRIES), fc.constantFrom('', '/', '/v1/users', '?a=1', '/?a=1#b', '#b', '/@evil.com'))
  .map((parts) => parts.join(''));
const mutatedUrl = fc
  .tuple(allowedUrl, fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([url, mutations]) => mutations.reduce((text, mutate) => mutate(text), url));
const composedUrl = fc
  .array(fc.oneof(hostilePiece, fc.constantFrom(...ENTRIES)), { maxLength: 6 })
  .map((p) => p.join(''));
const anyUrl = fc.oneof(mutatedUrl, composedUrl, fc.string({ unit: anyCharacter }), fc.webUrl());

describe('checkDomain against hostile URLs', () => {
  it('[DOM-1] allows exactly what matches an entry, among mutations of allowed URLs', () => {
    let allowed = 0;
    fc.assert(
      fc.property(mutatedUrl, (url) => {
        const verdict = checkDomain('request', url, DOMAINS, VECTOR_DEVICE) === undefined;
        if (verdict) allowed++;
        return verdict === isExactMatch(url, ENTRIES);
      }),
      { numRuns: 20_000 },
    );
    // A mutation in the path leaves a URL allowed: the property looks at both answers.
    expect(allowed).toBeGreaterThan(500);
  });

  it('[DOM-1] allows nothing but an exact match, among random compositions', () => {
    fc.assert(
      fc.property(composedUrl, (url) => {
        const verdict = checkDomain('request', url, DOMAINS, VECTOR_DEVICE) === undefined;
        return !verdict || isExactMatch(url, ENTRIES);
      }),
      { numRuns: 20_000 },
    );
  });

  it('[DOM-1] allows every case of a configured entry in front of any plain path', () => {
    const recased = fc
      .tuple(fc.constantFrom(...ENTRIES), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }))
      .map(([entry, flags]) => [...entry].map((letter, at) => (flags[at] ? letter.toUpperCase() : letter)).join(''));
    const rest = fc
      .tuple(
        fc.constantFrom('/', '?', '#'),
        fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~:/?#[]@!$&()*+,;=%'商品") }),
      )
      .map((parts) => parts.join(''));

    fc.assert(
      fc.property(recased, fc.oneof(fc.constant(''), rest), (origin, end) => {
        expect(checkDomain('request', origin + end, DOMAINS)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('[DOM-3] allows, without a list, only a plain https name that a URL parser reads in the same way', () => {
    const none = compileDomains({});
    fc.assert(
      fc.property(anyUrl, (url) => {
        if (checkDomain('request', url, none, { localip: '203.0.113.5', netmask: '255.255.255.255' })) return;

        const parsed = new URL(url);
        const written = lowerAscii(/^https:\/\/([a-z0-9.-]+)(?::[1-9]\d*)?(?:[/?#]|$)/i.exec(url)?.[1] ?? '');
        expect(INVISIBLE.test(url)).toBe(false);
        expect(parsed.protocol).toBe('https:');
        expect(parsed.hostname).toBe(written);
        expect(parsed.username + parsed.password).toBe('');
        expect(written).not.toMatch(/^[\d.]+$|(?:^|\.)localhost$|^api\.weixin\.qq\.com$/);
      }),
      { numRuns: 20_000 },
    );
  });

  it('[LAN-1] never allows the own address, whatever the device says of itself', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
    const netmask = fc.option(
      fc.oneof(address, fc.constantFrom('255.255.255.0', '255.0.0.0', '0.0.0.0', 'garbage', '')),
      {
        nil: undefined,
      },
    );
    const urlOf = fc
      .constantFrom('http://', 'https://')
      .chain((scheme) => fc.constantFrom('', ':8080', '/').map((end) => (host: string) => scheme + host + end));

    fc.assert(
      fc.property(address, netmask, urlOf, fc.boolean(), (localip, mask, url, listed) => {
        const domains = listed ? DOMAINS : compileDomains({});
        expect(checkDomain('request', url(localip), domains, { localip, netmask: mask })).toMatchObject({
          rule: 'LAN-1',
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('[LAN-1] allows an address only inside the subnet', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom(10, 192, 172), octet, octet, octet),
        fc.integer({ min: 1, max: 31 }),
        octet,
        (a, bits, last) => {
          const bitsOf = (parts: readonly number[]) => parts.map((part) => part.toString(2).padStart(8, '0')).join('');
          const maskBits = '1'.repeat(bits).padEnd(32, '0');
          const netmask = [0, 8, 16, 24].map((at) => parseInt(maskBits.slice(at, at + 8), 2)).join('.');
          const local = [192, 168, 7, last];
          const inside = bitsOf(a).slice(0, bits) === bitsOf(local).slice(0, bits) && a.join('.') !== local.join('.');

          const refusal = checkDomain('request', `http://${a.join('.')}/`, DOMAINS, {
            localip: local.join('.'),
            netmask,
          });
          expect(refusal === undefined).toBe(inside);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('[DOM-1] gives every refusal a rule, and words without a gap', () => {
    fc.assert(
      fc.property(anyUrl, (url) => {
        const refusal = checkDomain('request', url, DOMAINS);
        if (refusal === undefined) return;
        expect(told(refusal)?.detail).not.toMatch(/undefined|null|NaN|^$|[{}]/);
        if (refusal.rule === 'DOM-5') expect(refusal.write).toBe(refusal.nearest);
      }),
      { numRuns: 5_000 },
    );
  });
});
