import { defer, EMPTY, Observable, take, type MonoTypeOperatorFunction } from 'rxjs';
import { marbles } from './marbles.js';

/**
 * What every policy operator must do when its policy has nothing to say.
 *
 * @param makeIdle - Makes the operator anew, so configured that it lets everything pass.
 * @param values - Values for the marbles `a`, `b` and `c`, where the operator does not take strings.
 */
export function obeysTheLaws<T>(
  makeIdle: () => MonoTypeOperatorFunction<T>,
  values?: { readonly a: T; readonly b: T; readonly c: T },
): void {
  const letters = (values ?? { a: 'a', b: 'b', c: 'c' }) as { a: T; b: T; c: T };

  describe('when the policy has nothing to say', () => {
    it.each(['--a--b--|', '|', '-', '--a--#', '#', '(ab|)', 'a-#'])('mirrors %s', (source) => {
      marbles(({ cold, expectObservable }) => {
        // Left after ten frames, so that an operator with a deadline need not outlast it.
        expectObservable(cold(source, letters).pipe(makeIdle()), '^---------!').toBe(source, letters);
      })();
    });

    it(
      'lets go of its source in the frame the consumer leaves',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('--a--b--c--', letters);
        const leaves = '     ^-----!    ';
        const expected = '   --a--b-    ';

        expectObservable(source.pipe(makeIdle()), leaves).toBe(expected, letters);
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
