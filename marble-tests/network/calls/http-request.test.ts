import { EMPTY, map } from 'rxjs';
import { declaredCharsetOf, type NetworkError, type HttpRequest } from '../../../src/index.js';
import { url } from './call-errors.js';
import { scriptedApp } from '../scripted-app.js';
import { marbles } from '../../../src/testing/index.js';

describe('http$ and the request', () => {
  describe('what is refused before it is sent', () => {
    it.each<[string, string | HttpRequest, string]>([
      ['[DOM-1] an unlisted domain', 'https://img.example.com/a', 'domain-not-allowed [DOM-1]'],
      ['[DOM-5] an explicit :443', 'https://api.example.com:443/a', 'domain-not-allowed [DOM-5]'],
      ['[DOM-7] api.weixin.qq.com', 'https://api.weixin.qq.com/cgi-bin/token', 'domain-not-allowed [DOM-7]'],
      ['[DOM-8] a subdomain', 'https://v2.api.example.com/a', 'domain-not-allowed [DOM-8]'],
      [
        'a method that the platform lacks',
        { url, method: 'PATCH' as 'POST' },
        "invalid-argument: the platform's request knows GET, HEAD, OPTIONS, POST, PUT, DELETE, TRACE, CONNECT only; got 'PATCH'; send method: 'POST' with header: { 'X-HTTP-Method-Override': 'PATCH' }, if your server knows it",
      ],
      ['a method that nobody has', { url, method: 'FETCH' as 'POST' }, "CONNECT only; got 'FETCH'"],
      ['a timeout that is none', { url, attemptMs: 0 }, 'invalid-argument: attemptMs must be a positive number'],
      [
        'an option of wx.request',
        { url, timeout: 5 } as HttpRequest,
        "invalid-argument: Unknown option 'timeout'; write attemptMs",
      ],
      [
        'a misspelt option',
        { url, bakground: 'send' } as HttpRequest,
        "invalid-argument: Unknown option 'bakground'; known: url, method",
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
        'a charset that no decoder has',
        { url, charset: 'klingon' },
        "invalid-argument: charset must be 'auto', or a label of the WHATWG Encoding Standard that a decoder has; got 'klingon'; pass a decoder",
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
        "the header field 'a' has a character that HTTP cannot carry; write encodeURIComponent(…)",
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
      expect(optionOf({ url, readDeclaration: declaredCharsetOf }).responseType).toBe('arraybuffer');
      expect(optionOf({ url, fatal: true }).responseType).toBe('arraybuffer');
      expect(optionOf({ url, fatal: false }).responseType).toBe('text');
    });

    it('takes methods in lower case', () => {
      expect(optionOf({ url, method: 'post' as 'POST' }).method).toBe('POST');
    });
  });
});
