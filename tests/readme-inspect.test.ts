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
