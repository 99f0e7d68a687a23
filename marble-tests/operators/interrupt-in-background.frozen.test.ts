import { NEVER } from 'rxjs';
import { interruptInBackground } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';
import { interrupted, frozen, lateBy } from './interruption.js';

describe('interruptInBackground', () => {
  describe('when the thread was frozen with the app', () => {
    it(
      'waits for the platform’s verdict until a second after the return',
      marbles(({ app, cold, expectObservable }) => {
        const app$ = app('    -h 20s s');
        const source = cold(' a');

        // Its timers are not run while the app is away, so ours never fires in time.
        const result$ = source.pipe(interruptInBackground(frozen(app$)));

        expectObservable(result$).toBe('a 20001ms 1000ms #', undefined, interrupted(5000));
      }),
    );

    it(
      'believes a late answer',
      marbles(({ app, cold, expectObservable }) => {
        const app$ = app('    -h 20s s--');
        const source = cold(' -- 20s -r|');

        expectObservable(source.pipe(interruptInBackground(frozen(app$)))).toBe('-- 20s -r|');
      }),
    );

    it(
      'keeps the verdict though the app is hidden again before it, for a moment only',
      marbles(({ app, cold, expectObservable }) => {
        const app$ = app('    -h 20s s 500ms h 500ms s');
        const source = cold(' a');

        expectObservable(source.pipe(interruptInBackground(frozen(app$)))).toBe(
          'a 21001ms #',
          undefined,
          interrupted(5000),
        );
      }),
    );

    it(
      'does not trust its own timer when that fires late, before the return is told',
      marbles(({ app, cold, expectObservable }) => {
        const app$ = app('    -h 20s --s');
        const source = cold(' -- 20s ---r|');
        const late = lateBy(6_000);

        expectObservable(source.pipe(interruptInBackground(app$, { scheduler: late }))).toBe('-- 20s ---r|');
      }),
    );
  });

  it(
    'takes a timer for late, not for frozen, up to half a second',
    marbles(({ app, expectObservable }) => {
      const result$ = (ms: number) =>
        NEVER.pipe(interruptInBackground(app('h'), { graceMs: 7, scheduler: lateBy(ms) }));

      expectObservable(result$(500)).toBe('507ms #', undefined, interrupted(7));
      expectObservable(result$(501)).toBe('-');
    }),
  );
});
