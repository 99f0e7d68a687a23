import { catchError, EMPTY, filter, map, merge, mergeMap, NEVER, of } from 'rxjs';
import type { NetworkError } from '../../../src/index.js';
import { interrupted, refusal, timeout, url } from './call-errors.js';
import { scriptedApp } from '../scripted-app.js';
import { marbles } from '../../../src/testing/index.js';

describe('http$ and the background', () => {
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
});
