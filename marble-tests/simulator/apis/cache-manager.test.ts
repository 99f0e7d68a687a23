import type { CacheManager, CacheRequestEvent, CacheRule } from '../../../src/simulator/apis/cache-manager-types.js';
import { createSimulator, type SimulatedWx } from '../../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { scriptWire } from '../../../src/simulator/wires/script.js';
import { marbles, scenario } from '../../../src/testing/index.js';
import { API, at, createLog, phone } from '../phone.js';

type Told = Readonly<Record<string, unknown>> | string | null;

/** One answer after another: `answer 1`, `answer 2` … */
function counting(options: SimulatorOptions = {}) {
  let answers = 0;
  const answer = () => ({ body: `answer ${++answers}` });
  return createSimulator({
    domains: { request: [API] },
    wire: scriptWire({
      [`GET ${API}/list`]: answer,
      [`POST ${API}/list`]: answer,
      [`GET ${API}/other`]: answer,
      [`OPTIONS ${API}/list`]: answer,
    }),
    ...options,
  });
}

const ask = (wx: SimulatedWx, note: (what: string) => void, path = '/list', option: object = {}) =>
  wx.request({
    url: `${API}${path}`,
    ...option,
    success: (result) => note(`success ${text(result as unknown as Told)}`),
    fail: (failure) => note(`fail ${text(failure as unknown as Told)}`),
  });

function text(told: Told): string {
  if (told === null || typeof told === 'string') return String(told);
  const { data, fromCache, errMsg } = told;
  return [data ?? errMsg, fromCache === true && 'from the cache'].filter(Boolean).join(', ');
}

/** As the official example has it, but for a promise that takes no turn. */
const answerFromCache = (manager: CacheManager) => (event: CacheRequestEvent) => {
  const found = manager.match(event);
  return {
    then: (resolve: (data: unknown) => void, reject: (reason: unknown) => void) => {
      if (found.data !== undefined) resolve(found.data);
      else reject({ errMsg: `no cache: ${event.method} ${event.url}` });
    },
  };
};

// What a promise answers when its marbles are over comes in real time; a scenario that has the clocks by then would leave
// its timer running for ever.
afterEach(() => new Promise((resolve) => setTimeout(resolve, 5)));

describe('wx.createCacheManager', () => {
  it(
    'keeps what a rule is for while the network is good, and lets the app answer with it when it is weak or gone',
    marbles(({ flush }) => {
      const simulator = counting();
      const { wx } = simulator;
      const { lines, note } = createLog();
      const manager = wx.createCacheManager({ origin: `${API}/` });
      manager.on('request', answerFromCache(manager));
      manager.on('enterWeakNetwork', () => note('weak'));
      manager.on('exitWeakNetwork', () => note('good'));
      manager.addRules(['/list', '/never']);
      ask(wx, note);
      at(1, () => simulator.setNetwork({ weak: true }));
      at(2, () => {
        ask(wx, note);
        ask(wx, note, '/never');
        ask(wx, note, '/other');
      });
      at(3, () => simulator.setNetwork('none'));
      at(4, () => {
        ask(wx, note);
        note(`state ${manager.state}`);
      });
      at(5, () => simulator.setNetwork({ networkType: 'wifi', weak: false }));
      at(6, () => ask(wx, note));
      flush();

      expect(lines).toEqual([
        '0 success answer 1',
        '1 weak',
        '2 success answer 2',
        '2 success answer 1, from the cache',
        `2 fail no cache: GET ${API}/never`,
        '4 state 1',
        '4 success answer 1, from the cache',
        '5 good',
        '6 success answer 3',
      ]);
    }),
  );

  it(
    'keeps over a restart of the app, which has to say its rules again, until an answer is too old',
    marbles(({ flush }) => {
      const simulator = counting();
      const { lines, note } = createLog();
      const manage = (wx: SimulatedWx) => {
        const manager = wx.createCacheManager({ origin: API, maxAge: 1_000 });
        manager.on('request', answerFromCache(manager));
        manager.addRule('GET /list');
      };
      manage(simulator.wx);
      ask(simulator.wx, note);
      at(500, () => {
        const wx = simulator.restart();
        simulator.setNetwork('none');
        manage(wx);
        ask(wx, note);
      });
      at(1_000, () => ask(simulator.wx, note));
      flush();

      expect(lines).toEqual([
        '0 success answer 1',
        '500 success answer 1, from the cache',
        `1000 fail no cache: GET ${API}/list`,
      ]);
    }),
  );

  it.each<[string, (manager: CacheManager) => void]>([
    ['deleteCache', (manager) => manager.deleteCache(manager.match({ url: `${API}/list` }).cacheId)],
    ['deleteCaches', (manager) => manager.deleteCaches([`GET ${API}/list`])],
    ['clearCaches', (manager) => manager.clearCaches()],
    ['deleteRule', (manager) => manager.deleteRule('mine')],
    ['deleteRules', (manager) => manager.deleteRules(['mine', 'none'])],
    ['clearRules', (manager) => manager.clearRules()],
  ])('%s takes an answer away; without its rule a call goes to the network', (what, forget) => {
    marbles(({ flush }) => {
      const { wx } = counting();
      const { note } = createLog();
      const manager = wx.createCacheManager({ origin: API, mode: 'always' });
      manager.on('request', ({ request }: CacheRequestEvent) => request({ needUpdateCache: true }));
      manager.addRule({ id: 'mine', url: '/list' });
      ask(wx, note);
      at(1, () => {
        expect(manager.match({ url: `${API}/list`, method: 'GET' })).toMatchObject({
          ruleId: 'mine',
          cacheId: `GET ${API}/list`,
          createTime: 0,
          maxAge: 604_800_000,
          data: { data: 'answer 1', fromCache: true },
        });
        forget(manager);
        const { ruleId, data } = manager.match({ url: `${API}/list` }) as { ruleId: string; data: unknown };
        expect([ruleId, data]).toEqual([what.includes('Rule') ? '' : 'mine', undefined]);
      });
      flush();
    })();
  });

  it('asks in mode always at each call; request() sends it, and keeps with needUpdateCache alone', () =>
    scenario(async ({ advance }) => {
      const { wx } = counting();
      const { lines, note } = createLog();
      const manager = wx.createCacheManager({ origin: API, mode: 'always' });
      const handler = async ({ url, method, data, request }: CacheRequestEvent) => {
        note(`${method} ${url} ${JSON.stringify(data)}`);
        const result = await request(url.endsWith('other') ? { needUpdateCache: true } : undefined);
        return { ...result, data: `${result.data as string} by the app` };
      };
      manager.on('request', handler);
      manager.addRule(/^https:\/\/.*$/gi);
      ask(wx, note, '/list', { method: 'POST', data: { a: 1 } });
      await advance(10);
      ask(wx, note, '/other');
      await advance(10);
      manager.off('request', handler);
      ask(wx, note);
      await advance(10);

      expect(lines.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
        `POST ${API}/list {"a":1}`,
        'success answer 1 by the app',
        `GET ${API}/other undefined`,
        'success answer 2 by the app',
        'success answer 3',
      ]);
      expect(manager.match({ url: `${API}/list`, method: 'POST', data: { a: 1 } }).data).toBeUndefined();
      expect(manager.match({ url: `${API}/other` }).data).toMatchObject({ data: 'answer 2' });
    }));

  it(
    'is started and stopped by hand in mode none alone',
    marbles(({ flush }) => {
      const simulator = counting();
      const states = (['none', 'weakNetwork', 'always'] as const).map((mode) => {
        const manager = simulator.restart().createCacheManager({ mode });
        const seen = [manager.state];
        manager.start();
        seen.push(manager.state);
        manager.stop();
        return [mode, manager.mode, ...seen, manager.state];
      });
      flush();

      expect(states).toEqual([
        ['none', 'none', 0, 1, 0],
        ['weakNetwork', 'weakNetwork', 0, 0, 0],
        ['always', 'always', 1, 1, 1],
      ]);
    }),
  );

  it(
    'tells as it is what a handler says: nothing, text, what it throws; the first of several counts',
    marbles(({ flush }) => {
      const handlers: readonly (() => unknown)[] = [
        () => ({ then: (resolve: (data: unknown) => void) => resolve(null) }),
        () => ({ then: (_resolve: unknown, reject: (reason: unknown) => void) => reject('no cache') }),
        () => {
          throw 'thrown' as unknown as Error;
        },
        () => 'no promise',
      ];
      const all = handlers.map((handler) => {
        const { wx } = counting();
        const { lines, note } = createLog();
        const manager = wx.createCacheManager({ origin: API, mode: 'always' });
        manager.on('request', handler);
        manager.on('request', () => note('the second'));
        manager.on('request', 'no function' as never);
        manager.addRule('/list');
        ask(wx, note);
        return lines;
      });
      flush();

      expect(all).toEqual([
        ['0 the second', '0 success null'],
        ['0 the second', '0 fail no cache'],
        ['0 fail thrown'],
        ['0 the second', '0 success no promise'],
      ]);
    }),
  );

  it(
    'aborts a call that the app has not answered, and what it sent; its events are the first and the last alone',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': { afterMs: 500 } });
      const { wx } = simulator;
      const { lines, note } = createLog();
      simulator.events$.subscribe((event) => note([event.type, 'id' in event && event.id].filter(Boolean).join(' ')));
      const manager = wx.createCacheManager({ origin: API, mode: 'always' });
      manager.on('request', ({ request }: CacheRequestEvent) => request());
      manager.addRule('/slow');
      const task = ask(wx, note, '/slow');
      for (const listen of [
        task.onHeadersReceived,
        task.offHeadersReceived,
        task.onChunkReceived,
        task.offChunkReceived,
      ])
        listen(() => note('never told'));
      at(10, () => task.abort());
      at(11, () => task.abort());
      at(20, () => {
        ask(wx, note, '/slow').abort();
        ask(wx, note, '/slow');
        simulator.destroy();
      });
      flush();

      expect(lines).toEqual([
        '0 called 1',
        '0 called 2',
        '0 started 2',
        '10 aborted 1',
        '10 settled 1',
        '10 aborted 2',
        '10 settled 2',
        '10 fail request:fail abort',
        '20 called 3',
        '20 aborted 3',
        '20 settled 3',
        '20 called 4',
        '20 destroyed',
        '20 settled 4',
      ]);
    }),
  );

  it(
    'leaves alone bytes, chunks, what is refused anyway, and what nobody listens for',
    marbles(({ flush }) => {
      const simulator = counting();
      const { wx } = simulator;
      const { lines, note } = createLog();
      const manager = wx.createCacheManager({ origin: API, mode: 'always' });
      manager.addRule('/list');
      ask(wx, note);
      manager.on('request', () => note('asked'));
      ask(wx, note, '/list', { responseType: 'arraybuffer' });
      ask(wx, note, '/list', { enableChunked: true });
      ask(wx, note, '/list', { method: 'POST', data: new ArrayBuffer(1) });
      ask(wx, note, '/list', { method: 'POST', data: new Uint8Array(1) });
      ask(wx, note, '/list', { method: 'OPTIONS' });
      wx.request(undefined as never);
      simulator.enterBackground();
      ask(wx, note);
      flush();

      expect(lines.filter((line) => line.includes('asked'))).toEqual([]);
      expect(lines.filter((line) => line.includes('success'))).toHaveLength(6);
      expect(manager.match({ url: `${API}/list` }).data).toBeUndefined();
    }),
  );

  it(
    'is one for an app: a second call returns the first',
    marbles(() => {
      const { wx } = counting();
      const manager = wx.createCacheManager({ mode: 'none', maxAge: 40 * 86_400_000 });

      expect(wx.createCacheManager({ mode: 'always' })).toBe(manager);
      expect([manager.mode, manager.origin, manager.maxAge]).toEqual(['none', '', 30 * 86_400_000]);
    }),
  );

  it.each(['plugin', 'mini-program'] as const)('is there or not: %s', (runsAs) => {
    marbles(() => {
      const there = runsAs !== 'plugin';
      expect('createCacheManager' in counting({ runsAs }).wx).toBe(there);
      expect('createCacheManager' in counting({ runsAs, phone: 'harmony' }).wx).toBe(false);
    })();
  });
});

describe('wx.login and wx.checkSession with a cache manager', () => {
  it(
    'have the answer of a better day in a weak network, with fromCache: a code that a server has seen already',
    marbles(({ flush }) => {
      const simulator = counting();
      const { wx } = simulator;
      const { lines, note } = createLog();
      wx.createCacheManager();
      const login = () => {
        wx.login({
          success: ({ code, ...rest }) => note([code, ...Object.keys(rest)].join(' ')),
          fail: ({ errMsg }) => note(errMsg),
        });
        wx.checkSession({ success: (told) => note(Object.keys(told).join(' ')), fail: ({ errMsg }) => note(errMsg) });
      };
      simulator.setNetwork('none');
      login();
      at(1, () => simulator.setNetwork('wifi'));
      at(2, login);
      at(3, () => simulator.setNetwork({ weak: true }));
      at(4, login);
      flush();

      expect(lines).toEqual([
        '0 login:fail net::ERR_INTERNET_DISCONNECTED',
        '0 checkSession:fail net::ERR_INTERNET_DISCONNECTED',
        '2 code-1 errMsg',
        '2 errMsg',
        '4 code-1 errMsg fromCache',
        '4 errMsg fromCache',
      ]);
    }),
  );

  it('promise as they do without one; a list of APIs leaves the others alone', () =>
    scenario(async ({ advance }) => {
      const { wx } = counting();
      const manager = wx.createCacheManager({ mode: 'none', extra: { apiList: ['wx.login'] } });
      manager.start();
      const promises: Promise<object>[] = [wx.login()];
      manager.stop();
      promises.push(wx.login(), wx.checkSession());
      await advance(10);
      manager.start();
      promises.push(wx.login());
      await advance(10);

      expect(await Promise.all(promises)).toEqual([
        { code: 'code-1', errMsg: 'login:ok' },
        { code: 'code-2', errMsg: 'login:ok' },
        { errMsg: 'checkSession:ok' },
        { code: 'code-2', errMsg: 'login:ok', fromCache: true },
      ]);
    }));
});

describe('createCacheManager and addRule refuse', () => {
  it.each<[string, unknown, string]>([
    ['text', 'x', 'expected an object such as { origin'],
    ['an origin with a path', { origin: `${API}/a` }, 'origin: expected one such as'],
    ['an origin that is none', { origin: 5 }, 'origin: expected one such as'],
    ['a mode', { mode: 'offline' }, 'mode: expected one of weakNetwork, always, none'],
    ['an age', { maxAge: -1 }, 'maxAge: expected a positive number of milliseconds'],
    ['an API', { extra: { apiList: ['wx.request'] } }, 'extra.apiList: expected a list of wx.login'],
    ['no list of APIs', { extra: { apiList: 'wx.login' } }, 'extra.apiList: expected a list of wx.login'],
  ])('%s', (_what, option, message) => {
    expect(() => counting().wx.createCacheManager(option as object)).toThrow(TypeError);
    expect(() => counting().wx.createCacheManager(option as object)).toThrow(message);
  });

  it.each<[string, unknown, string]>([
    ['a number', 5, "expected a path such as 'GET /abc/:id'"],
    ['no address', { url: 5 }, 'url: expected text or a RegExp'],
    ['an empty one', '', 'url: expected text or a RegExp'],
    ['an id', { url: '/a', id: 1 }, 'id: expected text'],
    ['a method', { url: '/a', method: 'HEAD' }, 'method: expected one of GET, POST, PATCH, PUT, DELETE'],
    ['an age', { url: '/a', maxAge: 0 }, 'maxAge: expected a positive number'],
    ['no schema', { url: '/a', dataSchema: {} }, 'dataSchema: expected a list'],
    ['a nameless field', { url: '/a', dataSchema: [{}] }, 'dataSchema: each needs a name'],
    ['a type', { url: '/a', dataSchema: [{ name: 'a', schema: { type: 'date' } }] }, 'a: expected a type of string'],
    ['no type', { url: '/a', dataSchema: [{ name: 'a', schema: [5] }] }, 'a: expected a type of string'],
    [
      'a type within',
      { url: '/a', dataSchema: [{ name: 'a', schema: { type: 'object', value: [{ name: 'b', schema: {} }] } }] },
      'b: expected a type of string',
    ],
  ])('%s', (_what, rule, message) => {
    expect(() =>
      counting()
        .wx.createCacheManager()
        .addRule(rule as CacheRule),
    ).toThrow(TypeError);
    expect(() =>
      counting()
        .wx.createCacheManager()
        .addRule(rule as CacheRule),
    ).toThrow(message);
  });

  it('an event that there is not', () => {
    const manager = counting().wx.createCacheManager();

    expect(() => manager.on('offline' as never, () => {})).toThrow(/expected one of request, enterWeakNetwork/);
    expect(() => manager.off('offline' as never, () => {})).toThrow(TypeError);
  });
});
