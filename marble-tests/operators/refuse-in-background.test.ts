import { NetworkError, refuseInBackground } from '../../src/index.js';
import { inForeground$, marbles, obeysTheLaws } from '../../src/testing/index.js';

describe('refuseInBackground', () => {
  obeysTheLaws(() => refuseInBackground(inForeground$));

  it(
    '[BG-2] fails at once in the background',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const app$ = app('    h----s--');
      const source = cold(' --a|');
      const expected = '    #';

      expectObservable(source.pipe(refuseInBackground(app$))).toBe(
        expected,
        undefined,
        new NetworkError('the app is in the background, where no call can be made; not sent', {
          code: 'background',
          rule: 'BG-2',
          phase: 'check',
        }),
      );
      expectSubscriptions(source.subscriptions).toBe([]);
    }),
  );

  it(
    'lets what runs go on when the app is hidden',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    --h-------');
      const source = cold(' -a---b--c|');
      const expected = '    -a---b--c|';

      expectObservable(source.pipe(refuseInBackground(app$))).toBe(expected);
    }),
  );
});
