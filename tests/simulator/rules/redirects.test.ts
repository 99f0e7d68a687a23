import { failure } from '../../support/failure.js';
import type { TestAnswer } from '../../support/test-server.js';
import { useHarness } from '../harness.js';

const to = (location: string, status = 302): TestAnswer => ({ status, header: { Location: location } });

describe('redirects', () => {
  const harness = useHarness(({ url, method, header, body }) => {
    const [, path, argument] = /^\/([^?]*)\??(.*)$/.exec(url) ?? [];
    if (path === 'to') return to(decodeURIComponent(argument ?? ''));
    if (path?.startsWith('status-')) return to('/echo', Number(path.slice(7)));
    if (path === 'round') return to('/round');
    return {
      body: JSON.stringify({
        method,
        body: body.toString(),
        url,
        authorization: header.authorization,
        contentType: header['content-type'],
      }),
    };
  });
  const { call } = harness;
  const redirect = (target: string) => `/to?${encodeURIComponent(target)}`;

  it('follows to a listed domain, and reports each hop', async () => {
    const simulator = harness.phone();
    const hops: string[] = [];
    simulator.events$.subscribe((event) => event.type === 'headers' && hops.push(`${event.statusCode} ${event.url}`));
    await new Promise((complete) => {
      simulator.wx.request({ url: `https://api.example.com${redirect('https://other.example.com/echo?a')}`, complete });
    });

    expect(hops).toEqual([
      `302 https://api.example.com${redirect('https://other.example.com/echo?a')}`,
      '200 https://other.example.com/echo?a',
    ]);
  });

  it.each([
    ['DOM-1', 'an unlisted domain', 'https://unlisted.example.org/'],
    ['DOM-2', 'http', 'http://api.example.com/echo'],
    ['DOM-5', 'an explicit :443', 'https://api.example.com:443/echo'],
    ['DOM-7', 'api.weixin.qq.com', 'https://api.weixin.qq.com/'],
    ['DOM-8', 'a subdomain', 'https://v2.api.example.com/'],
    ['DOM-1', 'an unlisted domain, without a scheme', '//unlisted.example.org/'],
  ])('[%s] refuses to follow to %s, and does not send it', async (_rule, _what, target) => {
    const before = harness.server.seen.length;
    const { fail, order } = await call({ url: redirect(target) });

    expect(fail).toEqual(failure('request:fail url not in domain list', 600002));
    expect(order).toEqual(['fail', 'complete']);
    expect(harness.server.seen).toHaveLength(before + 1);
  });

  it.each([
    ['an explicit :443', '//api.example.com:443/echo', 600002],
    ['a number for an address', '//2130706434/echo', 600002],
    ['an address with %32', '//127.0.0.%32/echo', 600002],
    ['another case of escape', '//api.example%2ecom/echo', 600002],
    ['two backslashes', String.raw`\\api.example.com/echo`, 600009],
    ['a slash and a backslash', String.raw`/\api.example.com/echo`, 600009],
    ['a tab between the slashes', '/\t/api.example.com/echo', 600009],
    ['a tab in the scheme', 'ht\ttps://api.example.com/echo', 600009],
    ['one slash after the scheme', 'http:/api.example.com/echo', 600002],
  ])('compares an address as it is written: %s', async (_what, target, errno) => {
    const before = harness.server.seen.length;

    expect((await call({ url: redirect(target) })).fail).toMatchObject({ errno });
    expect(harness.server.seen).toHaveLength(before + 1);
  });

  it.each([
    ['//other.example.com/echo?b', '/echo?b'],
    ['echo?b', '/echo?b'],
    ['/a/../echo', '/echo'],
  ])('resolves %s', async (target, url) => {
    expect((await call({ url: redirect(target) })).success?.data).toMatchObject({ url });
  });

  it('keeps the port as it is written when it resolves a path', async () => {
    const { success } = await call(
      { url: `https://api.example.com:443${redirect('/echo')}` },
      { domains: { request: ['https://api.example.com:443'] } },
    );

    expect(success?.data).toMatchObject({ url: '/echo' });
  });

  it('hands the redirect over when it names no place', async () => {
    expect((await call({ url: redirect('') })).success).toMatchObject({ statusCode: 302 });
  });

  it('fails with 600008 beyond maxRedirects', async () => {
    const before = harness.server.seen.length;
    const { fail } = await call({ url: '/round' }, { maxRedirects: 3 });

    expect(fail).toEqual(failure('request:fail network reach the max redirect count', 600008));
    expect(harness.server.seen).toHaveLength(before + 4);
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [302, 'PUT', 'PUT', '{"a":1}'],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'POST', 'POST', '{"a":1}'],
  ] as const)('after a %i, %s becomes %s', async (status, method, next, body) => {
    const { success } = await call({ url: `/status-${status}`, method, data: { a: 1 } });

    expect(success?.data).toMatchObject({ method: next, body });
  });

  it('keeps credentials from another origin, and only from another', async () => {
    const header = { Authorization: 'Bearer secret' };

    const there = await call({ url: redirect('https://other.example.com/echo'), header });
    expect(there.success?.data).not.toHaveProperty('authorization');
    const here = await call({ url: redirect('/echo'), header });
    expect(here.success?.data).toMatchObject({ authorization: 'Bearer secret' });
  });

  it("hands the redirect over with redirect: 'manual'", async () => {
    const { success } = await call({ url: redirect('https://unlisted.example.org/'), redirect: 'manual' });

    expect(success).toMatchObject({ statusCode: 302, data: '', header: { location: 'https://unlisted.example.org/' } });
  });
});
