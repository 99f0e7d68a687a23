import { EMPTY, NEVER, of, take, throwError } from 'rxjs';
import { NetworkError, request$, type RequestEvent } from '../../src/index.js';
import { marbles, scriptedWx, type WireMark } from '../../src/testing/index.js';

const url = 'https://api.example.com/me?token=secret';
/** A sending, and an answer that took so long. */
const events = (durationMs: number): Record<string, RequestEvent> => ({
  s: { type: 'sent' },
  r: {
    type: 'response',
    method: 'GET',
    url,
    durationMs,
    data: '',
    statusCode: 200,
    header: {},
    cookies: undefined,
    profile: undefined,
    errMsg: 'request:ok',
  },
});

describe('request$', () => {
  it(
    'answers once, or aborts the task when its consumer leaves',
    marbles(({ cold, expectObservable, flush }) => {
      const answered = scriptedWx(() => cold('-----r', { r: {} }));
      const left = scriptedWx(() => cold('    ---------'));
      const leaves = '                        ^---!';

      expectObservable(request$({ url }, { wx: answered })).toBe('s----(r|)', events(5));
      expectObservable(request$({ url }, { wx: left }), leaves).toBe('s---', events(0));
      flush();

      expect(answered.log).toEqual(['sent @0']);
      expect(left.log).toEqual(['sent @0', 'aborted @4']);
    }),
  );

  it(
    'does nothing before it is subscribed, and calls again each time',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = scriptedWx(() => cold('-r', { r: {} }));
      const result$ = request$({ url }, { wx });
      expect(wx.log).toEqual([]);

      expectObservable(result$).toBe('s(r|)', events(1));
      expectObservable(result$, '---^').toBe('---s(r|)', events(1));
      flush();

      expect(wx.log).toEqual(['sent @0', 'sent @3']);
    }),
  );

  it.each([200, 404, 500])('[CB-1] takes a status of %i for an answer', (statusCode) => {
    marbles(({ cold, expectObservable }) => {
      const wx = scriptedWx(() => cold('-r', { r: { statusCode } }));

      expectObservable(request$({ url }, { wx })).toBe('s(r|)', { ...events(1), r: { ...events(1)['r'], statusCode } });
    })();
  });

  it(
    'makes a failure of the platform a NetworkError, without the query',
    marbles(({ cold, expectObservable }) => {
      const failure = { errMsg: 'request:fail url not in domain list', errno: 600002 };
      const wx = scriptedWx(() => cold('--#', undefined, failure));

      expectObservable(request$({ url, method: 'POST' }, { wx })).toBe(
        's-#',
        events(0),
        new NetworkError('request:fail url not in domain list; list its host, or that of a redirect', {
          code: 'domain-not-allowed',
          api: 'request',
          method: 'POST',
          url: 'https://api.example.com/me',
          rule: 'DOM-1',
          phase: 'attempt',
          errno: 600002,
          errMsg: 'request:fail url not in domain list',
          cause: failure,
        }),
      );
    }),
  );

  it(
    'does not abort what has ended, in whatever way',
    marbles(({ cold, expectObservable, flush }) => {
      const answered = scriptedWx(() => cold('-r', { r: {} }));
      const failed = scriptedWx(() => cold('-#', undefined, { errMsg: 'request:fail timeout' }));
      const early = scriptedWx(() => of({}));
      const refused = scriptedWx(() => throwError(() => ({ errMsg: 'request:fail' })));

      for (const wx of [answered, failed, early, refused])
        request$({ url }, { wx }).subscribe({ error: () => undefined });
      expectObservable(EMPTY).toBe('|');
      flush();

      for (const wx of [answered, failed, early, refused]) expect(wx.log).toEqual(['sent @0']);
    }),
  );

  it('aborts once, in the same turn, when the consumer has had enough of the first event', () => {
    const wx = scriptedWx(() => NEVER);

    request$({ url }, { wx }).pipe(take(1)).subscribe();

    expect(wx.log.map((entry) => entry.split(' ')[0])).toEqual(['sent', 'aborted']);
  });

  it(
    'emits the header as it comes, when asked, and takes its listener back',
    marbles(({ cold, expectObservable, flush }) => {
      const headers = { header: { a: '1' }, statusCode: 200, cookies: [] };
      const wx = scriptedWx(() => cold<WireMark>('-h-r', { h: { headers }, r: {} }));

      expectObservable(request$({ url, headersEvent: true }, { wx })).toBe('sh-(r|)', {
        ...events(3),
        h: { type: 'headers', ...headers },
      });
      flush();

      expect(wx.listeners.size).toBe(0);
    }),
  );

  it(
    'emits each chunk as it comes, when asked, and takes its listener back',
    marbles(({ cold, expectObservable, flush }) => {
      const data = new Uint8Array([0xe4, 0xb8]).buffer;
      const wx = scriptedWx(() => cold<WireMark>('-c-c-r', { c: { chunk: { data } }, r: {} }));

      expectObservable(request$({ url, enableChunked: true }, { wx })).toBe('sc-c-(r|)', {
        ...events(5),
        c: { type: 'chunk', data },
      });
      expectObservable(request$({ url }, { wx })).toBe('s----(r|)', events(5));
      flush();

      expect(wx.listeners.size).toBe(0);
      expect(wx.options.map(({ enableChunked }) => enableChunked)).toEqual([true, undefined]);
    }),
  );

  it('hands its options to the platform under the platform’s names, and no others', () => {
    const wx = scriptedWx(() => NEVER);

    request$({ url }, { wx }).subscribe();
    request$(
      {
        url,
        method: 'PUT',
        header: { a: '1' },
        data: { b: 2 },
        timeoutMs: 3,
        responseType: 'arraybuffer',
        dataType: 'json',
        platform: { enableHttp2: true },
      },
      { wx },
    ).subscribe();

    const callbacks = { success: expect.any(Function), fail: expect.any(Function) };
    expect(wx.options).toEqual([
      { url, method: 'GET', dataType: 'text', ...callbacks },
      {
        url,
        method: 'PUT',
        header: { a: '1' },
        data: { b: 2 },
        timeout: 3,
        responseType: 'arraybuffer',
        dataType: 'json',
        enableHttp2: true,
        ...callbacks,
      },
    ]);
  });

  it('makes a wx.request that throws a NetworkError, with what it threw', () => {
    const cause = new Error('its own');
    const errors: unknown[] = [];
    const wx = {
      request: () => {
        throw cause;
      },
    };

    request$({ url }, { wx }).subscribe({ error: (error) => errors.push(error) });

    expect(errors).toEqual([
      new NetworkError('wx.request threw', {
        code: 'unknown',
        api: 'request',
        method: 'GET',
        url,
        phase: 'attempt',
        cause,
      }),
    ]);
  });

  it.each([undefined, null])('makes an answer that is %s a NetworkError', (nothing) => {
    marbles(({ cold, expectObservable }) => {
      const wx = {
        request(option: { success?: (result: never) => void }) {
          cold('--r').subscribe(() => option.success?.(nothing as never));
          return { abort: () => undefined };
        },
      };
      const what = 'wx.request succeeded without an answer';

      expectObservable(request$({ url }, { wx })).toBe(
        's-#',
        events(0),
        new NetworkError(what, {
          code: 'unknown',
          api: 'request',
          method: 'GET',
          url,
          phase: 'attempt',
          cause: nothing,
        }),
      );
    })();
  });

  it('says what to do where there is no wx', () => {
    const errors: unknown[] = [];

    request$({ url }).subscribe({ error: (error) => errors.push(error) });

    expect(errors).toEqual([
      new NetworkError('there is no global wx here. Outside a mini program pass one: { wx: createSimulator(…).wx }', {
        code: 'invalid-argument',
        api: 'request',
        method: 'GET',
        url,
        phase: 'check',
      }),
    ]);
  });

  it('uses the global wx of the moment it is subscribed', () => {
    const wx = scriptedWx(() => NEVER);
    const result$ = request$({ url });
    (globalThis as { wx?: unknown }).wx = wx;
    try {
      result$.subscribe();
      expect(wx.log).toHaveLength(1);
    } finally {
      delete (globalThis as { wx?: unknown }).wx;
    }
  });
});
