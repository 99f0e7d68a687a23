import fc from 'fast-check';
import { refusalSentence } from '../../src/platform/refusal-words.js';
import { FORBIDDEN_CHARACTER, scanUrl } from '../../src/platform/url-scan.js';

const PART = 'its host has a part that is not 1 to 63 letters, digits and inner hyphens:';

/** The rule, and what is wrong in words. */
function problemOf(url: string) {
  const scanned = scanUrl(url);
  return 'problem' in scanned ? { rule: scanned.rule, problem: refusalSentence(scanned) } : undefined;
}

describe('scanUrl', () => {
  it('[DOM-1] reads scheme, host and rest, the first two in lower case', () => {
    expect(scanUrl('HTTPS://Api.Example.COM/V1?Q#F')).toEqual({
      scheme: 'https',
      host: 'api.example.com',
      port: undefined,
      origin: 'https://api.example.com',
      rest: '/V1?Q#F',
      hostKind: 'name',
    });
  });

  const NOT_A_PORT = (port: string) => `its port "${port}" is not a whole number from 1 to 65535 without leading zeros`;

  it.each([
    ['0443', NOT_A_PORT('0443')],
    ['', NOT_A_PORT('')],
    // What a slash in a password leaves of it.
    ['s3cret', NOT_A_PORT('…')],
    ['s3cret1', NOT_A_PORT('…')],
    ['1s3cret', NOT_A_PORT('…')],
  ])('[DOM-4] shows of a port that is none only what may be one: %j', (port, shown) => {
    expect(problemOf(`https://api.example.com:${port}/`)).toEqual({ rule: 'DOM-1', problem: shown });
  });

  it('[DOM-5] keeps a :443 that a URL parser would drop', () => {
    expect(scanUrl('https://api.example.com:443')).toEqual({
      scheme: 'https',
      host: 'api.example.com',
      port: '443',
      origin: 'https://api.example.com:443',
      rest: '',
      hostKind: 'name',
    });
  });

  it.each([
    ['1', '1'],
    ['80', '80'],
    ['65535', '65535'],
  ])('[DOM-4] reads the port %s', (written, port) => {
    expect(scanUrl(`https://a.com:${written}/`)).toMatchObject({ port });
  });

  it.each(['?a=1:2@3', '#a:b@c', '/a:b@c', '/a//b', '/[x]', '/%5c'])(
    '[DOM-1] leaves %s behind the host alone',
    (rest) => {
      expect(scanUrl(`https://a.com${rest}`)).toMatchObject({ host: 'a.com', port: undefined, rest });
    },
  );

  it.each([
    ['api.example.com', 'name'],
    ['localhost.example.com', 'name'],
    ['notlocalhost', 'name'],
    ['localhost', 'localhost'],
    ['LOCALHOST', 'localhost'],
    ['a.b.localhost', 'localhost'],
    ['192.168.0.1', 'ipv4'],
    ['255.255.255.255', 'ipv4'],
    ['1.2.3.4.com', 'name'],
    ['0x7f.com', 'name'],
    ['api.v1', 'name'],
    ['api.1a', 'name'],
  ])('[DOM-3] takes %s for %s', (host, hostKind) => {
    expect(scanUrl(`https://${host}/`)).toMatchObject({ host: host.toLowerCase(), hostKind });
  });

  it.each([
    ['a label of 63 letters', `${'a'.repeat(63)}.com`],
    ['a host of 253 characters', [63, 63, 63, 61].map((length) => 'a'.repeat(length)).join('.')],
    ['an xn-- label', 'xn--fsqu00a.xn--0zwm56d'],
    ['a label of one letter', 'a.b'],
    ['a label of one digit', '1.a'],
    ['hyphens inside a label', 'a--b-c.com'],
  ])('[DOM-1] reads %s', (_what, host) => {
    expect(scanUrl(`https://${host}/`)).toMatchObject({ host, hostKind: 'name' });
  });

  it.each([
    ['DOM-1', '', 'it has no scheme; begin with one, as in https://api.example.com'],
    ['DOM-1', '//a.com', 'it has no scheme; begin with one, as in https://api.example.com'],
    ['DOM-1', 'https:///a.com', `${PART} ""`],
    ['DOM-1', 'https://a.com/\\', 'it has a backslash at position 14; encode it or take it out'],
    ['DOM-1', ' https://a.com', 'it has a space at position 0; encode it or take it out'],
    ['DOM-1', 'https://a.com\n', 'it has the character U+000A at position 13; encode it or take it out'],
    ['DOM-1', 'https://a\u200b.com', 'it has the character U+200B at position 9; encode it or take it out'],
    ['DOM-1', 'https://u@a.com', 'it has user information (…@) in front of the host; take it out'],
    ['DOM-1', 'https://%61.com', 'its host is percent-encoded; write it plainly'],
    ['DOM-3', 'https://[::1]:80', 'its host "[::1]" is an IP address, but not four decimal numbers'],
    ['DOM-1', 'https://a.com:', 'its port "" is not a whole number from 1 to 65535 without leading zeros'],
    ['DOM-1', 'https://a.com:0443', 'its port "0443" is not a whole number from 1 to 65535 without leading zeros'],
    ['DOM-1', 'https://a.com.', 'its host ends with a dot; take it off'],
    ['DOM-1', 'https://a..com', `${PART} ""`],
    ['DOM-1', `https://${'a'.repeat(64)}.com`, `${PART} "${'a'.repeat(64)}"`],
    ['DOM-1', `https://${'a.'.repeat(127)}`, 'its host is longer than 253 characters'],
    ['DOM-1', 'https://例子.com', 'its host is not ASCII; write its xn-- form'],
    ['DOM-1', 'https://\u212a.com', 'its host is not ASCII; write its xn-- form'],
    ['DOM-1', 'https://a_b.com', `${PART} "a_b"`],
    ['DOM-3', 'https://127.1', 'its host "127.1" is an IP address, but not four decimal numbers'],
  ])('[%s] names the problem of %j', (rule, url, problem) => {
    expect(problemOf(url)).toEqual({ rule, problem });
  });

  it.each([
    ['a C0 control', '\x00'],
    ['the last C0 control', '\x1f'],
    ['DEL', '\x7f'],
    ['a C1 control', '\x80'],
    ['next line', '\x85'],
    ['the last C1 control', '\x9f'],
    ['a soft hyphen', '\u00ad'],
    ['an Arabic letter mark', '\u061c'],
    ['a Mongolian vowel separator', '\u180e'],
    ['a zero-width non-joiner', '\u200c'],
    ['a right-to-left mark', '\u200f'],
    ['a left-to-right embedding', '\u202a'],
    ['an invisible times', '\u2062'],
    ['a left-to-right isolate', '\u2066'],
    ['a pop of an isolate', '\u2069'],
    ['a byte order mark', '\ufeff'],
  ])('[DOM-1] takes no URL with %s, in the path either', (_what, character) => {
    expect(FORBIDDEN_CHARACTER.test(character)).toBe(true);
    expect(scanUrl(`https://a.com/${character}`)).toHaveProperty('problem');
  });

  it('[DOM-1] agrees with a URL parser on every text that it reads', () => {
    const piece = fc.constantFrom(
      ...'abKZ019-._:@/?#[]%\\ \t。．\u212a\u0130\u017f\u0130ß',
      ...['https://', 'http://', 'example.com', ':443', ':80', '127', '0x', '.1', 'xn--', '//'],
    );
    const plain = fc.constantFrom(...'abKZ019.', 'example.com', ':443', '/', '?');
    let read = 0;

    fc.assert(
      fc.property(fc.array(fc.oneof(plain, piece), { maxLength: 8 }), fc.boolean(), (pieces, absolute) => {
        const url = (absolute ? 'https://' : '') + pieces.join('');
        const scanned = scanUrl(url);
        // A parser also refuses broken xn-- labels, and leaves the host of an unknown scheme in its case.
        if ('problem' in scanned || scanned.host.includes('xn--') || !/^https?$/.test(scanned.scheme)) return;
        read++;
        const parsed = new URL(url);
        expect(`${parsed.protocol}//${parsed.hostname}`).toBe(`${scanned.scheme}://${scanned.host}`);
        expect(scanned.origin + scanned.rest).toHaveLength(url.length);
        expect(url.endsWith(scanned.rest)).toBe(true);
        const defaultPort = { http: '80', https: '443' }[scanned.scheme];
        expect(parsed.port).toBe(scanned.port === undefined || scanned.port === defaultPort ? '' : scanned.port);
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(1_000);
  });

  it('[DOM-1] reads a megabyte of one character without delay', () => {
    const startedAt = performance.now();
    for (const character of ['a', '.', ':', '@', '/', '-', '1', 'a.'])
      scanUrl(`https://${character.repeat(1_000_000)}`);

    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
