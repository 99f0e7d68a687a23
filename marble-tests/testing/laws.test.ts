import { defer, delay, map, NEVER, Observable, type MonoTypeOperatorFunction } from 'rxjs';
import { createTestKit, obeysTheLaws } from '../../src/testing/index.js';

describe('obeysTheLaws', () => {
  describe('of an operator that lets all pass', () => {
    obeysTheLaws(() => map((value: string) => value));
  });

  describe('of one that makes something else of a value', () => {
    obeysTheLaws(() => map((value: number) => `${value}`), {
      values: { a: 1, b: 2, c: 3 },
      results: { a: '1', b: '2', c: '3' },
    });
  });

  const LETS_GO = 'lets go of its source in the frame the consumer leaves';
  const LAZY = 'does nothing before it is subscribed, and everything again each time';
  const STOPS = 'stops a synchronous source as soon as the consumer has had enough';

  it.each<[string, () => MonoTypeOperatorFunction<string>, string[]]>([
    [
      'is late',
      () => delay(1),
      ['mirrors --a--b--|', 'mirrors --a--#', 'mirrors (ab|)', 'mirrors a-#', LETS_GO, STOPS],
    ],
    ['subscribes once for all', () => once(), [LAZY]],
    ['holds on to its source', () => clinging, [LETS_GO, STOPS]],
  ])('fails for one that %s', (_what, makeIdle, laws) => {
    expect(failuresOf(makeIdle)).toEqual(laws);
  });

  it('asks for describe and it where there are no global ones', () => {
    const { describe: kept } = globalThis;
    Object.assign(globalThis, { describe: undefined });
    try {
      expect(() => obeysTheLaws(() => map((value: string) => value))).toThrow(
        "obeysTheLaws: there is no global describe here; pass your runner's: { describe, it }",
      );
    } finally {
      Object.assign(globalThis, { describe: kept });
    }
  });
});

/** The laws that an operator breaks, by a runner that only counts. */
function failuresOf(makeIdle: () => MonoTypeOperatorFunction<string>): string[] {
  const failed: string[] = [];
  const kit = createTestKit({
    describe: (_title, body) => body(),
    it: (title, body) => {
      try {
        body();
      } catch {
        failed.push(title);
      }
    },
  });
  kit.obeysTheLaws(makeIdle);
  return failed;
}

function once(): MonoTypeOperatorFunction<string> {
  let subscribed = false;
  return (source) =>
    defer(() => {
      const first = !subscribed;
      subscribed = true;
      return first ? source : NEVER;
    });
}

/** Nobody told it of the consumer's leaving. */
const clinging: MonoTypeOperatorFunction<string> = (source) =>
  new Observable((subscriber) => {
    source.subscribe({
      next: (value) => subscriber.next(value),
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
