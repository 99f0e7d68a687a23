/** What chance decides: the same for the same seed. */
export interface Chance {
  /** From 0 to below 1. */
  readonly next: () => number;
  readonly between: (least: number, most: number) => number;
  readonly one: <T>(...values: readonly T[]) => T;
}

/** A sequence that is the same for the same seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least)),
    one: (...values) => values[Math.floor(next() * values.length)] as never,
  };
}
