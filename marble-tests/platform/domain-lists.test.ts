import fc from 'fast-check';
import { FORBIDDEN_HOST, SCHEME_OF, type DomainApi } from '../../src/platform/domain-apis.js';
import { compileDomains, type DomainLists } from '../../src/platform/domain-lists.js';
import { checkDomain } from '../../src/platform/domain-rule.js';

const WHERE = '(小程序后台 → 开发 → 开发设置 → 服务器域名)';
const NO_ADDRESS = 'no IP address can be configured, nor localhost; take it out, the local network needs no entry';

/** What is thrown over one bad entry. */
function problemOf(entry: unknown, api: DomainApi = 'request'): string {
  try {
    compileDomains({ [api]: [entry] });
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as TypeError).message;
  }
  throw new Error(`accepted ${String(entry)}`);
}

describe('compileDomains', () => {
  it('[DOM-1] keeps a list per API', () => {
    const domains = compileDomains({ request: ['https://api.example.com'], socket: ['wss://push.example.com'] });

    expect([...(domains.of('request') ?? [])]).toEqual(['https://api.example.com']);
    expect([...(domains.of('socket') ?? [])]).toEqual(['wss://push.example.com']);
  });

  it('[TCP-1] [UDP-1] keeps the lists of tcp and udp, with a port or without', () => {
    const domains = compileDomains({ tcp: ['tcp://IoT.example.com', 'tcp://iot.example.com:9000'], udp: [] });

    expect([...(domains.of('tcp') ?? [])]).toEqual(['tcp://iot.example.com', 'tcp://iot.example.com:9000']);
    expect(domains.of('udp')?.size).toBe(0);
  });

  it('[K8.2] says at once which rule forbids an entry, whatever else is wrong with it', () => {
    expect(problemOf('http://127.0.0.1')).toContain('[DOM-3]');
    expect(problemOf('http://api.weixin.qq.com/cgi-bin')).toContain('[DOM-7]');
    expect(problemOf(' https://*.example.com')).toContain('[DOM-8]');
  });

  it('[DOM-1] tells an API without a list from one with an empty list', () => {
    const domains = compileDomains({ request: [], uploadFile: undefined });

    expect(domains.of('request')?.size).toBe(0);
    expect(domains.of('uploadFile')).toBeUndefined();
    expect(domains.of('downloadFile')).toBeUndefined();
  });

  it('[DOM-1] is not changed by later writes to the list it was given', () => {
    const request = ['https://api.example.com'];
    const domains = compileDomains({ request });
    request.push('https://evil.com');

    expect(checkDomain('request', 'https://evil.com/', domains)).toMatchObject({ rule: 'DOM-1' });
  });

  it('[DOM-1] compares entries without case, and reads doubles as one', () => {
    const domains = compileDomains({ request: ['HTTPS://API.Example.com', 'https://api.example.com'] });

    expect([...(domains.of('request') ?? [])]).toEqual(['https://api.example.com']);
  });

  it.each([
    ['DOM-1', 'a path', 'https://api.example.com/v1', 'an entry has no path or query; write https://api.example.com'],
    [
      'DOM-1',
      'a final slash',
      'https://api.example.com/',
      'an entry has no path or query; write https://api.example.com',
    ],
    ['DOM-1', 'a query', 'https://a.example.com:81?x', 'an entry has no path or query; write https://a.example.com:81'],
    ['DOM-2', 'a bare host', 'api.example.com', 'it has no scheme; write https://api.example.com'],
    ['DOM-1', 'one label', 'https://intranet', 'intranet cannot be configured: a domain has at least one dot'],
    ['DOM-1', 'a trailing dot', 'https://api.example.com.', 'its host ends with a dot; take it off'],
    ['DOM-1', 'a space behind', 'https://api.example.com ', 'it has a space at position 23; encode it or take it out'],
    [
      'DOM-1',
      'user information',
      'https://u:p@a.com',
      'it has user information (…@) in front of the host; take it out',
    ],
    ['DOM-1', 'a Chinese name', 'https://例子.com', 'its host is not ASCII; write its xn-- form'],
    ['DOM-1', 'a Kelvin sign', 'https://\u212a.example.com', 'its host is not ASCII; write its xn-- form'],
    [
      'DOM-2',
      'http',
      'http://api.example.com',
      'request takes https:// only; got http://api.example.com; write https://api.example.com',
    ],
    [
      'DOM-2',
      'http and a port',
      'http://a.example.com:81',
      'request takes https:// only; got http://a.example.com:81; write https://a.example.com:81',
    ],
    [
      'DOM-2',
      'wss',
      'wss://api.example.com',
      `request takes https:// only; got wss://api.example.com; write https://api.example.com, or add wss://api.example.com to the socket domains ${WHERE}`,
    ],
    ['DOM-3', 'an IPv4 address', 'https://8.8.8.8', NO_ADDRESS],
    ['DOM-3', 'a LAN address', 'https://192.168.1.2', NO_ADDRESS],
    ['DOM-3', 'localhost', 'https://localhost', NO_ADDRESS],
    ['DOM-3', 'a name under localhost', 'https://api.LocalHost:1', NO_ADDRESS],
    [
      'DOM-3',
      'a disguised address',
      'https://0x7f000001',
      'its host "0x7f000001" is an IP address, but not four decimal numbers',
    ],
    ['DOM-3', 'an IPv6 address', 'https://[::1]', 'its host "[::1]" is an IP address, but not four decimal numbers'],
    [
      'DOM-4',
      'an impossible port',
      'https://a.com:65536',
      'its port "65536" is not a whole number from 1 to 65535 without leading zeros',
    ],
    [
      'DOM-7',
      'api.weixin.qq.com',
      'https://API.weixin.qq.com',
      'api.weixin.qq.com can be neither configured nor called; keep the AppSecret on your server and let it call',
    ],
    [
      'DOM-7',
      'api.weixin.qq.com and a port',
      'https://api.weixin.qq.com:443',
      'api.weixin.qq.com can be neither configured nor called; keep the AppSecret on your server and let it call',
    ],
    ['DOM-8', 'a wildcard', 'https://*.example.com', 'there are no wildcards; list each subdomain'],
  ])('[%s] refuses an entry with %s', (clause, _what, entry, problem) => {
    // A port that cannot be one is no entry at all, so what is reported is DOM-1.
    const rule = clause === 'DOM-4' ? 'DOM-1' : clause;

    expect(problemOf(entry)).toBe(`rx-miniprogram: domains.request[0] ${JSON.stringify(entry)}: [${rule}] ${problem}`);
  });

  it('[DOM-2] refuses https in the socket list', () => {
    expect(problemOf('https://push.example.com', 'socket')).toBe(
      'rx-miniprogram: domains.socket[0] "https://push.example.com": ' +
        '[DOM-2] socket takes wss:// only; got https://push.example.com; write wss://push.example.com, ' +
        `or add https://push.example.com to the request domains ${WHERE}`,
    );
  });

  it.each([
    ['a number', 7, '(7)'],
    ['nothing', undefined, '(undefined)'],
    ['null', null, '(null)'],
    ['an object', { url: 'https://api.example.com' }, '(Object)'],
    ['a bigint', 7n, '(bigint)'],
  ])('[DOM-1] refuses %s for an entry', (_what, entry, shown) => {
    expect(problemOf(entry)).toBe(
      `rx-miniprogram: domains.request[0] ${shown}: [DOM-1] expected a text; write https://api.example.com`,
    );
  });

  it.each(['tcps', 'Request', 'connectSocket', 'constructor', '0'])('[DOM-1] knows no list named %s', (name) => {
    expect(() => compileDomains({ [name]: ['https://api.example.com'] })).toThrow(
      new TypeError(
        `rx-miniprogram: domains.${name}: there is no such list; the lists are request, uploadFile, downloadFile, socket, tcp, udp`,
      ),
    );
  });

  it('[DOM-1] refuses a list that is a string', () => {
    expect(() => compileDomains({ request: 'https://api.example.com' } as unknown as DomainLists)).toThrow(
      new TypeError('rx-miniprogram: domains.request: expected an array of strings; got string'),
    );
  });

  it('[DOM-1] names every bad entry at once', () => {
    const lists = { request: ['http://a.com', 'https://ok.com', 'https://1.2.3.4'], socket: ['wss://*.a.com'] };

    expect(() => compileDomains(lists)).toThrow(
      new TypeError(
        [
          'rx-miniprogram: domains.request[0] "http://a.com": [DOM-2] request takes https:// only; got http://a.com; write https://a.com',
          `domains.request[2] "https://1.2.3.4": [DOM-3] ${NO_ADDRESS}`,
          'domains.socket[0] "wss://*.a.com": [DOM-8] there are no wildcards; list each subdomain',
        ].join('\n'),
      ),
    );
  });

  it('[DOM-1] allows every entry that it accepts, as a URL with a path', () => {
    const APIS: readonly DomainApi[] = ['request', 'uploadFile', 'downloadFile', 'socket'];
    const piece = fc.constantFrom(
      ...'abkKxyzAZ09-._:/@\\ %\u212a\u017f。',
      '.com',
      '.example',
      'xn--',
      ':443',
      ':8080',
      '127.0.0.1',
      '.1',
    );
    const entry = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.domain(),
      fc.tuple(fc.domain(), fc.integer({ min: 0, max: 70_000 })).map(([host, port]) => `${host}:${port}`),
    );
    let accepted = 0;

    fc.assert(
      fc.property(fc.constantFrom(...APIS), entry, (api, host) => {
        const written = `${SCHEME_OF[api]}://${host}`;
        let domains;
        try {
          domains = compileDomains({ [api]: [written] });
        } catch {
          return;
        }
        accepted++;
        expect(checkDomain(api, `${written}/path?query`, domains)).toBeUndefined();
        expect(checkDomain(api, written.toLowerCase(), domains)).toBeUndefined();
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });

  it('[DOM-7] never accepts the forbidden host, in whatever case', () => {
    const recased = fc
      .array(fc.boolean(), { minLength: FORBIDDEN_HOST.length, maxLength: FORBIDDEN_HOST.length })
      .map((flags) => [...FORBIDDEN_HOST].map((letter, at) => (flags[at] ? letter.toUpperCase() : letter)).join(''));

    fc.assert(
      fc.property(recased, fc.constantFrom('', ':443', ':8080'), (host, port) => {
        expect(problemOf(`https://${host}${port}`)).toContain('[DOM-7]');
      }),
    );
  });
});
