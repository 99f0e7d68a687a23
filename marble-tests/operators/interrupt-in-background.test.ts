import { concat, mergeMap, NEVER, of, timer, VirtualTimeScheduler } from 'rxjs';
import { interruptInBackground, NetworkError, type AppState } from '../../src/index.js';
import { inForeground$, marbles, obeysTheLaws } from '../../src/testing/index.js';
import { interrupted, platformError, state, frozen, lateBy } from './interruption.js';

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

  it('takes its timer back when the consumer leaves', () => {
    const scheduler = new VirtualTimeScheduler();
    const app$ = concat(of(state('background', 0)), NEVER);

    NEVER.pipe(interruptInBackground(app$, { scheduler })).subscribe().unsubscribe();

    expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
  });

  it('cannot be made with a grace that no timer can wait', () => {
    expect(() => interruptInBackground(inForeground$, { graceMs: -1 })).toThrow(
      new TypeError('interruptInBackground: graceMs must be a positive number of milliseconds below 2^31; got -1'),
    );
  });
});
