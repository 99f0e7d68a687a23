import fc from 'fast-check';
import { concat, defer, EMPTY, map, of, Subject, throwError, type Observable } from 'rxjs';
import { createCookieJar, type Cookie, type CookieJarOptions } from '../../src/cookies.js';
import { createDownload, createHttp, createNetwork, createUpload } from '../../src/index.js';
import { createStore } from '../../src/resilience.js';
import { createStream } from '../../src/streams.js';
import { httpResponse, json, marbles } from '../../src/testing/index.js';

const API = 'https://api.example.com';
const domains = { request: [API], uploadFile: [API], downloadFile: [API] };

function jarOf(options: CookieJarOptions = {}) {
  return createCookieJar({
    scheduler: {
      now: () => 0,
      schedule: () => {
        throw new Error('no timers');
      },
    },
    ...options,
  });
}

/** What goes to `to` once `from` has set it. */
function sentAfter(
  setCookies: readonly string[],
  from = `${API}/a/b`,
  to = from,
  options?: CookieJarOptions,
): string | undefined {
  const jar = jarOf(options);
  for (const setCookie of setCookies) jar.set(from, setCookie);
  return jar.cookieHeader(to);
}

function refusalOf(setCookie: string, from = `${API}/a`, options?: CookieJarOptions): string {
  try {
    jarOf(options).set(from, setCookie);
    return 'kept';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('createCookieJar, by RFC 6265bis', () => {
  it.each<[what: string, setCookies: string[], sent: string | undefined]>([
    ['name and value', ['a=b'], 'a=b'],
    ['blanks around them are not', [' \t a \t = \t b c \t ; Path=/'], 'a=b c'],
    ['quotes are', ['a="b"'], 'a="b"'],
    ['more than one equals sign', ['a==b=c'], 'a==b=c'],
    ['no value', ['a='], 'a='],
    ['a comma', ['a=b, c=d'], 'a=b, c=d'],
    ['two, in the order in which they came', ['z=1', 'a=2'], 'z=1; a=2'],
    ['the last of two, in the place of the first', ['a=1', 'b=2', 'a=3'], 'a=3; b=2'],
    ['Max-Age of no time at all takes it away', ['a=1', 'a=; Max-Age=0'], undefined],
    ['so does a negative one', ['a=1', 'a=; Max-Age=-1'], undefined],
    ['and a date that is over', ['a=1', 'a=; Expires=Wed, 31 Dec 1969 23:59:59 GMT'], undefined],
    ['Max-Age counts before Expires', ['a=1; Max-Age=60; Expires=Wed, 31 Dec 1969 23:59:59 GMT'], 'a=1'],
    ['what is no number is no Max-Age', ['a=1; Max-Age=0x', 'b=1; Max-Age='], 'a=1; b=1'],
    ['what is no date is no Expires', ['a=1; Expires=tomorrow'], 'a=1'],
    ['the longest path goes first', ['a=1; Path=/', 'b=2; Path=/a/b', 'c=3; Path=/a'], 'b=2; c=3; a=1'],
    ['a path that does not begin with a slash is none', ['a=1; Path=a'], 'a=1'],
    ['another path is another cookie', ['a=1; Path=/', 'a=2; Path=/a'], 'a=2; a=1'],
    ['an attribute that is too long is none', [`a=1; Path=/${'x'.repeat(1_024)}`], 'a=1'],
    ['__Host- with what it demands', ['__Host-a=1; Secure; Path=/'], '__Host-a=1'],
    ['SameSite and Partitioned are for browsers', ['a=1; SameSite=None; Partitioned; HttpOnly; Priority=High'], 'a=1'],
    ['__proto__ is a name, and an attribute that is none', ['__proto__=1; __proto__=2; constructor'], '__proto__=1'],
    ['a date of two digits, with dashes', ['a=1; Expires=Sun, 18-Apr-27 21:06:29 GMT'], 'a=1'],
    ['a date without a time is none, so the cookie has none', ['a=1; Expires=Sun, 18 Apr 1960'], 'a=1'],
    ['of two dates the last that is one', ['a=1; Expires=Sun, 18 Apr 1960 00:00:00; Expires=x'], undefined],
    ['an attribute of another case', ['a=1; MAX-AGE=0'], undefined],
    ['__Secure- with what it demands', ['__secure-a=1; Secure'], '__secure-a=1'],
  ])('%s', (_, setCookies, sent) => expect(sentAfter(setCookies)).toBe(sent));

  it.each<[from: string, setCookie: string, to: string, isSent: boolean]>([
    [API, 'a=1', 'https://img.example.com', false],
    [API, 'a=1', 'https://API.example.com/x?y#z', true],
    [API, 'a=1; Domain=example.com', 'https://img.example.com', true],
    [API, 'a=1; Domain=.Example.com', 'https://img.example.com', true],
    [API, 'a=1; Domain=example.com', 'https://anotherexample.com', false],
    [API, 'a=1; Domain=example.com; Domain=', 'https://img.example.com', false],
    [`${API}/foo/x`, 'a=1', `${API}/foo`, true],
    [`${API}/foo/x`, 'a=1', `${API}/foobar`, false],
    [API, 'a=1; Path=/foo', `${API}/foo/bar`, true],
    [API, 'a=1; Path=/foo', `${API}/foobar`, false],
    [API, 'a=1; Path=/foo/', `${API}/foo`, false],
    [API, 'a=1; Secure', 'wss://api.example.com', true],
    [API, 'a=1; Secure', 'http://api.example.com', false],
    [API, 'a=1', 'http://api.example.com', true],
    ['http://192.168.1.5', 'a=1', 'http://192.168.1.5:8080', true],
    ['http://192.168.1.5', 'a=1; Domain=192.168.1.5', 'http://192.168.1.5', true],
    ['http://192.168.1.5', 'a=1', 'http://2.192.168.1.5', false],
    [API, 'a=1', 'https://api.example.com:8443', true],
    [`${API}/?/x/y`, 'a=1', API, true],
    [API, 'a=1', 'no url', false],
  ])('%s sets %s: to %s %s', (from, setCookie, to, isSent) => {
    expect(sentAfter([setCookie], from, to)).toBe(isSent ? 'a=1' : undefined);
  });

  it.each([
    [
      'a=1; Domain=example.org',
      "the cookie 'a' of api.example.com has Domain=example.org, which is not its own or not the app's",
    ],
    [
      'a=1; Domain=v2.api.example.com',
      "the cookie 'a' of api.example.com has Domain=v2.api.example.com, which is not its own or not the app's",
    ],
    ['a=1; Domain=com', "the cookie 'a' of api.example.com has Domain=com, which is not its own or not the app's"],
    ['=1', "the cookie '' of api.example.com has no name"],
    ['alone', "the cookie '' of api.example.com has no name"],
    ['', "the cookie '' of api.example.com has no name"],
    ['a=1\u0000', "the cookie 'a' of api.example.com has a character that HTTP cannot carry"],
    [`a=${'x'.repeat(4_096)}`, "the cookie 'a' of api.example.com is longer than 4096 characters"],
    ['__Host-a=1; Path=/', "the cookie '__Host-a' of api.example.com must be Secure by its name"],
    ['__Host-a=1; Secure', "the cookie '__Host-a' of api.example.com must have Path=/ and no Domain by its name"],
    [
      '__Host-a=1; Secure; Path=/; Domain=api.example.com',
      "the cookie '__Host-a' of api.example.com must have Path=/ and no Domain by its name",
    ],
  ])('does not keep %s', (setCookie, why) => {
    expect(refusalOf(setCookie)).toBe(`CookieJar.set: ${why}; it is not kept`);
  });

  it('does not keep what is Secure from http, nor in its place another from there', () => {
    expect(refusalOf('a=1; Secure', 'http://192.168.1.5')).toBe(
      "CookieJar.set: the cookie 'a' of 192.168.1.5 is Secure, and came over http; it is not kept",
    );
    const jar = jarOf();
    jar.set(API, 'a=1; Secure');
    for (const other of ['a=2', 'a=2; Path=/b', 'a=2; Domain=example.com']) {
      expect(() => jar.set('http://api.example.com', other)).toThrow('is Secure, and came over http');
    }
    expect(jar.cookieHeader(`${API}/b`)).toBe('a=1');
  });

  it('an address has nothing below it', () => {
    const from = 'http://192.168.1.5';
    expect(refusalOf('a=1; Domain=1.5', from)).toContain("has Domain=1.5, which is not its own or not the app's");
    expect(refusalOf('__Host-a=1; Secure; Path=/; Domain=192.168.1.5', 'https://192.168.1.5')).toContain('no Domain');
  });

  it('does not keep one of what is no URL, whose value it does not name', () => {
    expect(refusalOf('sid=secret', 'api.example.com')).toBe(
      "CookieJar.set: the cookie 'sid' was set by what is no URL; it is not kept",
    );
  });

  it.each([
    ['example.com', 'kept'],
    ['shop.com.cn', 'not the app'],
    ['com.cn', 'not the app'],
  ])('with lists, keeps Domain=%s only where it covers one of their hosts: %s', (domain, wanted) => {
    const lists = { request: [API], socket: ['wss://a.example.com.cn'] };
    const told = refusalOf(`a=1; Domain=${domain}`, `https://x.${domain}`, { domains: lists });
    expect(told).toContain(wanted);
  });

  it('forgets what has expired, and nothing lasts longer than 400 days', () => {
    let now = 0;
    const jar = jarOf({
      scheduler: {
        now: () => now,
        schedule: () => {
          throw new Error('no timers');
        },
      },
    });
    jar.set(API, 'a=1; Max-Age=60');
    jar.set(API, 'b=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT');
    now = 59_999;
    expect(jar.cookieHeader(API)).toBe('a=1; b=1');
    now = 60_000;
    expect(jar.cookieHeader(API)).toBe('b=1');
    now = 400 * 86_400_000;
    expect(jar.cookieHeader(API)).toBeUndefined();
  });

  it('keeps fifty of a domain; the oldest goes', () => {
    const jar = jarOf();
    for (let index = 0; index < 51; index++) jar.set(API, `c${index}=1`);
    expect(jar.cookies(API).map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, index) => `c${index + 1}`));
  });

  it('[K7] reads long input in linear time', () => {
    const startedAt = performance.now();
    for (const text of [
      'a=' + ' '.repeat(100_000) + 'x',
      ';'.repeat(100_000),
      'a=1; Expires=' + ':'.repeat(1_000),
      '\t'.repeat(100_000),
    ]) {
      refusalOf(text);
      refusalOf('a=1', API + '/'.repeat(20_000));
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('refuses options that there are not', () => {
    expect(() => createCookieJar({ storage: {} } as never)).toThrow(
      "createCookieJar: Unknown option 'storage'; known: store, domains, onWarning, scheduler",
    );
  });

  it('sends a cookie only where it may go, whatever is set', () => {
    const hosts = fc.constantFrom('a.example.com', 'b.a.example.com', 'example.com', 'example.org', 'a.co.uk', 'co.uk');
    const paths = fc.constantFrom('', '/', '/a', '/a/', '/a/b', '/ab');
    const attribute = fc.oneof(
      hosts.map((host) => `Domain=${host}`),
      paths.map((path) => `Path=${path}`),
      fc.constantFrom('Secure', 'Max-Age=9', 'Max-Age=0', 'HttpOnly'),
    );
    const scheme = fc.constantFrom('http', 'https');
    fc.assert(
      fc.property(
        scheme,
        hosts,
        paths,
        fc.array(attribute, { maxLength: 4 }),
        scheme,
        hosts,
        paths,
        (s, h, p, attributes, toS, toH, toP) => {
          const jar = jarOf();
          try {
            jar.set(`${s}://${h}${p}`, ['a=1', ...attributes].join('; '));
          } catch {
            return;
          }
          for (const { domain, hostOnly, path, secure } of jar.cookies(`${toS}://${toH}${toP}`)) {
            expect(toH === domain || (!hostOnly && toH.endsWith(`.${domain}`))).toBe(true);
            expect(h === domain || (!hostOnly && h.endsWith(`.${domain}`))).toBe(true);
            expect(domain === 'co.uk' && !hostOnly).toBe(false);
            expect((toP || '/').startsWith(path)).toBe(true);
            expect(secure && toS === 'http').toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('createCookieJar, as an interceptor', () => {
  it(
    'sends back what the answer of a login set, in every kind of call',
    marbles(({ wx, server, flush }) => {
      const jar = createCookieJar({ domains });
      const network = createNetwork({ wx, domains, baseUrl: API, interceptors: [jar.interceptor] });
      server
        .post(`${API}/login`)
        .replies('-r|', { r: json({}, { headers: { 'Set-Cookie': ['sid=1; Path=/', 'lang=zh; Path=/'] } }) });
      const routes = [
        server.get(`${API}/me`).replies('-r|', { r: json({}) }),
        server.post(`${API}/photos`).replies('-r|', { r: json({}) }),
        server.get(`${API}/file`).replies('-r|', { r: 'bytes' }),
        server.get(`${API}/stream`).replies('-r|', { r: 'text' }),
      ];
      const calls: Observable<unknown>[] = [
        createHttp(network).post('/login', {}),
        createHttp(network)('/me'),
        createUpload(network)({ url: '/photos', files: [{ name: 'a', fileName: 'a', bytes: new ArrayBuffer(1) }] }),
        createDownload(network)('/file'),
        createStream(network)('/stream'),
      ];
      concat(...calls).subscribe();
      flush();
      for (const { requests } of routes)
        expect(requests.map(({ header }) => header['Cookie'])).toEqual(['sid=1; lang=zh']);
    }),
  );

  it(
    "leaves a call alone that has a Cookie of its own, and keeps its answer's",
    marbles(({ wx, server, flush }) => {
      const jar = createCookieJar({ domains });
      const http$ = createHttp(createNetwork({ wx, domains, interceptors: [jar.interceptor] }));
      const route = server.get(API).replies('-r|', { r: json({}, { headers: { 'Set-Cookie': 'sid=2' } }) });
      jar.set(API, 'sid=1');
      http$({ url: API, header: { cookie: 'mine=1' } }).subscribe();
      flush();
      expect(route.requests[0]?.header['cookie']).toBe('mine=1');
      expect(jar.cookieHeader(API)).toBe('sid=2');
    }),
  );

  it(
    'says of a cookie that is not kept why, and goes on',
    marbles(({ wx, server, expectObservable, flush }) => {
      const warnings: string[] = [];
      const jar = createCookieJar({ domains, onWarning: (message) => warnings.push(message) });
      const http$ = createHttp(createNetwork({ wx, domains, interceptors: [jar.interceptor] }));
      server
        .get(API)
        .replies('-r|', { r: json({}, { headers: { 'Set-Cookie': 'sid=secret; Domain=evil.example.org' } }) });
      expectObservable(http$(API).pipe(map(({ status }) => status))).toBe('--(r|)', { r: 200 });
      flush();
      expect(warnings).toEqual([
        "rx-miniprogram: the cookie 'sid' of api.example.com has Domain=evil.example.org, which is not its own or not the app's; it is not kept",
      ]);
    }),
  );

  it(
    'goes on where a cookie has a value that no header takes',
    marbles(({ wx, server, flush }) => {
      const warnings: string[] = [];
      const jar = createCookieJar({ domains, onWarning: (message) => warnings.push(message) });
      const http$ = createHttp(createNetwork({ wx, domains, interceptors: [jar.interceptor] }));
      const answer = { r: json({}, { headers: { 'Set-Cookie': ['name=小程序', 'sid=1'] } }) };
      const route = server.get(API).replies('-r|', answer).replies('-r|', answer);
      const told: unknown[] = [];
      concat(http$(API), http$(API)).subscribe({ next: ({ status }) => told.push(status), error: (e) => told.push(e) });
      flush();
      expect(told).toEqual([200, 200]);
      expect(route.requests[1]?.header['Cookie']).toBe('sid=1');
      expect(warnings[0]).toContain("the cookie 'name' of api.example.com has a character that HTTP cannot carry");
    }),
  );

  it(
    'keeps nothing of an answer to a call that was sent before clear()',
    marbles(({ wx, server, cold, flush }) => {
      const jar = createCookieJar({ domains });
      const http$ = createHttp(createNetwork({ wx, domains, interceptors: [jar.interceptor] }));
      server.get(API).replies('-----r|', { r: json({}, { headers: { 'Set-Cookie': 'sid=of-the-last-user' } }) });
      jar.set(API, 'sid=1');
      http$(API).subscribe();
      cold('---x').subscribe(() => jar.clear());
      flush();
      expect(jar.cookies(API)).toEqual([]);
    }),
  );

  it(
    'finds what has a date after a restart, and not what has none; after a logout, nothing',
    marbles(({ simulator, server, flush }) => {
      const start = () => {
        const jar = createCookieJar({ domains, store: () => cookies, scheduler: simulator.scheduler });
        const network = createNetwork({
          wx: simulator.wx,
          domains,
          scheduler: simulator.scheduler,
          interceptors: [jar.interceptor],
        });
        const cookies = createStore<readonly Cookie[]>(network, { name: 'cookies' });
        return { jar, http$: createHttp(network) };
      };
      const setCookies = ['sid=1; Max-Age=3600; Path=/', 'tab=2; Path=/'];
      const answer = { r: json({}, { headers: { 'Set-Cookie': setCookies } }) };
      const route = server.get(API).replies('-r|', answer).replies('-r|', answer).replies('-r|', answer);
      const restarted = () => {
        flush();
        simulator.destroy();
        simulator.restart();
        return start();
      };

      start().http$(API).subscribe();
      const second = restarted();
      second.http$(API).subscribe();
      flush();
      second.jar.clear();
      restarted().http$(API).subscribe();
      flush();
      expect(route.requests.map(({ header }) => header['Cookie'])).toEqual([undefined, 'sid=1', undefined]);
    }),
  );

  it(
    'goes on without a store that fails, and says so',
    marbles(({ wx, server, simulator, flush }) => {
      const warnings: string[] = [];
      const jar = createCookieJar({ domains, store: () => cookies, onWarning: (message) => warnings.push(message) });
      const network = createNetwork({ wx, domains, interceptors: [jar.interceptor] });
      const cookies = createStore<readonly Cookie[]>(network, { name: 'cookies', maxBytes: 10 });
      server.get(API).replies('-r|', { r: json({}, { headers: { 'Set-Cookie': 'sid=1; Max-Age=60' } }) });
      createHttp(network)(API).subscribe();
      flush();
      expect(jar.cookieHeader(API)).toBe('sid=1');
      expect(warnings).toEqual([
        expect.stringContaining('the cookies on the device cannot be written: NetworkError: storage-full'),
      ]);
      expect(simulator).toBeDefined();
    }),
  );

  it('writes nothing where an answer sets nothing', () => {
    const written: (readonly Cookie[])[] = [];
    const store = {
      get: () => of([{ name: 'a', value: '1', domain: 'api.example.com', hostOnly: true, path: '/', expiresAt: 9 }]),
      set: (_: string, cookies: readonly Cookie[]) => defer(() => (written.push(cookies), EMPTY)),
    } as never;
    const jar = jarOf({ store: () => store });
    const call = (cookies: readonly string[]) =>
      (
        jar.interceptor(
          { url: API },
          () => of(httpResponse({ url: API, cookies })),
          () => EMPTY,
        ) as Observable<unknown>
      ).subscribe();
    call([]);
    expect(written).toEqual([]);
    expect(jar.cookieHeader(API)).toBe('a=1');
  });

  it('a logout before the first call, or while the device is asked: nothing of before comes back', () => {
    const asked$ = new Subject<readonly object[]>();
    let cleared = 0;
    const old = { name: 'sid', value: 'old', domain: 'api.example.com', hostOnly: true, path: '/', expiresAt: 9 };
    const written: (readonly Cookie[])[] = [];
    const storeWith = (stored$: Observable<unknown>) =>
      ({
        get: () => stored$,
        set: (_: string, cookies: readonly Cookie[]) => defer(() => (written.push(cookies), EMPTY)),
        clear: () => defer(() => (cleared++, EMPTY)),
      }) as never;
    const before = jarOf({ store: () => storeWith(of([old])) });
    before.clear();
    expect([before.cookieHeader(API), cleared]).toEqual([undefined, 1]);

    const meanwhile = jarOf({ store: () => storeWith(asked$) });
    meanwhile.set(API, 'early=1; Max-Age=9');
    meanwhile.clear();
    meanwhile.set(API, 'new=1; Max-Age=9');
    asked$.next([old]);
    expect([meanwhile.cookieHeader(API), cleared]).toEqual(['new=1', 2]);
    expect(written.map((cookies) => cookies.map(({ name }) => name)).pop()).toEqual(['new']);
  });

  it(
    'keeps on the device what was set before the first call, beside what is there already',
    marbles(({ simulator, flush }) => {
      const start = () => {
        const jar = createCookieJar({ domains, store: () => cookies, scheduler: simulator.scheduler });
        const network = createNetwork({ wx: simulator.wx, domains, scheduler: simulator.scheduler });
        const cookies = createStore<readonly Cookie[]>(network, { name: 'cookies' });
        return jar;
      };
      for (const name of ['a', 'b']) {
        start().set(API, `${name}=1; Max-Age=3600; Path=/`);
        flush();
        simulator.destroy();
        simulator.restart();
      }
      const jar = start();
      jar.set(API, 'c=1; Path=/');
      flush();
      expect(jar.cookieHeader(API)).toBe('a=1; b=1; c=1');
    }),
  );

  it('drops what another version of the app has stored', () => {
    const warnings: string[] = [];
    const cookie = { name: 'a', value: '1', domain: 'api.example.com', hostOnly: true, path: '/', secure: true };
    const stored = [null, 1, { name: 'x' }, { ...cookie, expiresAt: 9 }, { ...cookie, name: 'b', value: undefined }];
    const store = { get: () => of(stored) } as never;
    const jar = jarOf({ store: () => store, onWarning: (message) => warnings.push(message) });
    const next = () => EMPTY;
    (jar.interceptor({ url: API }, next, next) as Observable<unknown>).subscribe();
    expect(jar.cookieHeader(API)).toBe('a=1');
    expect(warnings).toEqual([]);
  });

  it('says that a store cannot be read, and goes on', () => {
    const warnings: string[] = [];
    const store = { get: () => throwError(() => new Error('broken')) } as never;
    const jar = jarOf({ store: () => store, onWarning: (message) => warnings.push(message) });
    let asked = 0;
    const next = () => {
      asked++;
      return EMPTY;
    };
    (jar.interceptor({ url: API }, next, next) as Observable<unknown>).subscribe();
    expect(asked).toBe(1);
    expect(warnings).toEqual(['rx-miniprogram: the cookies on the device cannot be read: Error: broken']);
  });
});
