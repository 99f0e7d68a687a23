/**
 * How long to wait after so many failures in a row, in milliseconds: any time below a bound that doubles, so that those
 * who failed together do not come back together.
 */
export function fullJitterMs(failures: number, baseMs: number, maxMs: number, random: () => number): number {
  return random() * Math.min(maxMs, baseMs * 2 ** Math.max(0, failures - 1));
}
