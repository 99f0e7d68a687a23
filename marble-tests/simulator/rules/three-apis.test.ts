import { NEVER } from 'rxjs';
import type { CallApi } from '../../../src/simulator/events.js';
import { wireHeaders, type WireEvent } from '../../../src/simulator/wires/wire.js';
import { anyCall$, useFilePhones } from '../file-phone.js';
import { API, at, createLog, failure } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

const APIS: readonly CallApi[] = ['request', 'uploadFile', 'downloadFile'];
const TASK = { request: 'Request', uploadFile: 'Upload', downloadFile: 'Download' } as const;

describe.each(APIS)('the rules of wx.%s', (api) => {
  const phone = useFilePhones();
  const others = APIS.filter((other) => other !== api);
  const notListed = failure(`${api}:fail url not in domain list`, 600002);
  const interrupted = failure(`${api}:fail interrupted`, 600003);
  // Uploads go through another component (discoveries/failures.md#words).
  const timedOut = failure(`${api}:fail ${api === 'uploadFile' ? 'socket timeout' : 'timeout'}`, 5);
  const SLOW = { '/slow': { body: 'late', afterMs: 600_000 } };

  it(
    '[DOM-1] has a domain list of its own',
    marbles(({ expectObservable }) => {
      const own = { [api]: [API] };
      const foreign = Object.fromEntries(others.map((other) => [other, [API]]));

      expectObservable(anyCall$(phone({ '/': { afterMs: 1 } }, { domains: own }), api, '/')).toBe('-(a|)', { a: 200 });
      expectObservable(anyCall$(phone({}, { domains: foreign }), api, '/')).toBe('#', undefined, notListed);
    }),
  );

  it.each([
    ['DOM-1', 'a domain that is not listed', 'https://unlisted.example.org/'],
    ['DOM-2', 'http to a listed domain', 'http://api.example.com/'],
    ['DOM-3', 'localhost', 'https://localhost/'],
    ['DOM-3', 'an IP address', 'https://8.8.8.8/'],
    ['DOM-4', 'another port than the listed one', 'https://shop.example.com:9091/'],
    ['DOM-4', 'no port where one is listed', 'https://shop.example.com/'],
    ['DOM-5', 'an explicit :443 where none is listed', 'https://api.example.com:443/'],
    ['DOM-7', 'api.weixin.qq.com', 'https://api.weixin.qq.com/cgi-bin/token'],
    ['DOM-8', 'a subdomain of a listed domain', 'https://v2.api.example.com/'],
    ['LAN-1', "the device's own address", 'http://192.168.1.100:8080/'],
  ])('[%s] refuses %s', (rule, _what, url) => {
    marbles(({ expectObservable, flush }) => {
      const simulator = phone({}, { domains: { [api]: [API, 'https://shop.example.com:8080'] } });
      const rules: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
      expectObservable(anyCall$(simulator, api, url)).toBe('#', undefined, notListed);
      flush();

      expect(rules).toEqual([rule]);
    })();
  });

  it(
    '[LAN-1] takes an address of the same subnet, without a list',
    marbles(({ expectObservable }) => {
      const lan = 'http://192.168.1.7:8080/';
      const simulator = phone({}, { domains: {}, wire: () => NEVER });
      expectObservable(anyCall$(simulator, api, lan, { timeout: 5 })).toBe('-----#', undefined, timedOut);
    }),
  );

  it(
    '[DOM-1] asks for each hop of a redirect',
    marbles(({ expectObservable }) => {
      const routes = { '/moved': { statusCode: 302, header: { Location: 'https://unlisted.example.org/' } } };

      expectObservable(anyCall$(phone(routes), api, '/moved')).toBe('#', undefined, notListed);
    }),
  );

  it(
    '[TIME-1] fails after sixty seconds, whatever it asks for',
    marbles(({ expectObservable }) => {
      const simulator = phone(SLOW, { networkTimeout: { [api]: 300_000 } });

      expectObservable(anyCall$(simulator, api, '/slow')).toBe('60s #', undefined, timedOut);
      expectObservable(anyCall$(simulator, api, '/slow', { timeout: 90_000 })).toBe('60s #', undefined, timedOut);
    }),
  );

  it(
    '[TIME-2] takes its own networkTimeout, and its own timeout before that',
    marbles(({ expectObservable }) => {
      const networkTimeout = { ...Object.fromEntries(others.map((other) => [other, 7])), [api]: 3_000 };
      const simulator = phone(SLOW, { networkTimeout });

      expectObservable(anyCall$(simulator, api, '/slow')).toBe('3s #', undefined, timedOut);
      expectObservable(anyCall$(simulator, api, '/slow', { timeout: 20 })).toBe('20ms #', undefined, timedOut);
    }),
  );

  it(
    '[LIM-1] sends the platform’s Referer, whatever the app sets',
    marbles(({ expectObservable, flush }) => {
      const sent: unknown[] = [];
      const simulator = phone({ '/': ({ header }) => (sent.push(header['Referer'] ?? header['referer']), {}) });
      expectObservable(anyCall$(simulator, api, '/', { header: { REFERER: 'https://a.com' } })).toBe('(a|)', {
        a: 200,
      });
      flush();

      expect(sent).toEqual(['https://servicewechat.com/wx0123456789abcdef/0/page-frame.html']);
    }),
  );

  it(
    '[LIM-2] runs ten at once and queues the others, beside the ten of each other API',
    marbles(({ flush }) => {
      const simulator = phone({ '/ten-ms': { afterMs: 10 } });
      const { lines, note } = createLog();
      for (const one of [...others, api])
        for (let id = 1; id <= 11; id++)
          anyCall$(simulator, one, '/ten-ms').subscribe(() => one === api && note(`${id}`));
      flush();

      const firstTen = Array.from({ length: 10 }, (_, index) => `10 ${index + 1}`);
      expect(lines).toEqual([...firstTen, '20 11']);
    }),
  );

  it(
    "[LIM-2] waits for the ten of the others with concurrencyScope: 'shared'",
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/ten-ms': { afterMs: 10 } }, { concurrencyScope: 'shared' });
      for (let id = 1; id <= 10; id++) anyCall$(simulator, others[id % 2] as CallApi, '/ten-ms').subscribe();

      expectObservable(anyCall$(simulator, api, '/ten-ms')).toBe('20ms (a|)', { a: 200 });
    }),
  );

  it(
    '[BG-1] is cut five seconds after the hide',
    marbles(({ expectObservable }) => {
      const simulator = phone(SLOW);
      at(10, simulator.enterBackground);

      expectObservable(anyCall$(simulator, api, '/slow')).toBe('5010ms #', undefined, interrupted);
    }),
  );

  it(
    '[BG-2] is refused from the hide until the return',
    marbles(({ flush }) => {
      const simulator = phone({ '/': { afterMs: 2 } });
      const { lines, note } = createLog();
      const call = () =>
        anyCall$(simulator, api, '/').subscribe({
          next: (status) => note(`${status}`),
          error: ({ errMsg, errno }) => note(`${errMsg} ${errno}`),
        });
      simulator.enterBackground();
      call();
      at(10, simulator.enterForeground);
      at(10, call);
      flush();

      expect(lines).toEqual([`0 ${api}:fail interrupted 600003`, '12 200']);
    }),
  );

  it(
    "[BG-2] is refused in the client's words once suspended",
    marbles(({ flush }) => {
      const simulator = phone({}, { backgroundCalls: 'allow-until-suspended', freeze: false });
      const event = `create${TASK[api]}Task`;
      const { lines, note } = createLog();
      simulator.enterBackground();
      at(6_000, () =>
        anyCall$(simulator, api, '/').subscribe({ error: ({ errMsg, errno }) => note(`${errMsg} ${errno}`) }),
      );
      flush();

      expect(lines).toEqual([
        `6000 ${api}:fail ${event}:fail: jsapi has no permission, event=${event}, runningState=suspend, ` +
          'permissionMsg=permission ok, detail=network api interrupted in suspend state 600003',
      ]);
    }),
  );

  it.each([200, 204, 301, 400, 404, 500, 503])('[CB-1] takes status %i for success', (statusCode) => {
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/status': { statusCode, body: 'body', afterMs: 1 } });

      expectObservable(anyCall$(simulator, api, '/status')).toBe('-(a|)', { a: statusCode });
    })();
  });

  it(
    'ends the hop in the turn of an abort, and tells fail, then complete, once',
    marbles(({ cold, expectSubscriptions, flush }) => {
      const hop = cold<WireEvent>('-h--------', { h: wireHeaders(200) });
      const hopSubs = '            ^---!      ';
      const { lines, note } = createLog();
      const simulator = phone({ '/slow': hop });
      const option = {
        url: `${API}/slow`,
        success: () => note('success'),
        fail: ({ errMsg, errno }: { readonly errMsg: string; readonly errno?: number }) => note(`${errMsg} ${errno}`),
        complete: () => note('complete'),
      };
      const task =
        api === 'uploadFile'
          ? simulator.wx.uploadFile({ ...option, filePath: 'wxfile://usr/note.txt', name: 'note' })
          : simulator.wx[api](option);
      at(4, task.abort);
      at(5, task.abort);
      expectSubscriptions(hop.subscriptions).toBe(hopSubs);
      flush();

      // Only downloads have a number for it (discoveries/failures.md#numbers).
      const errno = api === 'downloadFile' ? 603105 : undefined;
      expect(lines).toEqual([`4 ${api}:fail abort ${errno}`, '4 complete']);
    }),
  );

  it(
    'refuses what is no object, and a URL that is no text',
    marbles(({ flush }) => {
      const { wx } = phone({});
      const { lines, note } = createLog();
      const wrongly = wx[api] as unknown as (option: unknown) => unknown;
      const fail = ({ errMsg }: { readonly errMsg: string }) => note(errMsg);
      wrongly({ fail });
      wrongly({ url: 5, fail });

      expect(() => wrongly(undefined)).not.toThrow();
      flush();
      expect(lines).toEqual([
        `0 ${api}:fail parameter error: parameter.url should be String instead of Undefined;`,
        `0 ${api}:fail parameter error: parameter.url should be String instead of Number;`,
      ]);
    }),
  );
});
