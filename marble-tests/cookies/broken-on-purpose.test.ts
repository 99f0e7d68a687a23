import { createCookieJar, type CookieJarOptions } from '../../src/cookies.js';
import { cookiesOf } from '../../src/platform/cookies.js';

const API = 'https://api.example.com';
const HTTP = 'http://api.example.com';
const NOW = Date.UTC(2026, 0, 1);

function jarOf(options: CookieJarOptions = {}) {
  const scheduler = {
    now: () => NOW,
    schedule: () => {
      throw new Error('no timers');
    },
  };
  return createCookieJar({ scheduler, ...options });
}

function sentAfter(setCookies: readonly string[], to = API, from = API): string | undefined {
  const jar = jarOf();
  for (const setCookie of setCookies) jar.set(from, setCookie);
  return jar.cookieHeader(to);
}

describe('cookies, broken on purpose', () => {
  it('the fifty-first pushes out the oldest that is not Secure, though it is the fifty-first itself', () => {
    const jar = jarOf();
    for (let index = 0; index < 49; index++) jar.set(API, `s${index}=1; Secure`);
    jar.set(HTTP, 'a=1');
    jar.set(HTTP, 'b=1');
    const names = () => jar.cookies(API).map(({ name }) => name);
    expect(names()).toHaveLength(50);
    expect(names().slice(-2)).toEqual(['s48', 'b']);
    jar.set(API, 't=1; Secure');
    jar.set(HTTP, 'c=1');
    expect(names().slice(-2)).toEqual(['s48', 't']);
    jar.set(API, 'u=1; Secure');
    expect([names()[0], names().length]).toEqual(['s1', 50]);
  });

  it.each([
    ['a=1; Domain=api.example.com.', "has Domain=api.example.com., which is not its own or not the app's"],
    ['a=1; Domain=..api.example.com', "has Domain=.api.example.com, which is not its own or not the app's"],
    ['__HOST-a=1; Secure', 'must have Path=/ and no Domain by its name'],
    ['__hOsT-a=1; Secure; Path=/; Path=/b', 'must have Path=/ and no Domain by its name'],
    ['__SECURE-a=1', 'must be Secure by its name'],
    [`${'n'.repeat(4_097)}=`, 'is longer than 4096 characters'],
    ['a=1\r\nX: 2', 'has a character that HTTP cannot carry'],
    ['\ta\t', 'has no name'],
  ])('does not keep %j', (setCookie, why) => {
    expect(() => {
      jarOf().set(API, setCookie);
    }).toThrow(why);
  });

  it.each<[string, string[], string | undefined]>([
    ['a name that only begins like one', ['__Host=1', '__Secured-a=2'], '__Host=1; __Secured-a=2'],
    ['commas in quotes', ['a="x, y=z"; Path=/'], 'a="x, y=z"'],
    ['a quote that is not closed', ['a="x; Path=/'], 'a="x'],
    ['as long as it may be', [`a=${'x'.repeat(4_095)}`], `a=${'x'.repeat(4_095)}`],
    ['an attribute of 1024 characters', [`a=1; Path=/${'x'.repeat(1_023)}`], undefined],
    ['taken away by another path: it is another cookie', ['a=1; Path=/', 'a=; Path=/b; Max-Age=0'], 'a=1'],
    ['taken away by another domain: it is another cookie', ['a=1', 'a=; Domain=example.com; Max-Age=0'], 'a=1'],
    ['taken away without a value', ['a=1', 'a; Max-Age=0', 'a=; Max-Age=0'], undefined],
    ['a Max-Age of more than any number', [`a=1; Max-Age=${'9'.repeat(400)}`], 'a=1'],
    [
      'a Max-Age with a plus, a blank or a point is none',
      ['a=1; Max-Age=+0', 'b=1; Max-Age=0 0', 'c=1; Max-Age=0.0'],
      'a=1; b=1; c=1',
    ],
    ['a Max-Age in quotes is none', ['a=1; Max-Age="0"'], 'a=1'],
  ])('keeps %s', (_, setCookies, sent) => {
    const jar = jarOf();
    for (const setCookie of setCookies) {
      try {
        jar.set(API, setCookie);
      } catch {
        // What is not kept changes nothing.
      }
    }
    expect(jar.cookieHeader(API)).toBe(sent);
  });

  it.each([
    ['Thu, 01 Jan 1970 00:00:00 GMT', true],
    ['Thu, 01-Jan-1970 00:00:01 GMT', true],
    ['Thu Jan  1 1970 00:00:00 GMT+0000 (UTC)', true],
    ['1 January 1970 0:0:0', true],
    ['00:00:00 1970 jan 1', true],
    ['01 Jan 70 00:00:00', true],
    ['0', false],
    ['-1', false],
    ['1970-01-01T00:00:00Z', false],
    ['Thu, 01 Jan 1970 00:00:60 GMT', false],
    ['Thu, 01 Jan 1600 00:00:00 GMT', false],
    ['Thu, 01 Jan 1970 00:00:000 GMT', false],
    ['Wed, 31 Dec 2098 23:59:59 GMT', false],
  ])('Expires=%s takes a cookie away: %s', (expires, isGone) => {
    expect(sentAfter(['a=1', `a=2; Expires=${expires}`])).toBe(isGone ? undefined : 'a=2');
  });

  it('a port parts no cookies, nor does an address of another kind', () => {
    expect(sentAfter(['a=1'], 'http://192.168.1.5:81', 'http://192.168.1.5:80')).toBe('a=1');
    expect(sentAfter(['a=1'], 'http://localhost:3000', 'http://localhost')).toBe('a=1');
    expect(() => jarOf().set('http://[::1]', 'a=1')).toThrow('was set by what is no URL');
  });

  it('commas in quotes and in JSON, of a platform that joins all cookies into one field', () => {
    const field = 'a="x, y"; Expires=Fri, 01 Jan 2027 00:00:00 GMT, b={"c":1,"d":2}; Path=/';
    expect(sentAfter(cookiesOf(undefined, { 'Set-Cookie': field }))).toBe('a="x, y"; b={"c":1,"d":2}');
  });
});
