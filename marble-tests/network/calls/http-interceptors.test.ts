import { config, EMPTY, map, NEVER, tap, throwError } from 'rxjs';
import type { NetworkError, HttpInterceptor } from '../../../src/index.js';
import { interrupted, timeout, url } from './call-errors.js';
import { scriptedApp } from '../scripted-app.js';
import { marbles } from '../../../src/testing/index.js';

const json = (value: unknown) => ({ data: JSON.stringify(value) });

describe('http$ with interceptors and beforeSend', () => {
  describe('what beforeSend and interceptors change', () => {
    it(
      '[BG-1] decides whether the call may be repeated: a GET that became a POST may not',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '-h 6s s', () => NEVER, {
          beforeSend: (request) => ({ ...request, method: 'POST' }),
        });

        helpers.expectObservable(http$(url)).toBe('5001ms #', undefined, interrupted('POST'));
        helpers.flush();

        expect(wx.log).toEqual(['sent @0', 'aborted @5001']);
      }),
    );

    it.each<[string, Parameters<typeof scriptedApp>[3]]>([
      ['an interceptor', { interceptors: [(request, next) => next({ ...request, idempotencyKey: 'k' })] }],
      ['beforeSend', { beforeSend: (request) => ({ ...request, idempotencyKey: 'k' }) }],
    ])('counts a key given by %s', (_title, options) => {
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '-h 6s s', () => helpers.cold('7s r', { r: {} }), options);

        helpers.expectObservable(http$.post(url).pipe(map(() => 'r'))).toBe('13002ms (r|)');
        helpers.flush();

        expect(wx.options.map(({ header }) => header)).toEqual(Array(2).fill({ 'Idempotency-Key': 'k' }));
      })();
    });

    it('must be a request', () => {
      marbles((helpers) => {
        const { http$ } = scriptedApp(helpers, '', () => NEVER, { beforeSend: (() => undefined) as never });
        const seen: unknown[] = [];

        http$(url).subscribe({ error: (error: NetworkError) => seen.push(error.message) });

        expect(seen).toEqual([
          'invalid-argument: expected a URL, or an object with one; got undefined; did beforeSend or an interceptor forget to return?',
        ]);
      })();
    });
  });

  describe('a callback that throws', () => {
    it('onWarning cannot spoil the answer that it is told of', () => {
      jest.useFakeTimers();
      const unhandled: unknown[] = [];
      config.onUnhandledError = (error) => unhandled.push(error);
      try {
        marbles((helpers) => {
          const { http$ } = scriptedApp(helpers, '', () => helpers.cold('r', { r: {} }), {
            onWarning: () => {
              throw new Error('its own');
            },
          });
          helpers.expectObservable(http$({ url, header: { Referer: 'x' } }).pipe(map(() => 'r'))).toBe('(r|)');
        })();
        jest.runAllTimers();
      } finally {
        config.onUnhandledError = null;
        jest.useRealTimers();
      }
      expect(unhandled).toEqual([new Error('its own')]);
    });

    it('abort cannot keep the place', () => {
      marbles((helpers) => {
        const app = scriptedApp(helpers, '', () => NEVER);
        app.wx.request = () => ({
          abort() {
            throw new Error('cannot');
          },
        });

        helpers
          .expectObservable(app.http$({ url, idleMs: 5 }))
          .toBe('-----#', undefined, timeout('idleMs', 5, 'attempt'));
        helpers.flush();

        expect(app.network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
      })();
    });
  });

  describe('interceptors and beforeSend', () => {
    it(
      'pass a call through from the outermost to the innermost, and its decoded answer back',
      marbles((helpers) => {
        const log: unknown[] = [];
        const named =
          (name: string): HttpInterceptor =>
          (request, next) => {
            log.push(`${name} ${request.url}`);
            return next({ ...request, url: `${request.url}/${name}` }).pipe(
              tap(({ body: value }) => log.push([name, value])),
            );
          };
        const { http$ } = scriptedApp(helpers, '', () => helpers.cold('r', { r: json({ id: 1 }) }), {
          interceptors: [named('a'), named('b')],
          baseUrl: 'https://x.cn',
        });

        helpers.expectObservable(http$('/u').pipe(map(() => 'r'))).toBe('(r|)');
        helpers.flush();

        expect(log).toEqual(['a https://x.cn/u', 'b https://x.cn/u/a', ['b', { id: 1 }], ['a', { id: 1 }]]);
      }),
    );

    it(
      'may hand on a relative URL',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '', () => helpers.cold('r', { r: {} }), {
          baseUrl: 'https://x.cn',
          interceptors: [(request, next) => next({ ...request, url: '/login' })],
        });

        helpers.expectObservable(http$('/u').pipe(map(() => 'r'))).toBe('(r|)');
        helpers.flush();

        expect(wx.options.map((option) => option.url)).toEqual(['https://x.cn/login']);
      }),
    );

    it(
      'cannot lead a call past the domain list',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '', () => EMPTY, {
          domains: { request: ['https://api.example.com'] },
          interceptors: [(request, next) => next({ ...request, url: 'https://evil.com/' })],
        });
        const other = scriptedApp(helpers, '', () => EMPTY, {
          domains: { request: ['https://api.example.com'] },
          beforeSend: (request) => ({ ...request, url: 'https://evil.com/' }),
        });
        const codes: unknown[] = [];

        for (const app of [{ http$ }, other])
          app.http$(url).subscribe({ error: (error: NetworkError) => codes.push([error.code, error.rule, error.url]) });

        expect(codes).toEqual(Array(2).fill(['domain-not-allowed', 'DOM-1', 'https://evil.com/']));
        expect([...wx.log, ...other.wx.log]).toEqual([]);
      }),
    );

    it(
      'runs beforeSend at each attempt, after the wait, in the turn of the sending',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        let token = 0;
        const { http$, wx } = scriptedApp(helpers, '-h 6s s', () => cold('7s r', { r: {} }), {
          beforeSend: (request) => ({ ...request, header: { ...request.header, token: String(++token) } }),
        });

        expectObservable(http$(url).pipe(map(() => 'r'))).toBe('13002ms (r|)');
        flush();

        expect(wx.options.map(({ header }) => header)).toEqual([{ token: '1' }, { token: '2' }]);
      }),
    );

    it(
      'hands an error thrown by beforeSend to the caller, and gives the place back',
      marbles((helpers) => {
        const failure = new Error('no key');
        let calls = 0;
        const { http$, network } = scriptedApp(helpers, '', () => helpers.cold('r', { r: {} }), {
          concurrency: 1,
          beforeSend: (request) => {
            if (calls++ === 0) throw failure;
            return request;
          },
        });

        helpers.expectObservable(http$(url)).toBe('#', undefined, failure);
        helpers.expectObservable(http$(url).pipe(map(() => 'r'))).toBe('(r|)');
        helpers.flush();

        expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
      }),
    );

    it(
      'may answer without sending',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '', () => EMPTY, {
          interceptors: [() => throwError(() => 'cached')],
        });

        helpers.expectObservable(http$(url)).toBe('#', undefined, 'cached');
        helpers.flush();

        expect(wx.log).toEqual([]);
      }),
    );
  });
});
