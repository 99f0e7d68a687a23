import {
  asyncScheduler,
  concat,
  map,
  mergeMap,
  NEVER,
  Observable,
  of,
  throwError,
  timer,
  VirtualTimeScheduler,
  type SchedulerLike,
} from 'rxjs';
import { interruptInBackground, NetworkError, type AppState } from '../../src/index.js';
import { inForeground$, marbles, obeysTheLaws } from '../../src/testing/index.js';

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

  describe('when the platform gives its verdict', () => {
    const cut = platformError('interrupted', 'request:fail interrupted', 600003);
    const refused = new NetworkError('request:fail interrupted', {
      code: 'background',
      rule: 'BG-2',
      phase: 'attempt',
      errno: 600003,
      errMsg: 'request:fail interrupted',
    });
    // A change of network interrupts too.
    const offline = new NetworkError('request:fail cancel all task', { code: 'interrupted', phase: 'attempt' });
    const aborted = new NetworkError('request:fail abort', { code: 'aborted', rule: 'BG-1', phase: 'attempt' });

    it.each([
      ['a refusal: called later in the background, within the grace', 'h            ', 2, 4, cut, refused],
      ['a refusal: the same, told after the return', '                  h---s        ', 2, 5, cut, refused],
      ['a refusal: called in the background when the grace was over', ' h            ', 7, 9, cut, refused],
      ['an interruption: called in one background, cut by the next', '  h---------s-h', 8, 19, cut, cut],
      ['an interruption: called and cut in front', '                    -            ', 0, 3, cut, cut],
      ['an interruption: called in front, cut early', '                 ---h         ', 0, 5, cut, cut],
      ['as it came: another interruption, later in the background', '   h            ', 2, 4, offline, offline],
      ['as it came: another interruption, in the turn of the hiding', ' h            ', 0, 4, offline, offline],
      ['as it came: another error, later in the background', '          h            ', 2, 4, aborted, aborted],
      ['as it came: another error, in the turn of the hiding', '        h            ', 0, 4, aborted, aborted],
    ])('[BG-2] takes it for %s', (_, lane, calledAt, failsAt, error, expected) => {
      marbles(({ app, expectObservable }) => {
        const options = { graceMs: 7, scheduler: lateBy(1) };
        const call$ = timer(failsAt - calledAt).pipe(
          mergeMap(() => throwError(() => error)),
          interruptInBackground(app(lane), options),
        );

        expectObservable(timer(calledAt).pipe(mergeMap(() => call$))).toBe(`${failsAt}ms #`, undefined, expected);
      })();
    });

    it.each([
      ['a refusal before the grace is over', 6, refused],
      ['an interruption after it', 7, cut],
    ])('[BG-2] takes it, for a call made in the turn of the hiding, for %s', (_, failsAfter, expected) => {
      marbles(({ expectObservable }) => {
        const hidden = (): AppState => ({ visibility: 'background', since: asyncScheduler.now(), awayMs: 0 });
        // Heard of in the turn of the call, but after it.
        const app$ = concat(of(state('foreground', 0)), timer(0).pipe(map(hidden)), NEVER);
        const call$ = timer(failsAfter).pipe(
          mergeMap(() => throwError(() => cut)),
          interruptInBackground(app$, { graceMs: 7, scheduler: lateBy(1) }),
        );

        expectObservable(timer(3).pipe(mergeMap(() => call$))).toBe(`${3 + failsAfter}ms #`, undefined, expected);
      })();
    });

    it(
      'remembers that the call was cut, though the app is hidden again for a moment',
      marbles(({ cold, hot, expectObservable }) => {
        const states = { s: state('foreground', 20, 19), h: state('background', 25), t: state('foreground', 28, 3) };
        const app$ = () => hot<AppState>(' 20ms s----h--t', states);
        const timeout = platformError('timeout', 'request:fail timeout', 5);
        const source = cold('              20ms -------#  ', undefined, timeout);

        expectObservable(NEVER.pipe(interruptInBackground(app$(), { graceMs: 7 }))).toBe(
          '1020ms #',
          undefined,
          interrupted(7),
        );
        expectObservable(source.pipe(interruptInBackground(app$(), { graceMs: 7 }))).toBe(
          '20ms -------#',
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
      'hands on what is no timeout, or no error of ours, though the call was cut',
      marbles(({ cold, hot, expectObservable }) => {
        const app$ = hot<AppState>('20ms s', { s: state('foreground', 20, 19) });
        const lookalike = Object.assign(new Error('request:fail timeout'), { code: 'timeout' });

        for (const error of [aborted, lookalike]) {
          const source = cold('     20ms -#', undefined, error);
          expectObservable(source.pipe(interruptInBackground(app$, { graceMs: 7 }))).toBe('20ms -#', undefined, error);
        }
      }),
    );

    it(
      'hands on what comes before the app has told its state',
      marbles(({ cold, expectObservable }) => {
        expectObservable(cold('-#', undefined, cut).pipe(interruptInBackground(NEVER))).toBe('-#', undefined, cut);
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

  it('takes its timer back when the consumer leaves', () => {
    const scheduler = new VirtualTimeScheduler();
    const app$ = concat(of(state('background', 0)), NEVER);

    NEVER.pipe(interruptInBackground(app$, { scheduler })).subscribe().unsubscribe();

    expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
  });

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

function state(visibility: AppState['visibility'], since: number, awayMs = 0): AppState {
  return { visibility, since, awayMs };
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
