/** One figure of a claim: what was measured, of whom, and how much. */
export interface Figure {
  /** What is compared, e.g. `10 000 waiting`. Figures with the same `at` and `unit` are set against ours. */
  readonly at: string;
  readonly who: string;
  /** `undefined` when it was given up; the note then says why. */
  readonly value: number | undefined;
  readonly unit: string;
  readonly ours?: boolean | undefined;
  readonly note?: string | undefined;
  /** What the claim says of this figure, and whether it holds. */
  readonly verdict?: Verdict | undefined;
}

export interface Verdict {
  readonly holds: boolean;
  /** What was wanted, and what came, e.g. `at most 2 × the one at 10 000: 1.3 ×`. */
  readonly wanted: string;
}

/** Fewer rounds and sizes, to see whether a bench runs at all. */
export const QUICK = process.argv.includes('--quick');

/** As on an iPhone, where a mini program's JavaScript is not compiled. */
export const NO_JIT = process.execArgv.includes('--jitless');

export const ROUNDS = QUICK ? 3 : 5;

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/**
 * Measures the candidates in turn, round after round, so that a slow moment of the machine hits all of them, and gives
 * the median of each. The first round warms up and is dropped.
 *
 * Between them the young garbage is collected. Not the old: a full collection throws away compiled code that refers to
 * objects which died (five times slower after it, the smaller the batch the worse), as no app does between two requests.
 */
export async function sideBySide(
  candidates: { readonly [who: string]: () => Promise<number> | number },
  { rounds = ROUNDS, warmUp = true }: { readonly rounds?: number; readonly warmUp?: boolean } = {},
): Promise<{ readonly [who: string]: number }> {
  const values = new Map<string, number[]>(Object.keys(candidates).map((who) => [who, []]));
  for (let round = warmUp ? 0 : 1; round <= rounds; round++) {
    for (const [who, measure] of Object.entries(candidates)) {
      globalThis.gc?.({ type: 'minor' });
      const value = await measure();
      if (round > 0) values.get(who)?.push(value);
    }
  }
  return Object.fromEntries([...values].map(([who, all]) => [who, median(all)]));
}

/** `1000000` as `1 000 000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** Three significant digits at most, two below 10. */
export function shown(value: number): string {
  if (value >= 100) return grouped(Math.round(Number(value.toPrecision(3))));
  return String(Number(value.toPrecision(value < 10 ? 2 : 3)));
}

export function atMost(value: number, limit: number, what: string): Verdict {
  return { holds: value <= limit, wanted: `≤ ${shown(limit)} ${what}: ${shown(value)}` };
}

export function atLeast(value: number, limit: number, what: string): Verdict {
  return { holds: value >= limit, wanted: `≥ ${shown(limit)} ${what}: ${shown(value)}` };
}

/** Prints figures as one line of JSON, for `run.ts`; as often as there are new ones, so that a deadline costs the last only. */
export function report(figures: readonly Figure[]): void {
  console.log(JSON.stringify(figures));
}
