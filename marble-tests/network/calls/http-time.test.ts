import { map, merge } from 'rxjs';
import { described, timeout, url } from './call-errors.js';
import { scriptedApp } from '../scripted-app.js';
import { marbles } from '../../../src/testing/index.js';

describe('http$ and time', () => {
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
      'aborts the task before anybody hears of the timeout, who may call again at once',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const { http$, wx } = scriptedApp(helpers, '', () => cold('-'));

        http$({ url, attemptMs: 1_000 }).subscribe({ error: () => wx.log.push('heard') });
        flush();

        expect(wx.log).toEqual(['sent @0', 'aborted @2000', 'heard']);
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
});
