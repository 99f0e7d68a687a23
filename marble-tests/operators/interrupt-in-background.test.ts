import { asyncScheduler, mergeMap, Observable, timer, type SchedulerLike } from 'rxjs';
import { interruptInBackground, NetworkError, type AppState } from '../../src/index.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';
import { inForeground$ } from '../support/in-foreground.js';

describe('interruptInBackground', () => {
  obeysTheLaws(() => interruptInBackground(inForeground$));

  it(
    '[BG-1] cuts what runs when the grace is over',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const app$ = app('    -----h----------------');
      const source = cold(' ---a-------b---c---d--');
      const subs = '        ^-----------!';
      const expected = '    ---a-------b#';

      expectObservable(source.pipe(interruptInBackground(app$, { graceMs: 7 }))).toBe(
        expected,
        undefined,
        interrupted(7),
      );
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    '[BG-1] gives five seconds of grace unless told otherwise',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    -h');
      const source = cold(' a');

      expectObservable(source.pipe(interruptInBackground(app$))).toBe('a 5000ms #', undefined, interrupted(5000));
    }),
  );

  it(
    '[BG-1] counts from the hiding, not from the call',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    -h         ');
      const source = cold('    a-----b--');
      const expected = '    ---a----#  ';

      const late$ = timer(3).pipe(mergeMap(() => source.pipe(interruptInBackground(app$, { graceMs: 7 }))));

      expectObservable(late$).toBe(expected, undefined, interrupted(7));
    }),
  );

  it(
    'spares a call whose app returns within the grace',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    -h-----s-h-----s---');
      const source = cold(' ---a-------b---c--|');
      const expected = '    ---a-------b---c--|';

      expectObservable(source.pipe(interruptInBackground(app$, { graceMs: 7 }))).toBe(expected);
    }),
  );

  it(
    'takes an app whose platform does not tell for one in front',
    marbles(({ cold, hot, expectObservable }) => {
      const app$ = hot<AppState>('u', { u: { visibility: 'unknown', since: 0, awayMs: 0 } });

      expectObservable(cold('--a 6s b|').pipe(interruptInBackground(app$))).toBe('--a 6s b|');
    }),
  );

  it(
    'makes a timeout in an attempt that the background has cut an interruption',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    -h--------s---');
      const source = cold(' -----------#  ', undefined, platformError('timeout', 'request:fail timeout', 5));
      const expected = '    -----------#  ';

      expectObservable(source.pipe(interruptInBackground(frozen(app$), { graceMs: 7 }))).toBe(
        expected,
        undefined,
        new NetworkError('request:fail timeout', {
          code: 'interrupted',
          rule: 'BG-1',
          phase: 'attempt',
          errno: 5,
          errMsg: 'request:fail timeout',
        }),
      );
    }),
  );

  it(
    'leaves a timeout alone that the background had no part in',
    marbles(({ app, cold, expectObservable }) => {
      const timeout = platformError('timeout', 'request:fail timeout', 5);

      expectObservable(
        cold('--------#', undefined, timeout).pipe(interruptInBackground(app('-h--s'), { graceMs: 7 })),
      ).toBe('--------#', undefined, timeout);
    }),
  );

  it(
    '[BG-2] makes an interruption of a call that was made in the background a refusal',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    h------');
      const source = cold(' --#    ', undefined, platformError('interrupted', 'request:fail interrupted', 600003));
      const expected = '    --#    ';

      expectObservable(source.pipe(interruptInBackground(app$, { graceMs: 7 }))).toBe(
        expected,
        undefined,
        new NetworkError('request:fail interrupted', {
          code: 'background',
          rule: 'BG-2',
          phase: 'attempt',
          errno: 600003,
          errMsg: 'request:fail interrupted',
        }),
      );
    }),
  );

  it(
    'keeps the interruption of a call that was made in the background and cut by it',
    marbles(({ app, cold, expectObservable }) => {
      const cut = platformError('interrupted', 'request:fail interrupted', 600003);
      const app$ = app('    h-------');
      const source = cold(' -------#', undefined, cut);
      const expected = '    -------#';

      // Our own timer is late, so that the platform has the word.
      expectObservable(source.pipe(interruptInBackground(app$, { graceMs: 7, scheduler: lateBy(1) }))).toBe(
        expected,
        undefined,
        cut,
      );
    }),
  );

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
    'hands an error of the lifecycle on, and lets go of the source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const app$ = cold<AppState>('--#');
      const source = cold('        a---');
      const subs = '               ^-!';
      const expected = '           a-#';

      expectObservable(source.pipe(interruptInBackground(app$))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('cannot be made with a grace that no timer can wait', () => {
    expect(() => interruptInBackground(inForeground$, { graceMs: -1 })).toThrow(
      new RangeError('interruptInBackground: graceMs must be a positive number of milliseconds below 2^31; got -1'),
    );
  });
});

function interrupted(graceMs: number): NetworkError {
  return new NetworkError(`the app was in the background for ${graceMs} ms, and the platform cuts every call then`, {
    code: 'interrupted',
    rule: 'BG-1',
    phase: 'attempt',
  });
}

function platformError(code: 'interrupted' | 'timeout', errMsg: string, errno: number): NetworkError {
  return new NetworkError(errMsg, {
    code,
    rule: code === 'interrupted' ? 'BG-1' : undefined,
    phase: 'attempt',
    errno,
    errMsg,
  });
}

/** The lifecycle as a frozen thread hears of it: both events, one after the other, at the return. */
function frozen(app$: Observable<AppState>): Observable<AppState> {
  return new Observable((subscriber) => {
    let hidden: AppState | undefined;
    return app$.subscribe((state) => {
      if (state.visibility === 'background') {
        hidden = state;
        return;
      }
      if (hidden) subscriber.next(hidden);
      hidden = undefined;
      subscriber.next(state);
    });
  });
}

/** A clock whose timers fire late, as they do after a freeze. */
function lateBy(ms: number): SchedulerLike {
  return {
    now: () => asyncScheduler.now(),
    schedule: (work, delay = 0, state) => asyncScheduler.schedule(work as never, delay + ms, state),
  };
}
