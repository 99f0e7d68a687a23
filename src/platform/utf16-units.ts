/**
 * How many UTF-16 units are made into a text at a time: few enough for `Function.prototype.apply` on every engine, and
 * no more than V8 hands over without a detour.
 */
export const UNITS_A_PIECE = 1024;

/**
 * Room for a piece, and for the character that overfills it. A plain array: engines spread one twice as fast as a
 * `Uint16Array` (decisions/0007-charsets.md).
 */
export function roomForUnits(): number[] {
  return new Array<number>(UNITS_A_PIECE + 2).fill(0);
}

/** The text of the first so many units. */
export function textOfUnits(units: readonly number[], length: number): string {
  return String.fromCharCode.apply(null, units.slice(0, length));
}
