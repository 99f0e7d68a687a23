import { called } from '../../support/called.js';
import { failure } from '../../support/failure.js';
import { useHarness } from '../harness.js';

const NOT_LISTED = failure('request:fail url not in domain list', 600002);

describe('admission, on real sockets', () => {
  const { call, phone } = useHarness(({ url }) => ({ body: url }));

  it('[DOM-1] lets a listed domain through', async () => {
    const { success } = await call({ url: '/listed?a=1' });

    expect(success).toMatchObject({ statusCode: 200, data: '/listed?a=1', errMsg: 'request:ok' });
  });

  it.each([
    ['DOM-1', 'a domain that is not listed', 'https://unlisted.example.org/'],
    ['DOM-2', 'http to a listed domain', 'http://api.example.com/'],
    ['DOM-3', 'localhost', 'https://localhost/'],
    ['DOM-3', 'an IP address', 'https://8.8.8.8/'],
    ['DOM-3', 'an IPv6 address', 'https://[::1]/'],
    ['DOM-3', 'an IP address in disguise', 'https://0x7f.1/'],
    ['DOM-4', 'another port than the listed one', 'https://shop.example.com:9091/'],
    ['DOM-4', 'no port where one is listed', 'https://shop.example.com/'],
    ['DOM-5', 'an explicit :443 where none is listed', 'https://api.example.com:443/'],
    ['DOM-7', 'api.weixin.qq.com', 'https://api.weixin.qq.com/cgi-bin/token'],
    ['DOM-8', 'a subdomain of a listed domain', 'https://v2.api.example.com/'],
    ['DOM-8', 'the parent of a listed domain', 'https://example.com/'],
    ['LAN-1', "the device's own address", 'http://192.168.1.100:8080/'],
    ['DOM-3', 'an address in another subnet', 'http://192.168.2.7:8080/'],
  ])('[%s] refuses %s', async (rule, _what, url) => {
    const simulator = phone({ domains: { request: ['https://api.example.com', 'https://shop.example.com:8080'] } });
    const rules: unknown[] = [];
    simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));

    const { fail, order } = await called(simulator.wx.request, { url });

    expect(fail).toEqual(NOT_LISTED);
    expect(order).toEqual(['fail', 'complete']);
    expect(rules).toEqual([rule]);
  });

  it('[DOM-1] takes a missing list for an empty one', async () => {
    expect((await call({ url: '/' }, { domains: {} })).fail).toEqual(NOT_LISTED);
  });

  it('[DOM-4] lets the listed port through', async () => {
    const { success } = await call(
      { url: 'https://shop.example.com:8080/x' },
      { domains: { request: ['https://shop.example.com:8080'] } },
    );

    expect(success).toMatchObject({ statusCode: 200, data: '/x' });
  });

  it('[DOM-7] does not take api.weixin.qq.com into a list', () => {
    expect(() => phone({ domains: { request: ['https://api.weixin.qq.com'] } })).toThrow(
      '[DOM-7] api.weixin.qq.com can be neither configured nor called',
    );
  });

  it.each([
    ['ftp://api.example.com/', failure('request:fail request protocol must be http or https', 600005)],
    ['api.example.com', failure('request:fail invalid url "api.example.com"', 600009)],
    ['https://api.example.com/a b', failure('request:fail invalid url "https://api.example.com/a b"', 600009)],
  ])('says what is wrong with %p', async (url, expected) => {
    expect((await call({ url: url.replace(/^\//, '') })).fail).toEqual(expected);
  });

  it('skips the domain and certificate checks with urlCheck: false, but not the scheme', async () => {
    const unchecked = { urlCheck: false, ca: undefined, domains: {} };

    expect((await call({ url: 'https://v2.api.example.com:443/skipped' }, unchecked)).success).toMatchObject({
      data: '/skipped',
    });
    expect((await call({ url: 'ws://api.example.com/' }, unchecked)).fail).toEqual(
      failure('request:fail request protocol must be http or https', 600005),
    );
  });
});

describe('admission on the local network', () => {
  const { call } = useHarness(({ header }) => ({ body: String(header.host) }), { tls: false });

  it('[LAN-1] lets a neighbour through, over http and without a list', async () => {
    const { success } = await call({ url: 'http://192.168.1.7:8080/' }, { domains: {} });

    expect(success).toMatchObject({ statusCode: 200, data: '192.168.1.7:8080' });
  });

  it('[LAN-1] goes by the netmask of the device', async () => {
    const device = { localip: '10.0.3.4', netmask: '255.255.0.0' };

    expect((await call({ url: 'http://10.0.200.9/' }, { device })).success?.statusCode).toBe(200);
    expect((await call({ url: 'http://10.1.0.9/' }, { device })).fail).toEqual(NOT_LISTED);
    expect((await call({ url: 'http://10.0.3.4/' }, { device })).fail).toEqual(NOT_LISTED);
  });
});
