import { existsSync } from 'node:fs';
import type { Subscription } from 'rxjs';
import type { Http } from '../src/index.js';
import { json, marbles } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf } from './support/readme.js';

describe.each([
  ['en', ENGLISH],
  ['zh', CHINESE],
])('guide/inspect.md, %s', (_, pages) => {
  // sendToDesk says that it takes a place.
  beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'wx');
    jest.restoreAllMocks();
  });

  it(
    'a slow call is explained',
    marbles(({ simulator, server, flush }) => {
      Object.assign(globalThis, { wx: simulator.wx });
      const load = loaderOf(pages);
      const { http$ } = load<{ readonly http$: Http }>('network');
      server.get('https://api.example.com/feed').replies('4s r|', { r: json({}) });
      const told: string[] = [];
      const { watchSlowCalls } = load<{ watchSlowCalls(tell: (sentence: string) => void): Subscription }>(
        'inspect-records',
      );
      const life = watchSlowCalls((sentence) => told.push(sentence));
      http$('https://api.example.com/feed').subscribe();
      flush();
      life.unsubscribe();

      expect(told).toEqual([expect.stringMatching(/^GET \/feed took 4\.\d s: 4\.\d s until the server answered\.$/)]);
    }),
  );

  it('a kit that keeps the records of what fails leaves nothing of what passes', () => {
    const { marbles: kept } = loaderOf(pages)<{ readonly marbles: typeof marbles }>('records-kit');
    kept(({ wx, server }) => {
      server.get('https://api.example.com/feed').replies('r|', { r: json({}) });
      wx.request({ url: 'https://api.example.com/feed' });
    })();

    expect(existsSync('test-records')).toBe(false);
  });

  it(
    'samples go out, and do not report themselves',
    marbles(({ simulator, server, flush }) => {
      Object.assign(globalThis, { wx: simulator.wx });
      const load = loaderOf(pages);
      const { http$ } = load<{ readonly http$: Http }>('network');
      server.get('https://api.example.com/feed').replies('6s r|', { r: json({}) });
      server.post('https://api.example.com/network-reports').replies('-r|', { r: json({}) });
      const { reportSamples } = load<{ reportSamples(random: () => number): Subscription }>('inspect-sample');
      const life = reportSamples(() => 1);
      http$('https://api.example.com/feed').subscribe();
      flush();
      life.unsubscribe();

      expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'GET https://api.example.com/feed',
        'POST https://api.example.com/network-reports',
      ]);
    }),
  );

  describe('the reports of the recipe', () => {
    const REPORTS = 'https://api.example.com/network-reports';
    interface Reports {
      readonly reports: readonly { readonly url: string; readonly status?: number; readonly error?: string }[];
    }
    const reported = (bodies: readonly { readonly text: string }[]) =>
      bodies.map(({ text }) =>
        (JSON.parse(text) as Reports).reports.map(({ url, status, error }) => `${url} ${status ?? error}`),
      );

    const start = (wx: object, random: () => number = () => 1) => {
      Object.assign(globalThis, { wx });
      const load = loaderOf(pages);
      const { http$ } = load<{ readonly http$: Http }>('network');
      const { reportCalls } = load<{ reportCalls(random: () => number): Subscription }>('network-reports');
      const life = reportCalls(random);
      return { get: (path: string) => http$(path).subscribe({ error: () => undefined }), life };
    };

    it(
      'have what failed or was slow, together, and not themselves',
      marbles(({ simulator, server, flush, app }) => {
        const api = 'https://api.example.com';
        server.get(`${api}/quick`).alwaysReplies('r|', { r: json({}) });
        server.get(`${api}/slow`).replies('6s r|', { r: json({}) });
        server.get(`${api}/broken?token=7`).replies('r|', { r: json({}, { status: 500 }) });
        const reports = server.post(REPORTS).alwaysReplies('6s r|', { r: json({}) });
        const samples = [0.5, 0.001];
        const { get, life } = start(simulator.wx, () => samples.shift() ?? 1);
        for (const path of ['/quick', '/quick', '/slow', '/broken?token=7']) get(path);
        app('100s h').subscribe();
        flush();
        life.unsubscribe();

        expect(reported(reports.requests)).toEqual([
          [`${api}/quick 200`, `${api}/broken?token=*** 500`, `${api}/slow 200`],
        ]);
      }),
    );

    it(
      'come when there is a network again, though the app was killed meanwhile',
      marbles(({ simulator, server, flush, app }) => {
        simulator.setNetwork('none');
        const { get } = start(simulator.wx);
        get('/feed');
        app('2s h').subscribe();
        flush();
        simulator.destroy();
        simulator.restart();

        simulator.setNetwork('wifi');
        const reports = server.post(REPORTS).alwaysReplies('r|', { r: json({}) });
        start(simulator.wx);
        flush();
        expect(reported(reports.requests)).toEqual([['https://api.example.com/feed offline']]);
      }),
    );

    it(
      'leave nothing behind where the server does not want them',
      marbles(({ simulator, server, flush, app }) => {
        server.get('https://api.example.com/feed').replies('r|', { r: json({}, { status: 503 }) });
        const reports = server.post(REPORTS).replies('r|', { r: json({}, { status: 400 }) });
        start(simulator.wx).get('/feed');
        app('40s h').subscribe();
        flush();

        expect(reports.requests).toHaveLength(1);
        expect(simulator.wx.getStorageInfoSync().keys).toEqual([]);
      }),
    );
  });

  it(
    'the desk is asked for on the local network',
    marbles(({ simulator }) => {
      Object.assign(globalThis, { wx: simulator.wx });
      const { desk } = loaderOf(pages)<{ readonly desk: Subscription }>('inspect-desk');

      expect(desk.closed).toBe(false);
      desk.unsubscribe();
    }),
  );
});
