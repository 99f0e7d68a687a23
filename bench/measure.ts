/** One figure of a claim: what was measured, of whom, and how much. */
export interface Figure {
  /** What is compared, e.g. `10 000 waiting`. */
  readonly at: string;
  readonly who: string;
  readonly value: number;
  readonly unit: string;
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/**
 * Measures the candidates in turn, round after round, so that a slow moment of the machine hits all of them, and gives
 * the median of each. The first round warms up and is dropped.
 */
export async function sideBySide(
  candidates: { readonly [who: string]: () => Promise<number> | number },
  rounds = 5,
): Promise<{ readonly [who: string]: number }> {
  const values = new Map<string, number[]>(Object.keys(candidates).map((who) => [who, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [who, measure] of Object.entries(candidates)) {
      globalThis.gc?.();
      const value = await measure();
      if (round > 0) values.get(who)?.push(value);
    }
  }
  return Object.fromEntries([...values].map(([who, all]) => [who, median(all)]));
}

/** A bench that was started by `run.ts` prints its figures as one line of JSON. */
export function report(figures: readonly Figure[]): void {
  console.log(JSON.stringify(figures));
}
