import type { DomainApi } from '../../src/platform/domain-apis.js';
import type { DomainLists } from '../../src/platform/domain-lists.js';
import type { DeviceAddress } from '../../src/platform/lan-address.js';
import type { DomainRuleId } from '../../src/platform/refusal.js';

/**
 * One line of the platform's page, as a call and its verdict. Derived from the words of the page, never from the code:
 * the library and the simulator are both held against it.
 */
interface DomainVectorBase {
  /** The clause it follows from. A text that is no URL at all runs against DOM-1: it cannot be one of the configured. */
  readonly rule: DomainRuleId;
  /** What is particular about the URL. Rule and this together are unique, so that they can name a test. */
  readonly what: string;
  readonly api: DomainApi;
  readonly lists: DomainLists;
  /** What `wx.getLocalIPAddress` would say, where it matters (LAN-1). */
  readonly device?: DeviceAddress;
  readonly url: string;
}

export interface AllowedVector extends DomainVectorBase {
  readonly verdict: 'allowed';
}

export interface RefusedVector extends DomainVectorBase {
  readonly verdict: 'refused';
  /** `invalid-url`: the text cannot be compared with a list. */
  readonly code: 'domain-not-allowed' | 'invalid-url';
}

export type DomainVector = AllowedVector | RefusedVector;

/** A different list for each API, with and without ports. */
export const VECTOR_LISTS = {
  request: ['https://api.example.com', 'https://shop.example.com:8080', 'https://example.org'],
  uploadFile: ['https://up.example.com', 'https://store.example.com:8443'],
  downloadFile: ['https://img.example.com', 'https://CDN.Example.com'],
  socket: ['wss://push.example.com', 'wss://game.example.com:9443'],
} as const satisfies DomainLists;

/** A phone in a small network: its neighbours are 192.168.7.1 to 192.168.7.254, without itself. */
export const VECTOR_DEVICE = { localip: '192.168.7.20', netmask: '255.255.255.0' } as const satisfies DeviceAddress;

type Call = readonly [what: string, url: string, api?: DomainApi];

const allowed = (rule: DomainRuleId, calls: readonly Call[], rest: Partial<DomainVectorBase> = {}): DomainVector[] =>
  calls.map(([what, url, api = 'request']) => ({
    rule,
    what,
    api,
    lists: VECTOR_LISTS,
    url,
    verdict: 'allowed',
    ...rest,
  }));

const refused = (
  rule: DomainRuleId,
  calls: readonly Call[],
  code: 'domain-not-allowed' | 'invalid-url' = 'domain-not-allowed',
  rest: Partial<DomainVectorBase> = {},
): DomainVector[] =>
  calls.map(([what, url, api = 'request']) => ({
    rule,
    what,
    api,
    lists: VECTOR_LISTS,
    url,
    verdict: 'refused',
    code,
    ...rest,
  }));

const label = (length: number) => 'a'.repeat(length);

export const DOMAIN_VECTORS: readonly DomainVector[] = [
  // DOM-1: only the configured domains, a list per API.
  ...allowed('DOM-1', [
    ['a configured domain', 'https://api.example.com'],
    ['a configured domain with a path', 'https://api.example.com/v1/users/7'],
    ['a configured domain with a query at once', 'https://api.example.com?page=2'],
    ['a configured domain with a fragment at once', 'https://api.example.com#top'],
    ['a path that looks like user information', 'https://api.example.com/@evil.com'],
    ['a query that looks like user information', 'https://api.example.com?@evil.com'],
    ['a fragment that looks like user information', 'https://api.example.com#@evil.com'],
    ['a query that holds another URL', 'https://api.example.com/go?to=https://evil.com:443/'],
    ['a percent-encoded path', 'https://api.example.com/%E4%BD%A0%0d%0a%5c'],
    ['a Chinese path', 'https://api.example.com/商品/7'],
    ['a host in capitals', 'https://API.Example.COM/v1'],
    ['a scheme in capitals', 'HTTPS://api.example.com/v1'],
    ['an entry configured in capitals', 'https://cdn.example.com/a.png', 'downloadFile'],
    ['the upload list for an upload', 'https://up.example.com/file', 'uploadFile'],
    ['the download list for a download', 'https://img.example.com/a.png', 'downloadFile'],
    ['the socket list for a socket', 'wss://push.example.com/chat', 'socket'],
  ]),
  ...allowed('DOM-1', [['a name, when no list was given for the API', 'https://anything.example.net/']], { lists: {} }),
  ...refused('DOM-1', [
    ['a domain that nobody configured', 'https://example.net/'],
    ["the download list's domain in a request", 'https://img.example.com/a.png'],
    ["the request list's domain in an upload", 'https://api.example.com/file', 'uploadFile'],
    ["the upload list's domain in a download", 'https://up.example.com/a.png', 'downloadFile'],
    ["the request list's domain in a socket", 'wss://api.example.com/chat', 'socket'],
    ['a configured name as the ending of a longer label', 'https://evilapi.example.com/'],
    ['a configured parent as the ending of a longer label', 'https://evilexample.org/'],
    ['a configured name with another ending', 'https://api.example.com.evil.com/'],
    ['a configured name with another top-level domain', 'https://api.example.co/'],
    ['a configured name with a longer top-level domain', 'https://api.example.community/'],
    ['a configured name with a hyphen for a dot', 'https://api-example.com/'],
    ['a configured name in the path of another', 'https://evil.com/https://api.example.com/'],
    ['a configured name in the query of another', 'https://evil.com?https://api.example.com/'],
    ['a configured name in the fragment of another', 'https://evil.com#.api.example.com'],
    ['the punycode of a look-alike', 'https://xn--pi-6kc.example.com/'],
  ]),
  ...refused('DOM-1', [['any domain, when the list is empty', 'https://api.example.com/']], 'domain-not-allowed', {
    lists: { request: [] },
  }),
  ...refused(
    'DOM-1',
    [
      // No absolute URL.
      ['an empty text', ''],
      ['a bare host', 'api.example.com'],
      ['a path', '/v1/users'],
      ['no scheme', '//api.example.com/'],
      ['an empty scheme', '://api.example.com/'],
      ['a scheme without slashes', 'https:api.example.com/'],
      ['a scheme with one slash', 'https:/api.example.com/'],
      ['a scheme with three slashes', 'https:///api.example.com/'],
      ['a scheme with an umlaut', 'httpſ://api.example.com/'],
      ['a scheme in front of the scheme', 'javascript:https://api.example.com/'],
      ['a view-source in front of the scheme', 'view-source:https://api.example.com/'],
      ['no host', 'https://'],
      ['a port without a host', 'https://:443/'],
      ['a query without a host', 'https://?api.example.com'],
      // User information.
      ['a user', 'https://user@api.example.com/'],
      ['a user and a password', 'https://user:secret@api.example.com/'],
      ['an empty user', 'https://@api.example.com/'],
      ['an empty user and password', 'https://:@api.example.com/'],
      ['a configured name as the user of another', 'https://api.example.com@evil.com/'],
      ['a configured name and port as the user and password of another', 'https://shop.example.com:8080@evil.com/'],
      ['a percent-encoded at sign', 'https://api.example.com%40evil.com/'],
      ['a fullwidth at sign', 'https://api.example.com＠evil.com/'],
      // Characters that a parser drops, turns or hides.
      ['a backslash after the host', 'https://api.example.com\\.evil.com/'],
      ['a backslash and another host', 'https://evil.com\\@api.example.com/'],
      ['backslashes for slashes', 'https:\\\\api.example.com/'],
      ['a backslash in the path', 'https://api.example.com/a\\b'],
      ['a backslash in the query', 'https://api.example.com/?a=\\'],
      ['a space in front', ' https://api.example.com/'],
      ['a space behind', 'https://api.example.com/ '],
      ['a space in the host', 'https://api.example.com .evil.com/'],
      ['a space in the path', 'https://api.example.com/a b'],
      ['a tab in the host', 'https://api.exam\tple.com/'],
      ['a tab in the scheme', 'ht\ttps://api.example.com/'],
      ['a tab in the path', 'https://api.example.com/a\tb'],
      ['a newline behind the host', 'https://api.example.com\n.evil.com/'],
      ['a newline at the end', 'https://api.example.com\n'],
      ['a carriage return in the path', 'https://api.example.com/a\r\nHost: evil.com'],
      ['a vertical tab', 'https://api.example.com/\v'],
      ['a form feed', 'https://api.example.com/\f'],
      ['a NUL in the host', 'https://api.example.com\0.evil.com/'],
      ['a NUL in the path', 'https://api.example.com/\0'],
      ['a DEL in the path', 'https://api.example.com/\x7f'],
      ['a C1 control character in the path', 'https://api.example.com/\x85'],
      ['a no-break space', 'https://api.example.com/\u00a0'],
      ['an ideographic space', 'https://api.example.com/\u3000'],
      ['a line separator', 'https://api.example.com/\u2028'],
      ['a byte order mark in front', '\ufeffhttps://api.example.com/'],
      ['a zero-width space in the host', 'https://api\u200b.example.com/'],
      ['a zero-width space in the path', 'https://api.example.com/\u200b'],
      ['a zero-width joiner in the host', 'https://api\u200d.example.com/'],
      ['a word joiner in the path', 'https://api.example.com/\u2060'],
      ['a soft hyphen in the host', 'https://api\u00ad.example.com/'],
      ['a right-to-left override in the path', 'https://api.example.com/\u202egpj.exe'],
      ['a right-to-left isolate in the path', 'https://api.example.com/\u2067gpj.exe'],
      // A host that is not the plain name.
      ['a percent-encoded letter in the host', 'https://%61pi.example.com/'],
      ['a percent-encoded dot in the host', 'https://api%2eexample.com/'],
      ['a percent-encoded slash behind the host', 'https://api.example.com%2f.evil.com/'],
      ['a percent-encoded NUL behind the host', 'https://api.example.com%00.evil.com/'],
      ['a trailing dot', 'https://api.example.com./'],
      ['a trailing dot and a port', 'https://shop.example.com.:8080/'],
      ['a leading dot', 'https://.api.example.com/'],
      ['two dots in a row', 'https://api..example.com/'],
      ['a label of 64 letters', `https://${label(64)}.example.com/`],
      ['a host of 254 characters', `https://${[63, 63, 63, 62].map(label).join('.')}/`],
      ['a label that begins with a hyphen', 'https://-api.example.com/'],
      ['a label that ends with a hyphen', 'https://api-.example.com/'],
      ['an underscore in the host', 'https://api_v1.example.com/'],
      ['a wildcard', 'https://*.example.com/'],
      ['a semicolon behind the host', 'https://api.example.com;.evil.com/'],
      ['a comma behind the host', 'https://api.example.com,evil.com/'],
      ['an ampersand behind the host', 'https://api.example.com&evil.com/'],
      ['a Chinese host', 'https://例子.com/'],
      ['a Cyrillic look-alike', 'https://\u0430pi.example.com/'],
      ['fullwidth letters', 'https://ａｐｉ.example.com/'],
      ['a fullwidth dot', 'https://api．example.com/'],
      ['an ideographic dot', 'https://api。example.com/'],
      ['a fullwidth slash', 'https://api.example.com／.evil.com/'],
      ['a fullwidth question mark', 'https://api.example.com？.evil.com/'],
      ['a long s', 'https://\u017fhop.example.com:8080/'],
      ['a ligature', 'https://o\ufb03ce.example.com/'],
      // A port that is not a plain number.
      ['an empty port', 'https://api.example.com:/'],
      ['an empty port at the end', 'https://api.example.com:'],
      ['the port 443 with a leading zero', 'https://api.example.com:0443/'],
      ['a listed port with a leading zero', 'https://shop.example.com:08080/'],
      ['the port 0', 'https://api.example.com:0/'],
      ['the port 65536', 'https://api.example.com:65536/'],
      ['a continuation of a listed port, past 65535', 'https://shop.example.com:80800/'],
      ['a listed port plus 65536', 'https://shop.example.com:73616/'],
      ['a port with a sign', 'https://shop.example.com:+8080/'],
      ['a negative port', 'https://shop.example.com:-8080/'],
      ['a port in hexadecimal', 'https://shop.example.com:0x1f90/'],
      ['a port with an exponent', 'https://shop.example.com:8080e0/'],
      ['a port with letters', 'https://api.example.com:https/'],
      ['fullwidth digits for a port', 'https://shop.example.com:８０８０/'],
      ['Arabic digits for a port', 'https://shop.example.com:٨٠٨٠/'],
      ['two ports', 'https://shop.example.com:8080:8080/'],
      ['a percent-encoded colon', 'https://api.example.com%3a443/'],
    ],
    'invalid-url',
  ),
  // Lower case of the Kelvin sign is a plain k, so it reads as a name that is not the one written.
  ...refused('DOM-1', [['a Kelvin sign, listed as a k', 'https://\u212a.example.com/']], 'invalid-url', {
    lists: { request: ['https://k.example.com'] },
  }),
  ...refused('DOM-1', [['a Kelvin sign, when no list was given', 'https://\u212a.example.com/']], 'invalid-url', {
    lists: {},
  }),
  ...refused(
    'DOM-1',
    [['user information, when no list was given', 'https://user:secret@api.example.com/']],
    'invalid-url',
    { lists: {} },
  ),

  // DOM-2: https for request, upload and download; wss for sockets.
  ...refused('DOM-2', [
    ['http in a request', 'http://api.example.com/'],
    ['http in an upload', 'http://up.example.com/', 'uploadFile'],
    ['http in a download', 'http://img.example.com/', 'downloadFile'],
    ['wss in a request', 'wss://api.example.com/'],
    ['ws in a socket', 'ws://push.example.com/', 'socket'],
    ['https in a socket', 'https://push.example.com/', 'socket'],
    ['ftp', 'ftp://api.example.com/'],
    ['file', 'file://api.example.com/'],
    ['the name of a scheme with more letters', 'httpss://api.example.com/'],
    ['a scheme with a plus', 'https+http://api.example.com/'],
  ]),
  ...refused('DOM-2', [['http, when no list was given', 'http://api.example.com/']], 'domain-not-allowed', {
    lists: {},
  }),

  // DOM-3: no IP address (the local network aside), no localhost.
  ...refused('DOM-3', [
    ['a public IPv4 address', 'https://8.8.8.8/'],
    ['a public IPv4 address with a port', 'https://8.8.8.8:8443/'],
    ['a public IPv4 address in a socket', 'wss://8.8.8.8/', 'socket'],
    ['an address just below 172.16', 'https://172.15.255.255/'],
    ['an address just above 172.31', 'https://172.32.0.0/'],
    ['localhost', 'https://localhost/'],
    ['localhost over http', 'http://localhost/'],
    ['localhost in capitals', 'https://LOCALHOST/'],
    ['localhost with a port', 'https://localhost:8080/'],
    ['a name under localhost', 'https://api.localhost/'],
    ['localhost in a socket', 'wss://localhost/', 'socket'],
  ]),
  ...refused('DOM-3', [['localhost, when no list was given', 'https://localhost/']], 'domain-not-allowed', {
    lists: {},
  }),
  ...refused('DOM-3', [['a public IPv4 address, when no list was given', 'https://8.8.8.8/']], 'domain-not-allowed', {
    lists: {},
  }),
  ...refused(
    'DOM-3',
    [
      ['an IPv4 address as one decimal number', 'https://2130706433/'],
      ['an IPv4 address as one hexadecimal number', 'https://0x7f000001/'],
      ['an IPv4 address as one octal number', 'https://017700000001/'],
      ['an octal part', 'https://0177.0.0.1/'],
      ['a hexadecimal part', 'https://0x7f.0.0.1/'],
      ['a last part in hexadecimal', 'https://127.0.0.0x1/'],
      ['an empty hexadecimal part', 'https://127.0.0.0x/'],
      ['two parts', 'https://127.1/'],
      ['three parts', 'https://127.0.1/'],
      ['five parts', 'https://1.2.3.4.5/'],
      ['a leading zero', 'https://192.168.07.1/'],
      ['a part above 255', 'https://192.168.7.256/'],
      ['a name that ends in a number', 'https://api.example.com.1/'],
      ['an IPv6 address', 'https://[::1]/'],
      ['an IPv6 address with a port', 'https://[fe80::1]:8080/'],
      ['an IPv4 address inside an IPv6 address', 'https://[::ffff:192.168.7.1]/'],
    ],
    'invalid-url',
  ),
  ...refused('DOM-1', [['an IPv6 address without brackets', 'https://fe80::1/']], 'invalid-url'),
  ...refused('DOM-1', [['an IPv4 address in fullwidth digits', 'https://１２７.0.0.1/']], 'invalid-url'),

  // DOM-4: an entry with a port allows exactly that port.
  ...allowed('DOM-4', [
    ['the listed port', 'https://shop.example.com:8080/cart'],
    ['the listed port and a host in capitals', 'https://SHOP.example.com:8080'],
    ['the listed port of an upload', 'https://store.example.com:8443/', 'uploadFile'],
    ['the listed port of a socket', 'wss://game.example.com:9443/', 'socket'],
  ]),
  ...allowed('DOM-4', [['port 443 where 443 is listed', 'https://api.example.com:443/']], {
    lists: { request: ['https://api.example.com:443'] },
  }),
  ...refused('DOM-4', [
    ['no port where one is listed', 'https://shop.example.com/'],
    ['another port than the listed', 'https://shop.example.com:9091/'],
    ['a beginning of the listed port', 'https://shop.example.com:808/'],
    ['port 443 where another is listed', 'https://shop.example.com:443/'],
    ['another port of a socket', 'wss://game.example.com:9444/', 'socket'],
    ['no port of a socket where one is listed', 'wss://game.example.com/', 'socket'],
  ]),
  ...refused('DOM-4', [['a continuation of the listed port', 'https://api.example.com:8080/']], 'domain-not-allowed', {
    lists: { request: ['https://api.example.com:808'] },
  }),
  ...refused('DOM-4', [['no port where only 443 is listed', 'https://api.example.com/']], 'domain-not-allowed', {
    lists: { request: ['https://api.example.com:443'] },
  }),

  // DOM-5: an entry without a port allows only URLs without one.
  ...refused('DOM-5', [
    ['an explicit :443', 'https://api.example.com:443/'],
    ['an explicit :443 without a path', 'https://api.example.com:443'],
    ['an explicit :443 in front of a query', 'https://api.example.com:443?a=1'],
    ['an explicit :8080', 'https://api.example.com:8080/'],
    ['an explicit :80', 'https://api.example.com:80/'],
    ['an explicit :443 in an upload', 'https://up.example.com:443/', 'uploadFile'],
    ['an explicit :443 in a download', 'https://img.example.com:443/', 'downloadFile'],
    ['an explicit :443 in a socket', 'wss://push.example.com:443/', 'socket'],
  ]),

  // DOM-7: api.weixin.qq.com never.
  ...refused('DOM-7', [
    ['api.weixin.qq.com', 'https://api.weixin.qq.com/cgi-bin/token'],
    ['api.weixin.qq.com in capitals', 'https://API.WEIXIN.QQ.COM/cgi-bin/token'],
    ['api.weixin.qq.com in mixed case', 'https://Api.WeiXin.qq.com/'],
    ['api.weixin.qq.com with a port', 'https://api.weixin.qq.com:443/'],
    ['api.weixin.qq.com over http', 'http://api.weixin.qq.com/'],
    ['api.weixin.qq.com in a socket', 'wss://api.weixin.qq.com/', 'socket'],
    ['api.weixin.qq.com in a download', 'https://api.weixin.qq.com/', 'downloadFile'],
  ]),
  ...refused('DOM-7', [['api.weixin.qq.com, when no list was given', 'https://api.weixin.qq.com/']], undefined, {
    lists: {},
  }),
  ...refused('DOM-1', [['api.weixin.qq.com with a trailing dot', 'https://api.weixin.qq.com./']], 'invalid-url', {
    lists: {},
  }),
  ...allowed('DOM-7', [['another name under weixin.qq.com', 'https://mp.weixin.qq.com/']], { lists: {} }),

  // DOM-8: neither the subdomains nor the parent.
  ...refused('DOM-8', [
    ['a subdomain of a configured one', 'https://v2.api.example.com/'],
    ['a subdomain of a configured parent', 'https://www.example.org/'],
    ['a subdomain of a subdomain', 'https://a.b.example.org/'],
    ['the parent of a configured one', 'https://example.com/'],
    ['a subdomain of one configured with a port', 'https://a.shop.example.com:8080/'],
    ['a subdomain in a socket', 'wss://a.push.example.com/', 'socket'],
  ]),

  // LAN-1: neighbours, never the device itself.
  ...allowed(
    'LAN-1',
    [
      ['a neighbour over http', 'http://192.168.7.21/'],
      ['a neighbour over https', 'https://192.168.7.21/'],
      ['a neighbour with a port', 'http://192.168.7.21:8080/status'],
      ['a neighbour with a port, an upload', 'http://192.168.7.21:8080/file', 'uploadFile'],
      ['a neighbour over ws', 'ws://192.168.7.21:81/', 'socket'],
      ['a neighbour over wss', 'wss://192.168.7.21/', 'socket'],
    ],
    { device: VECTOR_DEVICE },
  ),
  ...allowed('LAN-1', [['a neighbour in a wide network', 'http://10.9.200.1/']], {
    device: { localip: '10.18.0.4', netmask: '255.0.0.0' },
  }),
  ...allowed('LAN-1', [['a private address while the own is not known', 'http://192.168.7.21/']]),
  ...refused(
    'LAN-1',
    [
      ["the device's own address", 'http://192.168.7.20/'],
      ["the device's own address over https", 'https://192.168.7.20/'],
      ["the device's own address with a port", 'http://192.168.7.20:8080/'],
      ["the device's own address in a socket", 'ws://192.168.7.20/', 'socket'],
      ['the loopback address', 'http://127.0.0.1/'],
      ['another loopback address', 'http://127.8.9.10/'],
      ['the address of any interface', 'http://0.0.0.0/'],
    ],
    'domain-not-allowed',
    { device: VECTOR_DEVICE },
  ),
  ...refused('LAN-1', [['the loopback address while the own is not known', 'https://127.0.0.1/']]),
  ...refused(
    'DOM-3',
    [
      ['a private address in another subnet', 'http://192.168.8.1/'],
      ['a private address of another kind', 'http://10.0.0.1/'],
      ['a public address, from a private network', 'http://8.8.4.4/'],
    ],
    'domain-not-allowed',
    { device: VECTOR_DEVICE },
  ),
  ...refused('DOM-3', [['10.0.3.x seen from 10.18.0.x', 'http://10.0.3.7/']], 'domain-not-allowed', {
    device: { localip: '10.18.0.4', netmask: '255.255.0.0' },
  }),
  ...refused(
    'DOM-2',
    [
      ['ftp to a neighbour', 'ftp://192.168.7.21/'],
      ['ws to a neighbour in a request', 'ws://192.168.7.21/'],
      ['http to a neighbour in a socket', 'http://192.168.7.21/', 'socket'],
    ],
    'domain-not-allowed',
    { device: VECTOR_DEVICE },
  ),
];
