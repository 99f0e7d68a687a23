import { TestScheduler } from 'rxjs/testing';

// What rxjs reads as time, groups and ends.
const NO_LETTERS = /(^| )\d+(\.\d+)?(ms|s|m) |[-|#() ]/g;

/** The letters of a diagram, each once. */
export function lettersOf(marbles: string): string[] {
  return [...new Set(marbles.replace(NO_LETTERS, ''))];
}

/**
 * Checks a diagram when it is written down, and not when somebody comes to it.
 *
 * @throws TypeError for what is no diagram of an answer, or for a value without a letter.
 */
export function checkDiagram(who: string, marbles: unknown, values: object): void {
  if (typeof marbles !== 'string') {
    throw new TypeError(`${who}: expected marbles such as '--r|'; got ${typeof marbles}`);
  }
  if (/[\^!]/.test(marbles)) throw new TypeError(`${who}: ^ and ! say nothing of an answer; got '${marbles}'`);
  TestScheduler.parseMarbles(marbles, undefined, undefined, false, true);
  const letters = lettersOf(marbles);
  for (const letter of Object.keys(values)) {
    if (!letters.includes(letter)) throw new TypeError(`${who}: '${marbles}' has no ${letter}`);
  }
}

/** The values by letter; a letter without one stands for itself, or for what `others` makes of it. */
export function valuesByLetter<T>(
  marbles: string,
  values: { readonly [letter: string]: T },
  others: (letter: string) => T,
): { readonly [letter: string]: T } {
  return Object.fromEntries(
    lettersOf(marbles).map((letter) => [
      letter,
      Object.hasOwn(values, letter) ? (values[letter] as T) : others(letter),
    ]),
  );
}
