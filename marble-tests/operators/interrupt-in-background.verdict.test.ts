import { asyncScheduler, concat, map, mergeMap, NEVER, of, throwError, timer } from 'rxjs';
import { interruptInBackground, NetworkError, type AppState } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';
import { interrupted, platformError, state, lateBy } from './interruption.js';

describe('interruptInBackground', () => {
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
});
