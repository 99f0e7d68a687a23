import { of } from 'rxjs';
import { allowDomains, NetworkError, type DomainPolicy, type RuleId } from '../../src/index.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

const urls = {
  a: { url: 'https://api.example.com/a' },
  b: { url: 'https://api.example.com/b' },
  x: { url: 'https://img.example.com/x?token=1' },
};
const policy: DomainPolicy = {
  domains: { request: ['https://api.example.com'], downloadFile: ['https://img.example.com'] },
};

describe('allowDomains', () => {
  obeysTheLaws<{ url: string }>(() => allowDomains(policy), { values: { a: urls.a, b: urls.b, c: urls.a } });

  it(
    '[DOM-1] lets listed requests pass and ends with the refusal of another',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a--x--b|', urls);
      const expected = '   --a--#';
      const reporting = '  --a-----b|';

      expectObservable(source.pipe(allowDomains(policy))).toBe(expected, urls, unlisted);
      expectObservable(source.pipe(allowDomains(policy, { onRefused: () => undefined }))).toBe(reporting, urls);
      expectSubscriptions(source.subscriptions).toBe(['^----!', '^--------!']);
    }),
  );

  it(
    'drops and reports a refused request with onRefused, and goes on',
    marbles(({ cold, expectObservable, flush }) => {
      const refused: unknown[] = [];
      const source = cold('--a--x--b|', urls);
      const expected = '   --a-----b|';

      expectObservable(source.pipe(allowDomains(policy, { onRefused: (error) => refused.push(error) }))).toBe(
        expected,
        urls,
      );
      flush();

      expect(refused).toEqual([unlisted]);
    }),
  );

  it(
    'looks into the list of its API',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('x|', urls).pipe(allowDomains({ ...policy, api: 'downloadFile' }))).toBe('x|', urls);
    }),
  );

  it.each<[RuleId, string]>([
    ['DOM-1', 'https://api.example.org/'],
    ['DOM-2', 'http://api.example.com/'],
    ['DOM-3', 'https://8.8.8.8/'],
    ['DOM-3', 'https://localhost/'],
    ['DOM-4', 'https://port.example.com/'],
    ['DOM-4', 'https://port.example.com:9091/'],
    ['DOM-5', 'https://api.example.com:443/'],
    ['DOM-7', 'https://api.weixin.qq.com/cgi-bin/token'],
    ['DOM-8', 'https://v2.api.example.com/'],
    ['DOM-8', 'https://example.com/'],
    ['LAN-1', 'http://192.168.1.20/'],
  ])('[%s] refuses %s', (rule, url) => {
    marbles(({ cold, expectObservable, flush }) => {
      const seen: unknown[] = [];
      const domains = { request: ['https://api.example.com', 'https://port.example.com:8080'] };
      const device = () => ({ localip: '192.168.1.20', netmask: '255.255.255.0' });
      const onRefused = (error: NetworkError) => seen.push([error.rule, error.code, error.url]);

      expectObservable(cold('u|', { u: { url } }).pipe(allowDomains({ domains, device }, { onRefused }))).toBe('-|');
      flush();

      expect(seen).toEqual([[rule, 'domain-not-allowed', url]]);
    })();
  });

  it(
    '[LAN-1] lets a neighbour pass, over http too, without a list',
    marbles(({ cold, expectObservable }) => {
      const requests = { n: { url: 'http://192.168.1.7:8080/' } };
      const device = () => ({ localip: '192.168.1.20', netmask: '255.255.255.0' });

      expectObservable(cold('n|', requests).pipe(allowDomains({ ...policy, device }))).toBe('n|', requests);
    }),
  );

  it(
    'asks for the device’s address at each request, since it changes',
    marbles(({ cold, expectObservable }) => {
      const requests = { n: { url: 'http://192.168.1.7/' } };
      const addresses = ['192.168.1.20', '10.0.0.1'];
      const device = () => ({ localip: addresses.shift() ?? '', netmask: '255.255.255.0' });

      expectObservable(cold('n-n|', requests).pipe(allowDomains({ device }, { onRefused: () => undefined }))).toBe(
        'n--|',
        requests,
      );
    }),
  );

  it.each([
    ['socket', 'connectSocket', 'wss://push.example.com'],
    ['uploadFile', 'uploadFile', 'https://push.example.com'],
  ] as const)('[DOM-1] names the call that the list of %s is for: %s', (api, called, origin) => {
    const refused: NetworkError[] = [];
    of({ url: `${origin}/` })
      .pipe(allowDomains({ domains: { [api]: [] }, api }, { onRefused: (error) => refused.push(error) }))
      .subscribe();

    expect(refused.map((error) => [error.api, error.rule])).toEqual([[called, 'DOM-1']]);
  });

  it('checks the lists when it is made', () => {
    expect(() => allowDomains({ domains: { request: ['https://api.example.com/v1'] } })).toThrow(
      new TypeError(
        'rx-miniprogram: domains.request[0] "https://api.example.com/v1": [DOM-1] an entry has no path or query; write https://api.example.com',
      ),
    );
  });
});

const unlisted = new NetworkError(
  'https://img.example.com is in the downloadFile domains, and each API has a list of its own; ' +
    'add https://img.example.com to the request domains (小程序后台 → 开发 → 开发设置 → 服务器域名)',
  {
    code: 'domain-not-allowed',
    rule: 'DOM-1',
    phase: 'check',
    api: 'request',
    url: 'https://img.example.com/x',
    refusal: {
      rule: 'DOM-1',
      problem: 'other-list',
      api: 'request',
      seen: 'https://img.example.com',
      listedIn: 'downloadFile',
      add: { api: 'request', entry: 'https://img.example.com' },
    },
  },
);
