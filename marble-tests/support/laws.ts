import { defer, EMPTY, Observable, take, type OperatorFunction } from 'rxjs';
import { marbles } from './marbles.js';

interface Letters<T> {
  readonly a: T;
  readonly b: T;
  readonly c: T;
}

/**
 * What every policy operator must do when its policy has nothing to say.
 *
 * @param makeIdle - Makes the operator anew, so configured that it lets everything pass.
 * @param values - Values for the marbles `a`, `b` and `c`, where the operator does not take strings.
 * @param results - What becomes of them, where the operator makes something else of a value.
 */
export function obeysTheLaws<T, R = T>(
  makeIdle: () => OperatorFunction<T, R>,
  values?: Letters<T>,
  results?: Letters<R>,
): void {
  const letters = (values ?? { a: 'a', b: 'b', c: 'c' }) as { a: T; b: T; c: T };
  const expectedLetters = (results ?? letters) as { a: R; b: R; c: R };

  describe('when the policy has nothing to say', () => {
    it.each(['--a--b--|', '|', '-', '--a--#', '#', '(ab|)', 'a-#'])('mirrors %s', (source) => {
      marbles(({ cold, expectObservable }) => {
        // Left after ten frames, so that an operator with a deadline need not outlast it.
        expectObservable(cold(source, letters).pipe(makeIdle()), '^---------!').toBe(source, expectedLetters);
      })();
    });

    it(
      'lets go of its source in the frame the consumer leaves',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('--a--b--c--', letters);
        const leaves = '     ^-----!    ';
        const expected = '   --a--b-    ';

        expectObservable(source.pipe(makeIdle()), leaves).toBe(expected, expectedLetters);
        expectSubscriptions(source.subscriptions).toBe(leaves);
      }),
    );

    it('does nothing before it is subscribed, and everything again each time', () => {
      let subscriptions = 0;
      const source$ = defer(() => {
        subscriptions++;
        return EMPTY;
      }) as Observable<T>;

      const result$ = source$.pipe(makeIdle());
      expect(subscriptions).toBe(0);

      result$.subscribe();
      result$.subscribe();
      expect(subscriptions).toBe(2);
    });

    it('stops a synchronous source as soon as the consumer has had enough', () => {
      let emitted = 0;
      const firehose$ = new Observable<T>((subscriber) => {
        for (let index = 0; index < 1_000 && !subscriber.closed; index++) {
          emitted++;
          subscriber.next(letters.a);
        }
        subscriber.complete();
      });

      firehose$.pipe(makeIdle(), take(3)).subscribe();

      expect(emitted).toBe(3);
    });
  });
}
