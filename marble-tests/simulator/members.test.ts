import { createHash } from 'node:crypto';
import { map } from 'rxjs';
import { appLifecycle$, createNetwork } from '../../src/index.js';
import type { SimulatorOptions } from '../../src/simulator/index.js';
import { json, marbles, chunk, headers, closes } from '../../src/testing/index.js';
import { faces, LISTS, LIVE, outcomes$ } from './faces.js';
import { API, phone } from './phone.js';

describe.each<[string, SimulatorOptions]>([
  ['a mini game', { runsAs: 'mini-game' }],
  ['a plugin', { runsAs: 'plugin' }],
  ['a plugin in the developer tools, which tell no errno', { runsAs: 'plugin', dialect: 'devtools' }],
])('%s', (_what, kind) => {
  it(
    'has all faces of the library',
    marbles(
      ({ wx, server, expectObservable }) => {
        server.get(`${API}/http`).replies('-r|', { r: json('hello') });
        server.upload(`${API}/upload`).replies('-r|', { r: json({ id: 1 }) });
        server.download(`${API}/download`).replies('-r|', { r: json('a file') });
        server.get(`${API}/stream`).replies('-hc|', { h: headers(), c: chunk('piece') });
        server.socket(LIVE).plays('-om-x', { m: '"news"', x: closes(1000, 'bye') });
        const network = createNetwork({ wx, domains: LISTS });

        expectObservable(outcomes$(faces(wx, network)).pipe(map((all) => JSON.stringify(all)))).toBe('13ms (r|)', {
          r: JSON.stringify([
            ['http$', 'hello'],
            ['upload$', { id: 1 }],
            ['download$', 200],
            ['stream$', 'piece'],
            ['socket$', 'news'],
          ]),
        });
      },
      { simulator: { ...kind, domains: LISTS } },
    ),
  );

  it(
    'is refused by its own list, in all faces, as a domain that is not allowed',
    marbles(
      ({ wx, expectObservable }) => {
        const network = createNetwork({ wx, onRefusal: 'warn', onWarning: () => {} });

        expectObservable(
          outcomes$(faces(wx, network)).pipe(
            map((all) => all.map(([face, code]) => `${String(face)} ${String(code)}`)),
          ),
        ).toBe('(r|)', {
          r: ['http$', 'upload$', 'download$', 'stream$', 'socket$'].map((face) => `${face} domain-not-allowed`),
        });
      },
      { simulator: { ...kind, domains: {} } },
    ),
  );
});

describe('a mini game', () => {
  it(
    'has onShow and onHide, and none of the names of a mini program',
    marbles(
      ({ wx, simulator, app, expectObservable, flush }) => {
        expect(Object.keys(wx)).toEqual(expect.arrayContaining(['onShow', 'offShow', 'onHide', 'offHide']));
        expect(Object.keys(wx).filter((name) => /App(Show|Hide)$/.test(name))).toEqual([]);
        expect(wx.canIUse('onShow')).toBe(true);
        expect(wx.canIUse('onAppShow')).toBe(false);
        expectObservable(appLifecycle$({ wx }).pipe(map(({ visibility }) => visibility))).toBe('f--b--f', {
          f: 'foreground',
          b: 'background',
        });
        app('---h--s');
        flush();
        expect(simulator.wx).toBe(wx);
      },
      { simulator: { runsAs: 'mini-game' } },
    ),
  );
});

describe('a plugin', () => {
  const plugin = { appId: 'wxplugin', version: '2.1.0', token: 'secret' };

  it('lacks what plugins lack, and says which it is', () => {
    const { wx } = phone({}, { runsAs: 'plugin', plugin, appId: 'wxhost' });
    const here = (name: string) => name in wx;

    expect(['onAppShow', 'getStorageInfo', 'batchSetStorage', 'canIUse', 'getUpdateManager'].filter(here)).toEqual([]);
    expect(['login', 'setStorage', 'createUDPSocket', 'onNetworkStatusChange'].filter(here)).toHaveLength(4);
    expect(wx.getAccountInfoSync()).toMatchObject({
      miniProgram: { appId: 'wxhost' },
      plugin: { appId: 'wxplugin', version: '2.1.0' },
    });
    expect(phone({}).wx.getAccountInfoSync()).not.toHaveProperty('plugin');
  });

  it(
    'signs what it sends, in the name of the app that it runs in',
    marbles(
      ({ wx, server, flush }) => {
        const route = server.get(`${API}/me`).replies('-r|', { r: json({}) });
        wx.request({ url: `${API}/me` });
        flush();
        const header = { ...route.requests[0]?.header };
        const { noncestr, timestamp, signature } = JSON.parse(header['X-WECHAT-HOSTSIGN'] ?? '') as Record<
          string,
          string
        >;

        expect(signature).toBe(
          createHash('sha1').update(['wxhost', noncestr, timestamp, 'secret'].sort().join('')).digest('hex'),
        );
        expect(header['Referer']).toContain('/wxhost/');
      },
      { simulator: { runsAs: 'plugin', plugin, appId: 'wxhost' } },
    ),
  );

  it.each([
    ['android-cronet', "request:fail url not in plugin's domain list"],
    ['devtools', "request:fail url not in plugin's domain list"],
    ['doubled-fail', "request:fail fail:url not in plugin's domain list"],
  ] as const)('is refused in words of its own: %s', (dialect, errMsg) => {
    marbles(({ flush }) => {
      const told: string[] = [];
      const { wx } = phone({}, { runsAs: 'plugin', dialect });
      wx.request({ url: 'https://other.example.com/', fail: (failure) => told.push(failure.errMsg) });
      flush();

      expect(told).toEqual([errMsg]);
    })();
  });
});

describe('answers', () => {
  it('stand beside what a call would have said, or in its place', () => {
    const { wx } = phone(
      {},
      { answers: { getWindowInfo: { windowWidth: 320 }, getAppBaseInfo: { theme: 'dark', language: 'en' } } },
    );

    expect(wx.getWindowInfo()).toMatchObject({ windowWidth: 320, screenWidth: 393 });
    expect(wx.getAppBaseInfo()).toMatchObject({ theme: 'dark', language: 'en', SDKVersion: expect.any(String) });
  });
});
