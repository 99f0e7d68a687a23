import {
  catchError,
  config,
  EMPTY,
  filter,
  map,
  merge,
  mergeMap,
  NEVER,
  of,
  range,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import {
  http$ as readyMade$,
  NetworkError,
  type HttpInterceptor,
  type HttpRequest,
  type NetworkErrorDetails,
} from '../../src/index.js';
import { marbles } from '../support/marbles.js';
import { scriptedApp } from '../support/scripted-app.js';

const url = 'https://api.example.com/me';
const body = map(({ body: value }: { body: unknown }) => value);
const json = (value: unknown) => ({ data: JSON.stringify(value) });

describe('http$', () => {
  it(
    'answers in the foreground, and sends what was called in the background after the return',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const app = '             --------h-----s-----';
      const wire = cold('       -----r', { r: json('r') });
      const first = '           -----(r|)';
      const secondSubscribes = '----------^';
      const second = '          -------------------(r|)';

      const { http$, wx } = scriptedApp(helpers, app, () => wire);

      expectObservable(http$(url).pipe(body)).toBe(first);
      expectObservable(http$(url).pipe(body), secondSubscribes).toBe(second);
      flush();

      expect(wx.log).toEqual(['sent @0', 'sent @14']);
    }),
  );

  it(
    '[LIM-2] never runs more than ten at once, first come first served',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { http$, wx } = scriptedApp(helpers, '', () => cold('---r', { r: {} }));

      expectObservable(
        range(0, 25).pipe(
          mergeMap((index) => http$(`${url}/${index}`)),
          toArray(),
          map((all) => all.length),
        ),
      ).toBe('---------(n|)', { n: 25 });
      flush();

      const sentAt = (frame: number) => wx.log.filter((entry) => entry === `sent @${frame}`).length;
      expect([sentAt(0), sentAt(3), sentAt(6)]).toEqual([10, 10, 5]);
      expect(wx.options.map((option) => option.url)).toEqual(
        Array.from({ length: 25 }, (_, index) => `${url}/${index}`),
      );
    }),
  );

  describe('in the background', () => {
    it(
      '[BG-1] replays a safe call that was cut, before the calls that never ran',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '- h 6s s', () => cold('10s r', { r: {} }), { concurrency: 1 });

        expectObservable(
          merge(http$({ url: `${url}/cut` }), http$({ url: `${url}/waiting` })).pipe(map(() => 'r')),
        ).toBe('16002ms r 9999ms (r|)');
        flush();

        expect(wx.log).toEqual(['sent @0', 'aborted @5001', 'sent @6002', 'sent @16002']);
        expect(wx.options.map((option) => option.url.slice(url.length))).toEqual(['/cut', '/cut', '/waiting']);
      }),
    );

    it(
      '[BG-1] ends an unsafe call that was cut with interrupted',
      marbles((helpers) => {
        const { cold, expectObservable } = helpers;
        const { http$ } = scriptedApp(helpers, '-h', () => cold('10s r', { r: {} }));

        expectObservable(http$.post(url, { pay: 1 })).toBe('5001ms #', undefined, interrupted('POST'));
      }),
    );

    it(
      '[BG-1] replays an unsafe call that has an idempotency key',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '-h 6s s', () => cold('7s r', { r: {} }));

        expectObservable(http$.post(url, { pay: 1 }, { idempotencyKey: 'k1' }).pipe(map(() => 'r'))).toBe(
          '13002ms (r|)',
        );
        flush();

        expect(wx.options.map((option) => option.header)).toEqual([
          { 'Idempotency-Key': 'k1' },
          { 'Idempotency-Key': 'k1' },
        ]);
      }),
    );

    it(
      '[BG-2] refuses at once with background: refuse, also what waits',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '--h', () => cold('9s r', { r: {} }), {
          concurrency: 1,
          background: 'refuse',
        });
        const refused = refusal();

        expectObservable(http$.get(`${url}?1`, { interruptInBackground: false }).pipe(map(() => 'r'))).toBe('9s (r|)');
        expectObservable(http$(`${url}?2`)).toBe('--#', undefined, refused);
        expectObservable(http$(`${url}?3`), '----^').toBe('----#', undefined, refused);
        flush();

        expect(wx.log).toEqual(['sent @0']);
      }),
    );

    it(
      'sends all the same with background: send',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '-h', () => cold('--r', { r: {} }));

        expectObservable(http$({ url, background: 'send' }).pipe(map(() => 'r')), '---^').toBe('-----(r|)');
        flush();

        expect(wx.log).toEqual(['sent @3']);
      }),
    );

    it(
      'cuts and holds nothing for an app that keeps running there',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '-h', () => cold('9s r', { r: {} }), {
          interruptInBackground: false,
        });

        expectObservable(http$(url).pipe(map(() => 'r'))).toBe('9s (r|)');
        expectObservable(http$(url).pipe(map(() => 'r')), '---^').toBe('--- 9s (r|)');
        flush();

        expect(wx.log).toEqual(['sent @0', 'sent @3']);
      }),
    );

    it(
      '[BG-2] sends again what the platform refused because the app was hidden, whatever its method',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const refusedByPlatform = {
          errno: 600003,
          errMsg:
            'request:fail createRequestTask:fail: jsapi has no permission, event=createRequestTask, runningState=suspend, permissionMsg=permission ok, detail=network api interrupted in suspend state',
        };
        const answers = [cold('#', undefined, refusedByPlatform), cold('-r', { r: {} })];
        const { http$, wx } = scriptedApp(helpers, '--s', () => answers.shift() ?? EMPTY);

        expectObservable(http$.post(url).pipe(map(() => 'r'))).toBe('1001ms (r|)');
        flush();

        expect(wx.log).toEqual(['sent @0', 'sent @1000']);
      }),
    );
    it(
      '[BG-1] leaves a call alone that was sent in the background after the cut',
      marbles((helpers) => {
        const { http$ } = scriptedApp(helpers, '-h 10s s', () => helpers.cold('5s r', { r: {} }));
        const call$ = http$.post(url, {}, { background: 'send' }).pipe(map(() => 'r'));

        helpers.expectObservable(call$, '8s ^').toBe('13s (r|)');
      }),
    );

    it(
      '[TIME-1] ends such a call by its own deadline when the platform is silent',
      marbles((helpers) => {
        const { http$ } = scriptedApp(helpers, '-h', () => NEVER);

        helpers
          .expectObservable(http$({ url, background: 'send', attemptMs: 1_000 }), '8s ^')
          .toBe('10s #', undefined, timeout('attemptMs', 2_000, 'attempt'));
      }),
    );

    it(
      '[BG-1] does not send a POST again that a later background cut, though it was made in an earlier one',
      marbles((helpers) => {
        const cut = { errno: 600003, errMsg: 'request:fail interrupted' };
        const { http$, wx } = scriptedApp(helpers, '-h 8999ms s 500ms h 20s s', () =>
          helpers.cold('6s #', undefined, cut),
        );
        const codes: unknown[] = [];
        helpers.hot('8s x').subscribe(() => {
          http$
            .post(url, {}, { background: 'send' })
            .subscribe({ error: (error: NetworkError) => codes.push(error.code) });
        });

        helpers.flush();

        expect(codes).toEqual(['interrupted']);
        expect(wx.log).toEqual(['sent @8000']);
      }),
    );

    it(
      '[BG-2] lets a call go that is made when the app is told of its return, whatever its policy',
      marbles((helpers) => {
        const { http$, network } = scriptedApp(helpers, '-h-s', () => helpers.cold('-r', { r: {} }));
        const onReturn$ = network.app$.pipe(
          filter(({ awayMs }) => awayMs > 0),
          mergeMap(() => http$({ url, background: 'refuse' })),
          map(() => 'r'),
        );

        helpers.expectObservable(onReturn$).toBe('----r');
      }),
    );

    it(
      '[BG-2] asks a platform again in a moment that refuses without having told of the background',
      marbles((helpers) => {
        const refused = { errno: 600003, errMsg: 'request:fail runningState=suspend' };
        const { http$, wx } = scriptedApp(helpers, '', () => helpers.cold('#', undefined, refused));

        helpers
          .expectObservable(
            http$(url).pipe(
              map(() => 'r'),
              catchError((error: NetworkError) => of(error.code)),
            ),
          )
          .toBe('5s (b|)', { b: 'background' });
        helpers.flush();

        expect(wx.log).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000].map((ms) => `sent @${ms}`));
      }),
    );

    it(
      'counts all of the time into totalMs for an app that keeps running there',
      marbles((helpers) => {
        const { http$ } = scriptedApp(helpers, '-h', () => NEVER, { interruptInBackground: false });

        helpers
          .expectObservable(http$({ url, totalMs: 3_000 }))
          .toBe('3s #', undefined, timeout('totalMs', 3_000, 'total'));
      }),
    );
  });

  describe('when nobody calls back', () => {
    it(
      '[BG-1] judges a call that was cut though the app is hidden again before the verdict',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '4s h 7999ms s 499ms h 999ms s', () => NEVER, {
          // Its timers do not run while the app is away, so that only the return can judge.
          interruptInBackground: true,
        });

        helpers
          .expectObservable(http$({ url, method: 'POST', attemptMs: 60_000 }))
          .toBe('9s #', undefined, interrupted('POST'));
        helpers.flush();

        expect(wx.log).toEqual(['sent @0', 'aborted @9000']);
      }),
    );

    it(
      '[BG-2] sends again what was made in the turn of the hiding, before the network heard of it, and was refused',
      marbles((helpers) => {
        const refused = { errno: 600003, errMsg: 'request:fail interrupted' };
        const answers = [helpers.cold('#', undefined, refused), helpers.cold('-r', { r: {} })];
        const hiding$ = helpers.hot('--h');
        const app = () => scriptedApp(helpers, '--h--s', () => answers.shift() ?? NEVER);
        const outcome: string[] = [];
        // The app's own listener comes before that of the network, which is made only then.
        hiding$.subscribe(() =>
          made.http$.post(url).subscribe({
            next: () => outcome.push('answered'),
            error: (error: NetworkError) => outcome.push(error.code),
          }),
        );
        const made = app();

        helpers.flush();

        expect(outcome).toEqual(['answered']);
        expect(made.wx.log).toEqual(['sent @2', 'sent @5']);
      }),
    );
  });

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

  describe('time', () => {
    it(
      '[TIME-1] gives the platform 60 s, and ends the call itself a second later if nobody calls back',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '', () => cold('-'));

        expectObservable(http$(url)).toBe('61s #', undefined, timeout('attemptMs', 61_000, 'attempt'));
        flush();

        expect(wx.options[0]?.timeout).toBe(60_000);
        expect(wx.log).toEqual(['sent @0', 'aborted @61000']);
      }),
    );

    it(
      '[TIME-1] cuts a longer timeout to 60 s, and says so once',
      marbles((helpers) => {
        const { cold, flush, expectObservable } = helpers;
        const { http$, wx, warnings } = scriptedApp(helpers, '', () => cold('r', { r: {} }));

        expectObservable(
          merge(http$({ url, attemptMs: 90_000 }), http$({ url, attemptMs: 90_000 })).pipe(map(() => 'r')),
        ).toBe('(rr|)');
        flush();

        expect(wx.options.map(({ timeout }) => timeout)).toEqual([60_000, 60_000]);
        expect(warnings).toEqual([
          'rx-miniprogram: [TIME-1] a timeout of 90000 ms is cut to 60000; where the platform allows more, raise maxTimeoutMs',
        ]);
      }),
    );

    it(
      '[TIME-2] takes networkTimeout of app.json, and a call’s own before it',
      marbles((helpers) => {
        const { cold, flush, expectObservable } = helpers;
        const { http$, wx } = scriptedApp(helpers, '', () => cold('r', { r: {} }), {
          networkTimeout: { request: 8_000 },
        });

        expectObservable(merge(http$(url), http$({ url, attemptMs: 3_000 })).pipe(map(() => 'r'))).toBe('(rr|)');
        flush();

        expect(wx.options.map(({ timeout }) => timeout)).toEqual([8_000, 3_000]);
      }),
    );

    it(
      'counts totalMs over waiting and attempts, and maxWaitMs over waiting alone',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '', () => cold('9s r', { r: {} }), { concurrency: 1 });

        expectObservable(http$(url).pipe(map(() => 'r'))).toBe('9s (r|)');
        expectObservable(http$({ url, maxWaitMs: 4 })).toBe(
          '----#',
          undefined,
          described('no place became free within 4 ms of waiting', { code: 'timeout', phase: 'wait' }),
        );
        expectObservable(http$({ url, totalMs: 10_000 })).toBe('10s #', undefined, timeout('totalMs', 10_000, 'total'));
        flush();

        expect(wx.log).toEqual(['sent @0', 'sent @9000', 'aborted @10000']);
      }),
    );

    it(
      'ends an attempt that is silent for idleMs',
      marbles((helpers) => {
        const { http$ } = scriptedApp(helpers, '', () => helpers.cold('-'));

        helpers
          .expectObservable(http$({ url, idleMs: 7 }))
          .toBe('-------#', undefined, timeout('idleMs', 7, 'attempt'));
      }),
    );
  });

  describe('what is refused before it is sent', () => {
    it.each<[string, string | HttpRequest, string]>([
      ['[DOM-1] an unlisted domain', 'https://img.example.com/a', 'domain-not-allowed [DOM-1]'],
      ['[DOM-5] an explicit :443', 'https://api.example.com:443/a', 'domain-not-allowed [DOM-5]'],
      ['[DOM-7] api.weixin.qq.com', 'https://api.weixin.qq.com/cgi-bin/token', 'domain-not-allowed [DOM-7]'],
      ['[DOM-8] a subdomain', 'https://v2.api.example.com/a', 'domain-not-allowed [DOM-8]'],
      [
        'a method that the platform lacks',
        { url, method: 'PATCH' as 'POST' },
        'invalid-argument: the platform has no PATCH',
      ],
      ['a method that nobody has', { url, method: 'FETCH' as 'POST' }, 'invalid-argument: method must be one of'],
      ['a timeout that is none', { url, attemptMs: 0 }, 'invalid-argument: attemptMs must be a positive number'],
      [
        'an option of wx.request',
        { url, timeout: 5 } as HttpRequest,
        "invalid-argument: there is no option 'timeout'; write attemptMs",
      ],
      [
        'a misspelt option',
        { url, bakground: 'send' } as HttpRequest,
        "invalid-argument: there is no option 'bakground'; there are url, method",
      ],
      [
        'a body kind that is none',
        { url, as: 'blob' as 'text' },
        "invalid-argument: as must be one of json, text, arraybuffer; got 'blob'",
      ],
      [
        'a priority that is none',
        { url, priority: 'urgent' as 'high' },
        "invalid-argument: priority must be one of high, normal, low; got 'urgent'",
      ],
      [
        'a background that is none',
        { url, background: 'wait' as 'hold' },
        "invalid-argument: background must be one of hold, refuse, send; got 'wait'",
      ],
      [
        'a charset that nobody knows',
        { url, charset: 'klingon' },
        "invalid-argument: charset must be 'auto' or a label",
      ],
      [
        'a relative URL without a baseUrl',
        '/users',
        "invalid-argument: '/users' is relative, and the network has no baseUrl",
      ],
      [
        'a number as text',
        { url, attemptMs: '100' as unknown as number },
        "attemptMs must be a positive number of milliseconds below 2^31; got '100'",
      ],
      [
        'a method that is no text',
        { url, method: 5 as unknown as 'POST' },
        'invalid-argument: method must be a string; got 5',
      ],
      [
        '[LIM-1] what platform must not set',
        { url, platform: { header: { Referer: 'x' } } },
        "platform cannot have 'header'; http$ sets it",
      ],
      [
        'a line break in a header',
        { url, header: { a: 'b\r\nEvil: 1' } },
        "the header field 'a' has a line break in its value",
      ],
      ['a header field without a name', { url, header: { '': 'b' } }, "'' is not a name of a header field"],
      ['a URL that is none', { url: undefined as unknown as string }, 'invalid-argument: expected a URL'],
      [
        'nothing',
        undefined as unknown as string,
        'invalid-argument: expected a URL, or an object with one; got undefined',
      ],
    ])('%s', (_title, request, message) => {
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '', () => EMPTY, {
          domains: { request: ['https://api.example.com'] },
        });
        const seen: string[] = [];

        http$(request).subscribe({ error: (error: NetworkError) => seen.push(error.message) });

        expect(seen).toHaveLength(1);
        expect(seen[0]).toContain(message);
        expect(wx.log).toEqual([]);
      })();
    });

    it(
      'sends a refused call all the same with onRefusal: warn',
      marbles((helpers) => {
        const { http$, warnings } = scriptedApp(helpers, '', () => helpers.cold('r', { r: {} }), {
          domains: { request: ['https://api.example.com'] },
          onRefusal: 'warn',
        });

        helpers.expectObservable(http$('https://api.example.com:443/').pipe(map(() => 'r'))).toBe('(r|)');
        helpers.flush();

        expect(warnings).toHaveLength(1);
        expect(warnings[0]).toContain('[DOM-5]');
      }),
    );
  });

  describe('the request', () => {
    const optionOf = (request: string | HttpRequest, options: Parameters<typeof scriptedApp>[3] = {}) => {
      const seen: { url: string; header?: unknown; method?: unknown; responseType?: unknown }[] = [];
      let warnings: string[] = [];
      marbles((helpers) => {
        const app = scriptedApp(helpers, '', () => helpers.cold('r', { r: { data: new ArrayBuffer(0) } }), options);
        helpers.expectObservable(app.http$(request).pipe(map(() => 'r'))).toBe('(r|)');
        helpers.flush();
        seen.push(...app.wx.options);
        warnings = app.warnings;
      })();
      const [option] = seen;
      return {
        url: option?.url,
        header: option?.header,
        method: option?.method,
        responseType: option?.responseType,
        warnings,
      };
    };

    it.each([
      ['/users', 'https://api.example.com/v1/users'],
      ['users', 'https://api.example.com/v1/users'],
      ['//evil.com/users', 'https://api.example.com/v1/evil.com/users'],
      ['.evil.com/users', 'https://api.example.com/v1/.evil.com/users'],
      ['https://other.example.com/x', 'https://other.example.com/x'],
    ])('puts baseUrl before %s', (given, expected) => {
      expect(optionOf(given, { baseUrl: 'https://api.example.com/v1/' }).url).toBe(expected);
    });

    it('joins the network’s header with the call’s, whatever the case of a name', () => {
      const { header } = optionOf(
        { url, header: { 'content-type': 'text/plain' } },
        { header: { 'Content-Type': 'application/json', 'X-App': '1' } },
      );

      expect(header).toEqual({ 'X-App': '1', 'content-type': 'text/plain' });
    });

    it('[LIM-1] drops a Referer, with a warning', () => {
      const { header, warnings } = optionOf({ url, header: { reFerer: 'https://example.com', a: '1' } });

      expect(header).toEqual({ a: '1' });
      expect(warnings).toEqual([
        'rx-miniprogram: [LIM-1] the Referer cannot be set; the platform sends https://servicewechat.com/{appid}/{version}/page-frame.html',
      ]);
    });

    it('[ENC-1] asks for bytes only where they are wanted or a charset is named', () => {
      expect(optionOf({ url }).responseType).toBe('text');
      expect(optionOf({ url, as: 'text', charset: 'auto' }).responseType).toBe('arraybuffer');
      expect(optionOf({ url, as: 'arraybuffer' }).responseType).toBe('arraybuffer');
    });

    it('takes methods in lower case', () => {
      expect(optionOf({ url, method: 'post' as 'POST' }).method).toBe('POST');
    });
  });

  it(
    '[ENC-1] warns once a host of a charset that the platform converts on trial',
    marbles((helpers) => {
      const gbk = { header: { 'Content-Type': 'text/html; charset=gbk' }, data: '???' };
      const { http$, warnings } = scriptedApp(helpers, '', () => helpers.cold('r', { r: gbk }));

      helpers
        .expectObservable(
          merge(http$({ url, as: 'text' }), http$({ url, as: 'text' })).pipe(
            map(({ charset, decodedBy }) => `${charset} ${decodedBy}`),
          ),
        )
        .toBe('(rr|)', {
          r: 'gbk platform',
        });
      helpers.flush();

      expect(warnings).toEqual([
        "rx-miniprogram: [ENC-1] https://api.example.com answers in gbk, which the platform converts on trial; ask for bytes with { charset: 'auto' }, or let the server answer in UTF-8",
      ]);
    }),
  );

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

  describe('unsubscribing', () => {
    it.each([
      ['while it runs', '', '--!', ['sent @0', 'aborted @2']],
      ['while it is held', 'h', '--!', []],
    ])('%s settles in the same turn', (_title, lane, leaves, log) => {
      marbles((helpers) => {
        const { http$, wx, network } = scriptedApp(helpers, '', () => helpers.cold('---'));
        if (lane === 'h') network.requestQueue.pause();

        helpers.expectObservable(http$(url), `^${leaves.slice(1)}`).toBe('-');
        helpers.flush();

        expect(wx.log).toEqual(log);
        expect(network.requestQueue.snapshot()).toMatchObject({ size: 0, running: 0 });
      })();
    });

    it(
      'while it waits never sends it',
      marbles((helpers) => {
        const { http$, wx, network } = scriptedApp(helpers, '', () => helpers.cold('------r', { r: {} }), {
          concurrency: 1,
        });

        helpers.expectObservable(http$(url).pipe(map(() => 'r'))).toBe('------(r|)');
        helpers.expectObservable(http$(url), '^--!').toBe('-');
        helpers.flush();

        expect(wx.log).toEqual(['sent @0']);
        expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
      }),
    );

    it(
      'while it waits to be replayed never sends it again',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '-h 9s s', () => helpers.cold('20s r', { r: {} }));

        helpers.expectObservable(http$(url), '^ 7s !').toBe('-');
        helpers.flush();

        expect(wx.log).toEqual(['sent @0', 'aborted @5001']);
      }),
    );
  });

  it('needs no network to be made, but a wx to be subscribed', () => {
    const errors: unknown[] = [];

    const result$ = readyMade$.get(url);
    result$.subscribe({ error: (error) => errors.push(error) });

    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(TypeError);
  });
});

function described(what: string, details: NetworkErrorDetails): NetworkError {
  return new NetworkError(what, { api: 'request', method: 'GET', url, ...details });
}

function interrupted(method: string): NetworkError {
  return described('the app was in the background for 5000 ms, and the platform cuts every call then', {
    code: 'interrupted',
    rule: 'BG-1',
    phase: 'attempt',
    method,
  });
}

function refusal(): NetworkError {
  return described('the app is in the background, where the call does not want to wait; not sent', {
    code: 'background',
    rule: 'BG-2',
    phase: 'wait',
  });
}

function timeout(name: string, ms: number, phase: 'attempt' | 'total'): NetworkError {
  return described(`it took longer than ${name} allows, ${ms} ms`, { code: 'timeout', rule: 'TIME-1', phase });
}
