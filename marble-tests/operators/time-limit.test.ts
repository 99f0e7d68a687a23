import { defer, NEVER } from 'rxjs';
import { NetworkError, timeLimit } from '../../src/index.js';
import { inForeground$, marbles, obeysTheLaws } from '../../src/testing/index.js';

describe('timeLimit', () => {
  obeysTheLaws(() => timeLimit({ attemptMs: 60_000, idleMs: 60_000, app$: inForeground$ }));
  obeysTheLaws(() => timeLimit({ totalMs: 60_000, app$: inForeground$ }));

  it(
    '[TIME-1] ends an attempt that takes too long, or is silent for too long',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('   --a-----b----c--|');
      const attempt = '       --a-----b--#';
      const idle = '          --a---#';

      expectObservable(source.pipe(timeLimit({ attemptMs: 11 }))).toBe(
        attempt,
        undefined,
        timeout('attemptMs', 11, 'attempt'),
      );
      expectObservable(source.pipe(timeLimit({ idleMs: 4 }))).toBe(idle, undefined, timeout('idleMs', 4, 'attempt'));
      expectSubscriptions(source.subscriptions).toBe(['^----------!', '^-----!']);
    }),
  );

  it(
    'counts idleMs before the first event too',
    marbles(({ expectObservable }) => {
      expectObservable(NEVER.pipe(timeLimit({ idleMs: 4 }))).toBe('----#', undefined, timeout('idleMs', 4, 'attempt'));
    }),
  );

  it(
    'lets a source go that ends in time',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('--a--b|').pipe(timeLimit({ attemptMs: 7, idleMs: 4 }))).toBe('--a--b|');
    }),
  );

  it(
    'starts anew with each subscription',
    marbles(({ cold, expectObservable }) => {
      const limit = timeLimit({ attemptMs: 4 });
      const expected = timeout('attemptMs', 4, 'attempt');

      expectObservable(NEVER.pipe(limit)).toBe('----#', undefined, expected);
      expectObservable(cold('---|').pipe(() => defer(() => NEVER.pipe(limit)))).toBe('----#', undefined, expected);
    }),
  );

  it(
    '[BG-1] leaves an attempt that the background is cutting to the interruption, until two seconds after the return',
    marbles(({ app, expectObservable }) => {
      const expected = timeout('attemptMs', 9_000, 'attempt');
      const attempt = { attemptMs: 9_000 };

      expectObservable(NEVER.pipe(timeLimit({ ...attempt, app$: app('-h') }))).toBe('-');
      expectObservable(NEVER.pipe(timeLimit({ idleMs: 9_000, app$: app('-h') }))).toBe('-');
      expectObservable(NEVER.pipe(timeLimit({ ...attempt, app$: app('-h 10s s') }))).toBe(
        '12002ms #',
        undefined,
        expected,
      );
      // It is met after the return.
      expectObservable(NEVER.pipe(timeLimit({ ...attempt, app$: app('-h 8s s') }))).toBe('11s #', undefined, expected);
    }),
  );

  it(
    'hears the source while the interruption has the word',
    marbles(({ app, cold, expectObservable }) => {
      const source = cold('   10s -a 20s |');
      const idle = timeLimit({ idleMs: 9_000, app$: app('-h 8s s') });

      expectObservable(source.pipe(idle)).toBe('10s -a 10999ms #', undefined, timeout('idleMs', 9_000, 'attempt'));
    }),
  );

  it(
    'ends an attempt in a background too short to cut it',
    marbles(({ app, expectObservable }) => {
      const expected = timeout('attemptMs', 9_000, 'attempt');

      expectObservable(NEVER.pipe(timeLimit({ attemptMs: 9_000, app$: app('-h 2s s') }))).toBe(
        '9s #',
        undefined,
        expected,
      );
      expectObservable(NEVER.pipe(timeLimit({ attemptMs: 9_000, app$: app('- 8s h') }))).toBe(
        '9s #',
        undefined,
        expected,
      );
    }),
  );

  it(
    'ignores a background that ended before the attempt began',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('-h 8s s');
      const attempt$ = NEVER.pipe(timeLimit({ attemptMs: 3, app$ }));

      expectObservable(
        cold('- 9s -(a|)').pipe(() => attempt$),
        '- 9s -^',
      ).toBe('- 9s ----#', undefined, timeout('attemptMs', 3, 'attempt'));
    }),
  );

  it(
    'does not count the background into totalMs',
    marbles(({ app, expectObservable }) => {
      const app$ = app('  --h----s---h--s----');
      const expected = '  ---------------#'; // 2 + 4 + 1 in front

      expectObservable(NEVER.pipe(timeLimit({ totalMs: 7, app$ }))).toBe(
        expected,
        undefined,
        timeout('totalMs', 7, 'total'),
      );
    }),
  );

  it(
    '[BG-1] ends the whole call though the background has cut an attempt of it',
    marbles(({ app, expectObservable }) => {
      expectObservable(NEVER.pipe(timeLimit({ totalMs: 9_000, app$: app('-h 8s s') }))).toBe(
        '17001ms #',
        undefined,
        timeout('totalMs', 9_000, 'total'),
      );
    }),
  );

  it(
    'counts all of the time into totalMs where nobody tells of the background',
    marbles(({ expectObservable }) => {
      expectObservable(NEVER.pipe(timeLimit({ totalMs: 7 }))).toBe(
        '-------#',
        undefined,
        timeout('totalMs', 7, 'total'),
      );
    }),
  );

  it.each([
    [{ attemptMs: 0 }, 'timeLimit: attemptMs must be a positive number of milliseconds below 2^31; got 0'],
    [{ idleMs: -1 }, 'timeLimit: idleMs must be a positive number of milliseconds below 2^31; got -1'],
    [{ totalMs: NaN }, 'timeLimit: totalMs must be a positive number of milliseconds below 2^31; got NaN'],
    [
      { attemptMs: Infinity },
      'timeLimit: attemptMs must be a positive number of milliseconds below 2^31; got Infinity',
    ],
    [{}, 'timeLimit: expected attemptMs, idleMs or totalMs; got none of them'],
  ])('cannot be made with %j', (limit, message) => {
    expect(() => timeLimit(limit)).toThrow(new TypeError(message));
  });
});

function timeout(name: string, ms: number, phase: 'attempt' | 'total'): NetworkError {
  return new NetworkError(`it took longer than ${name} allows, ${ms} ms`, { code: 'timeout', rule: 'TIME-1', phase });
}
