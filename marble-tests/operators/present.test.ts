import { NEVER, share, type Observable } from 'rxjs';
import {
  holdInBackground,
  refuseInBackground,
  replayAfterInterruption,
  timeLimit,
  type AppState,
} from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

const operators: readonly [
  string,
  (app$: Observable<AppState>) => (source: Observable<string>) => Observable<string>,
][] = [
  ['holdInBackground', (app$) => holdInBackground(app$)],
  ['refuseInBackground', (app$) => refuseInBackground(app$)],
  ['replayAfterInterruption', (app$) => replayAfterInterruption(app$)],
  ['timeLimit', (app$) => timeLimit({ attemptMs: 3, app$ })],
  ['timeLimit', (app$) => timeLimit({ totalMs: 3, app$ })],
];

describe.each(operators)('%s, with a lifecycle that does not replay its present state', (name, operator) => {
  it(
    'says so at once, and subscribes to nothing',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a|');
      const expected = '#';
      const error = new TypeError(`${name}: app$ must replay its present state, as appLifecycle$ does`);
      // For the first subscriber it does, for the second it does not.
      const shared$ = app('----h').pipe(share());
      shared$.subscribe();

      expectObservable(source.pipe(operator(NEVER))).toBe(expected, undefined, error);
      expectObservable(source.pipe(operator(shared$))).toBe(expected, undefined, error);
      expectSubscriptions(source.subscriptions).toBe([]);
    }),
  );
});
