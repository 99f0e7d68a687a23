import { holdInBackground } from '../../src/index.js';
import { inForeground$, marbles, obeysTheLaws } from '../../src/testing/index.js';

describe('holdInBackground', () => {
  obeysTheLaws(() => holdInBackground(inForeground$));

  it(
    '[BG-2] subscribes in the frame the app returns',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const app$ = app('    h-----s---');
      const source = cold('       --a|');
      const subs = '        ------^--!';
      const expected = '    --------a|';

      expectObservable(source.pipe(holdInBackground(app$))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'lets what runs go on when the app is hidden',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    --h-------');
      const source = cold(' -a---b--c|');
      const expected = '    -a---b--c|';

      expectObservable(source.pipe(holdInBackground(app$))).toBe(expected);
    }),
  );

  it(
    'never subscribes what leaves while it is held',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a|');

      expectObservable(source.pipe(holdInBackground(app('h---s'))), '^-!').toBe('-');
      expectSubscriptions(source.subscriptions).toBe([]);
    }),
  );
});
