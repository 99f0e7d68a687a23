import { interval, map, observeOn, take } from 'rxjs';
import { realTime } from '../../src/simulator/real-time.js';
import { marbles } from '../../src/testing/index.js';

describe('realTime in TestScheduler.run', () => {
  it(
    'is virtual, what is due at once too',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -a-b-|');
      const expected = '     -a-b-|';

      expectObservable(source.pipe(observeOn(realTime))).toBe(expected);
    }),
  );

  it(
    'is virtual for what is due later',
    marbles(({ expectObservable }) => {
      const expected = '--a-b-(c|)';

      expectObservable(
        interval(2, realTime).pipe(
          take(3),
          map((tick) => 'abc'.charAt(tick)),
        ),
      ).toBe(expected);
    }),
  );
});
