import { defer, EMPTY, Observable, take, type OperatorFunction } from 'rxjs';
import { kitSettings, type KitOptions } from './kit-options.js';
import { marbles } from './marbles.js';

/** One value for each letter of the laws' diagrams. */
export interface LawLetters<T> {
  readonly a: T;
  readonly b: T;
  readonly c: T;
}

/** What the laws need to know of an operator, and of the runner. */
export interface LawOptions<T, R = T> extends KitOptions {
  /** Values for the marbles `a`, `b` and `c`, where the operator does not take strings. */
  readonly values?: LawLetters<T> | undefined;
  /** What becomes of them, where the operator makes something else of a value. @defaultValue `values` */
  readonly results?: LawLetters<R> | undefined;
  /** @defaultValue the global one; with `node:test`, pass its own */
  readonly describe?: ((name: string, body: () => void) => unknown) | undefined;
  /** @defaultValue the global one; with `node:test`, pass its own */
  readonly it?: ((name: string, body: () => void) => unknown) | undefined;
}

/**
 * Declares the tests of what every policy operator must do when its policy has nothing to say: it mirrors its source,
 * lets go of it with its consumer, does nothing before it is subscribed, and stops a synchronous source.
 *
 * ```text
 * source  --a--b--c--
 * leaves  ^-----!
 * result  --a--b-
 * ```
 *
 * @example
 * ```ts
 * describe('retryTwice', () => {
 *   obeysTheLaws(() => retryTwice());
 * });
 * ```
 *
 * @param makeIdle - Makes the operator anew, so configured that it lets everything pass.
 */
export function obeysTheLaws<T = string, R = T>(
  makeIdle: () => OperatorFunction<T, R>,
  { values, results, describe = globalNamed('describe'), it = globalNamed('it'), ...kitOptions }: LawOptions<T, R> = {},
): void {
  const { assertDeepEqual } = kitSettings(kitOptions);
  const letters = { ...((values ?? { a: 'a', b: 'b', c: 'c' }) as LawLetters<T>) };
  const expectedLetters = { ...((results ?? letters) as LawLetters<R>) };

  describe('when the policy has nothing to say', () => {
    for (const source of ['--a--b--|', '|', '-', '--a--#', '#', '(ab|)', 'a-#']) {
      it(
        `mirrors ${source}`,
        marbles(({ cold, expectObservable }) => {
          // Left after ten frames, so that an operator with a deadline need not outlast it.
          expectObservable(cold(source, letters).pipe(makeIdle()), '^---------!').toBe(source, expectedLetters);
        }, kitOptions),
      );
    }

    it(
      'lets go of its source in the frame the consumer leaves',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('--a--b--c--', letters);
        const leaves = '     ^-----!    ';
        const expected = '   --a--b-    ';

        expectObservable(source.pipe(makeIdle()), leaves).toBe(expected, expectedLetters);
        expectSubscriptions(source.subscriptions).toBe(leaves);
      }, kitOptions),
    );

    it('does nothing before it is subscribed, and everything again each time', () => {
      let subscriptions = 0;
      const source$ = defer(() => {
        subscriptions++;
        return EMPTY;
      }) as Observable<T>;

      const result$ = source$.pipe(makeIdle());
      assertDeepEqual(subscriptions, 0);

      result$.subscribe();
      result$.subscribe();
      assertDeepEqual(subscriptions, 2);
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

      assertDeepEqual(emitted, 3);
    });
  });
}

function globalNamed(name: 'describe' | 'it'): (title: string, body: () => void) => unknown {
  const found = (globalThis as Readonly<Record<string, unknown>>)[name];
  if (typeof found === 'function') return found as (title: string, body: () => void) => unknown;
  throw new TypeError(`obeysTheLaws: there is no global ${name} here; pass your runner's: { describe, it }`);
}
