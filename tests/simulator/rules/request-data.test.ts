import { createSimulator } from '../../../src/simulator/create-simulator.js';
import { failure } from '../../support/failure.js';
import { useHarness } from '../harness.js';
import type { RequestOption } from '../../../src/simulator/apis/request-types.js';

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly header: Record<string, string>;
}

describe('request data', () => {
  const harness = useHarness(({ method, url, body, header }) => ({
    body: JSON.stringify({ method, url, body: body.toString('latin1'), header }),
  }));
  const { call } = harness;
  const echoed = async (option: Omit<RequestOption, 'url'> & { readonly url?: string }) =>
    (await call({ url: '/', ...option })).success?.data as unknown as Echo;

  it('puts an object into the query of a GET', async () => {
    expect(await echoed({ data: { q: 'a b&c', 名: '值' } })).toMatchObject({
      url: '/?q=a%20b%26c&%E5%90%8D=%E5%80%BC',
      body: '',
    });
  });

  it('appends to a query that is there', async () => {
    expect((await echoed({ url: '/?x=1', data: { y: 2 } })).url).toBe('/?x=1&y=2');
  });

  const ids = { ids: [1, 2] };
  it.each<[what: string, url: string, data: unknown, sent: string]>([
    ['an array as JSON', '/', ids, '/?ids=%5B1%2C2%5D'],
    ['an object as JSON', '/', { filter: { a: 1 } }, '/?filter=%7B%22a%22%3A1%7D'],
    ['a date as JSON, with its quotes', '/', { at: new Date(0) }, '/?at=%221970-01-01T00%3A00%3A00.000Z%22'],
    ['undefined and null as words', '/', { u: undefined, n: null }, '/?u=undefined&n=null'],
    ['true as a word', '/', { yes: true }, '/?yes=true'],
    ['the members of a typed array', '/', new Uint8Array([8, 150]), '/?0=8&1=150'],
    ['what the URL has of the same name in its place', '/?page=1&size=5', { page: 9 }, '/?page=9&size=5'],
    ['the last of a repeated name', '/?a=1&a=2', { b: 3 }, '/?a=2&b=3'],
    ["a value without its trailing '='", '/?token=abc==', { b: 3 }, '/?token=abc&b=3'],
    ["no more than comes before a second '?'", '/?a=1?b=2', { c: 3 }, '/?a=1&c=3'],
    ['a URL as it is without data', '/?a=1&a=2&t=x==', {}, '/?a=1&a=2&t=x=='],
    ['no text', '/?x=1', 'y=2', '/?x=1'],
    ['no bytes', '/?x=1', new Uint8Array([65]).buffer, '/?x=1'],
  ])('[K3.4] puts into a query: %s', async (_what, url, data, sent) => {
    expect(await echoed({ url, data: data as string })).toMatchObject({ url: sent, body: '' });
  });

  it('sends no query and no body with HEAD', async () => {
    const before = harness.server.seen.length;
    await call({ url: '/', method: 'HEAD', data: { a: 1 } });

    expect(harness.server.seen[before]).toMatchObject({ method: 'HEAD', url: '/' });
  });

  it('sends a typed array as JSON: only an ArrayBuffer goes as bytes', async () => {
    const data = new Uint8Array([8, 150]) as unknown as string;

    expect((await echoed({ method: 'POST', data })).body).toBe('{"0":8,"1":150}');
  });

  it('writes into a form what String() makes of a value', async () => {
    const header = { 'content-type': 'application/x-www-form-urlencoded' };
    const data = { ids: [1, 2], o: {}, n: null, u: undefined };

    expect((await echoed({ method: 'POST', header, data })).body).toBe(
      'ids=1%2C2&o=%5Bobject%20Object%5D&n=null&u=undefined',
    );
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'] as const)('sends JSON with %s by default', async (method) => {
    const { body, header } = await echoed({ method, data: { a: [1, '中'] } });

    expect(Buffer.from(body, 'latin1').toString('utf8')).toBe('{"a":[1,"中"]}');
    expect(header['content-type']).toBe('application/json');
  });

  it('sends a form with its content type, whatever the case of the name', async () => {
    const header = { 'Content-TYPE': 'application/x-www-form-urlencoded; charset=utf-8' };

    expect((await echoed({ method: 'POST', header, data: { a: 1, b: 'x y' } })).body).toBe('a=1&b=x%20y');
  });

  it('sends text and bytes as they are', async () => {
    const bytes = new Uint8Array([0, 255, 128]).buffer;

    expect((await echoed({ method: 'POST', data: 'as it is' })).body).toBe('as it is');
    expect((await echoed({ method: 'PUT', data: bytes })).body).toBe('\x00\xff\x80');
  });

  it('takes methods in lower case', async () => {
    expect((await echoed({ method: 'post' as 'POST', data: 'x' })).method).toBe('POST');
  });

  it('makes text of header values, and keeps the fields that are its own', async () => {
    const { header } = await echoed({
      header: { 'X-Number': 5, 'X-List': [1], Host: 'evil.example.org', 'Content-Length': '99' },
    });

    expect(header).toMatchObject({ 'x-number': '5', 'x-list': '[object Array]', ':authority': 'api.example.com' });
    expect(header).not.toHaveProperty('content-length');
  });

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  it.each([
    ['a circular object', circular, 'invalid request data'],
    ['a bigint within', { count: 1n }, 'invalid request data'],
    ['a function', (() => {}) as unknown as string, 'data should not be Function'],
  ])('refuses %s with 600010', async (_what, data, words) => {
    expect((await call({ url: '/', method: 'POST', data })).fail).toEqual(failure(`request:fail ${words}`, 600010));
  });

  const nobody = Object.create(null) as Record<string, unknown>;
  const thrower = {
    get a(): string {
      throw new Error('a getter that throws');
    },
  };
  it.each([
    ['half a character in a query', 'GET', { a: '\ud800' }],
    ['a getter that throws, in a query', 'GET', thrower],
    ['a getter that throws', 'POST', thrower],
    ['a toJSON that returns nothing', 'POST', { toJSON() {} }],
  ] as const)('refuses %s with 600010, and never throws', async (_what, method, data) => {
    const { fail } = await call({ url: '/', method, data });

    expect(fail).toEqual(failure('request:fail invalid request data', 600010));
  });

  it.each(['url', 'method'])('never throws for a %s that is no text', (name) => {
    const option = { url: 'https://api.example.com', [name]: nobody } as unknown as RequestOption;

    expect(() => createSimulator().wx.request(option)).not.toThrow();
  });

  it.each([
    [{}, 'parameter error: parameter.url should be String instead of Undefined;'],
    [{ url: 5 }, 'parameter error: parameter.url should be String instead of Number;'],
  ])('says what is wrong with the parameters %p', async (option, words) => {
    const { wx } = createSimulator();
    const fail = await new Promise((resolve) => {
      wx.request({ ...option, fail: resolve } as unknown as RequestOption);
    });

    expect(fail).toEqual(failure(`request:fail ${words}`));
  });

  it('returns a task even when there is no option at all', () => {
    expect(() =>
      createSimulator()
        .wx.request(undefined as unknown as RequestOption)
        .abort(),
    ).not.toThrow();
  });

  it('refuses PATCH, which the platform does not know', async () => {
    const { fail } = await call({ url: '/', method: 'PATCH' as 'PUT' });

    expect(fail).toEqual(
      failure(
        'request:fail parameter error: parameter.method should be one of OPTIONS, GET, HEAD, POST, PUT, DELETE, TRACE, CONNECT instead of PATCH;',
      ),
    );
  });
});
