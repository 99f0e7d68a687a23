import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  authorityIn,
  charsetOf,
  headerOf,
  millisecondsOf,
  oneUrl,
  placesOf,
  resolvesOf,
  urlOf,
} from '../../src/cli/values.js';
import { UsageError } from '../../src/cli/usage-error.js';

/** What the user is told, in both languages; `undefined` where it is taken. */
function refusal(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.said.zh).not.toBe(error.said.en);
    return error.said.en;
  }
}

describe('a URL', () => {
  it.each(['https://a.example.com/x?y=1#z', 'wss://a.example.com', 'http://127.0.0.1:8080/', 'HTTPS://A.example.com'])(
    '%s is taken as it was written',
    (url) => expect(urlOf(url)).toBe(url),
  );

  it.each(['', 'a.example.com', '/items', 'https:/a.example.com', 'https://', 'https://a b'])('%s is none', (text) => {
    expect(refusal(() => urlOf(text))).toBe(`expected a URL such as https://api.example.com/items; got '${text}'`);
  });

  it('is one', () => {
    expect(oneUrl(['https://a.example.com'])).toBe('https://a.example.com');
    expect(refusal(() => oneUrl([]))).toBe('expected one URL; got 0 arguments: ');
    expect(refusal(() => oneUrl(['https://a', 'b']))).toBe('expected one URL; got 2 arguments: https://a b');
  });
});

describe('--header', () => {
  it('takes name: value, the last of a name', () => {
    expect(headerOf(['a: b', 'x-y:  c: d ', 'empty:', 'a: e'])).toEqual({ a: 'e', 'x-y': 'c: d ', empty: '' });
  });

  it.each(['a', ': b', 'a b: c', '名: c', 'a: b\r\nc: d'])('refuses %j', (field) => {
    expect(refusal(() => headerOf([field]))).toBe(`--header: expected 'name: value'; got '${field}'`);
  });
});

describe('--charset', () => {
  it.each([undefined, 'auto', 'gbk', 'GB18030', 'utf-8', 'Big5'])('takes %s', (label) => {
    expect(charsetOf(label)).toBe(label);
  });

  it('refuses a label that nobody knows', () => {
    expect(refusal(() => charsetOf('gbkk'))).toContain("such as gbk, big5 or utf-8; got 'gbkk'");
  });
});

describe('--timeout', () => {
  it.each([
    [undefined, undefined],
    ['1', 1],
    ['60000', 60_000],
  ])('takes %s', (text, ms) => expect(millisecondsOf('--timeout', text)).toBe(ms));

  it.each(['0', '-1', '1.5', '5s', '1e3', ' 5', '01', '1000000000'])('refuses %s', (text) => {
    expect(refusal(() => millisecondsOf('--timeout', text))).toBe(
      `--timeout: expected a whole number of milliseconds from 1, such as 5000; got '${text}'`,
    );
  });
});

describe('--resolve and --map', () => {
  const addressOf = (lookup: ReturnType<typeof placesOf>, host: string, port = 443) => lookup?.(host, port);

  it('say where a host really is: --resolve for one port, and before --map', () => {
    const lookup = placesOf(
      ['api.example.com=127.0.0.1:8443', 'v6.example.com=[::1]:9000'],
      ['API.example.com:443:127.0.0.2', 'api.example.com:80:[::1]:8080'],
    );

    expect(addressOf(lookup, 'api.example.com')).toEqual({ address: '127.0.0.2', port: 443 });
    expect(addressOf(lookup, 'api.example.com', 80)).toEqual({ address: '::1', port: 8080 });
    expect(addressOf(lookup, 'api.example.com', 8000)).toMatchObject({ address: '127.0.0.1', port: 8443 });
    expect(addressOf(lookup, 'v6.example.com')).toMatchObject({ address: '::1', port: 9000 });
    expect(addressOf(lookup, 'other.example.com')).toBeUndefined();
  });

  it('are not there where nobody gives them', () => {
    expect(resolvesOf(undefined)).toBeUndefined();
    expect(placesOf(undefined, undefined)).toBeUndefined();
    expect(addressOf(placesOf(undefined, ['a.example.com:443:127.0.0.1']), 'a.example.com')).toEqual({
      address: '127.0.0.1',
      port: 443,
    });
  });

  it.each(['a', 'a=', '=1.2.3.4', 'https://a=1.2.3.4', 'a=1.2.3.4:x', 'a=1.2.3.4:65536', 'a=[::1]:0', 'a=::1'])(
    '--map refuses %s',
    (entry) => {
      expect(refusal(() => placesOf([entry], undefined))).toContain(`--map: expected host=address`);
    },
  );

  it.each([
    'a:443',
    'a::1.2.3.4',
    'a:x:1.2.3.4',
    '[::1]:443:1.2.3.4',
    'a:443:1.2.3.4:',
    'a:0:1.2.3.4',
    'a:443:1.2.3.4:65536',
  ])('--resolve refuses %s', (entry) => {
    expect(refusal(() => resolvesOf([entry]))).toContain('--resolve: expected host:port:address');
  });
});

describe('--ca', () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'values-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes a PEM file, and says what is wrong with another', () => {
    writeFileSync(join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n');
    writeFileSync(join(folder, 'ca.der'), Buffer.from('0\x82binary'));

    expect(authorityIn(undefined, folder)).toBeUndefined();
    expect(authorityIn('ca.pem', folder)).toContain('MII');
    expect(refusal(() => authorityIn('ca.der', folder))).toContain('--ca: expected a PEM file');
    expect(refusal(() => authorityIn('none.pem', folder))).toContain(
      "--ca: expected a file that can be read; got 'none.pem': ",
    );
  });
});
