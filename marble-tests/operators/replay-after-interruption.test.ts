import { defer, type Observable } from 'rxjs';
import { NetworkError, replayAfterInterruption, type NetworkErrorCode } from '../../src/index.js';
import { inForeground$, marbles, obeysTheLaws } from '../../src/testing/index.js';

const events = {
  s: { type: 'sent' },
  h: { type: 'headers' },
  p: { type: 'progress' },
  c: { type: 'chunk' },
  r: { type: 'response' },
};

describe('replayAfterInterruption', () => {
  obeysTheLaws(() => replayAfterInterruption(inForeground$));

  it(
    '[BG-1] subscribes again when the app returns',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const app$ = app('    ---h-----s-----');
      const first = cold('  -s---#', events, interrupted);
      const second = cold('          -s-r|', events);
      const expected = '    -s--------s-r|';

      expectObservable(inTurn(first, second).pipe(replayAfterInterruption(app$, { when: () => true }))).toBe(
        expected,
        events,
      );
      expectSubscriptions(first.subscriptions).toBe(' ^----!');
      expectSubscriptions(second.subscriptions).toBe('---------^---!');
    }),
  );

  it(
    'ends with the interruption when the call may not be repeated',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    ---h-----s-----');
      const source = cold(' -s---#', events, interrupted);

      expectObservable(source.pipe(replayAfterInterruption(app$))).toBe('-s---#', events, interrupted);
    }),
  );

  it(
    'repeats what was never sent, whatever it does',
    marbles(({ app, cold, expectObservable }) => {
      const app$ = app('    -h-----s-----');
      const first = cold('  ---#', events, error('background'));
      const second = cold('        -s-r|', events);

      expectObservable(inTurn(first, second).pipe(replayAfterInterruption(app$))).toBe('--------s-r|', events);
    }),
  );

  it.each(['timeout', 'connection', 'aborted', 'status'] as const)(
    'does not repeat a call that ended with %s',
    (code) => {
      marbles(({ cold, expectObservable }) => {
        expectObservable(
          cold('-s-#', events, error(code)).pipe(replayAfterInterruption(inForeground$, { when: () => true })),
        ).toBe('-s-#', events, error(code));
      })();
    },
  );

  it(
    '[K5.5] repeats, after a moment, while nothing but a header and progress came, and not once a chunk has come',
    marbles(({ cold, expectObservable }) => {
      const progressed = cold(' -sph-#', events, interrupted);
      const chunked = cold('        -sc-#', events, interrupted);

      expectObservable(
        inTurn(progressed, chunked).pipe(replayAfterInterruption(inForeground$, { when: () => true })),
      ).toBe('-sph- 1s -sc-#', events, interrupted);
    }),
  );

  it(
    'takes a value that is no event for delivered, null and undefined too',
    marbles(({ cold, expectObservable }) => {
      for (const value of [null, undefined, 1]) {
        const source = cold('-v-#', { v: value }, interrupted);

        expectObservable(source.pipe(replayAfterInterruption(inForeground$, { when: () => true }))).toBe(
          '-v-#',
          { v: value },
          interrupted,
        );
      }
    }),
  );

  it(
    '[BG-2] asks again after a second where the platform refuses a call of an app that is in front',
    marbles(({ cold, expectObservable }) => {
      const refused = cold(' -#', events, error('background'));
      const second = cold('  -r|', events);

      expectObservable(inTurn(refused, second).pipe(replayAfterInterruption(inForeground$))).toBe('- 1s -r|', events);
    }),
  );

  it(
    'repeats nothing with maxReplays: 0',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-#', undefined, interrupted);

      expectObservable(source.pipe(replayAfterInterruption(inForeground$, { when: () => true, maxReplays: 0 }))).toBe(
        '-#',
        undefined,
        interrupted,
      );
    }),
  );

  it(
    '[K5.5] gives up after maxReplays, with a pause before each',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-#', undefined, interrupted);

      expectObservable(source.pipe(replayAfterInterruption(inForeground$, { when: () => true, maxReplays: 2 }))).toBe(
        '2003ms #',
        undefined,
        interrupted,
      );
      expectSubscriptions(source.subscriptions).toBe(['^!', '1001ms ^!', '2002ms ^!']);
    }),
  );

  it(
    'never subscribes again when the consumer leaves while the app is away',
    marbles(({ app, cold, expectObservable, expectSubscriptions }) => {
      const app$ = app('   -h-----s');
      const source = cold('---#', undefined, interrupted);

      expectObservable(source.pipe(replayAfterInterruption(app$, { when: () => true })), '^----!').toBe('-');
      expectSubscriptions(source.subscriptions).toBe(['^--!']);
    }),
  );

  it(
    'counts anew for each subscription',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-#', undefined, interrupted).pipe(
        replayAfterInterruption(inForeground$, { when: () => true, maxReplays: 1 }),
      );

      expectObservable(source$).toBe('1002ms #', undefined, interrupted);
      expectObservable(source$).toBe('1002ms #', undefined, interrupted);
    }),
  );

  it.each([-1, 1.5, NaN])('cannot be made with maxReplays %s', (maxReplays) => {
    expect(() => replayAfterInterruption(inForeground$, { maxReplays })).toThrow(
      new TypeError(`replayAfterInterruption: maxReplays must be a whole number from 0; got ${maxReplays}`),
    );
  });
});

function error(code: NetworkErrorCode): NetworkError {
  return new NetworkError('cut', { code, phase: 'attempt' });
}

const interrupted = error('interrupted');

/** One source a subscription. */
function inTurn<T>(...sources: Observable<T>[]): Observable<T> {
  return defer(() => sources.shift() as Observable<T>);
}
