import { ICONV, OURS, POLYFILL } from './charsets-candidates.js';
import { atMost, type Figure } from './measure.js';

/** What the claim says of each candidate. */
export function figuresOf(at: string, results: { readonly [who: string]: number }): Figure[] {
  const ours = results[OURS] as number;
  return Object.entries(results).map(([who, value]) => ({
    at,
    who,
    value,
    unit: 'MB/s',
    ours: who === OURS,
    verdict:
      who === ICONV
        ? atMost(value / ours, 1, '× ours')
        : who === POLYFILL
          ? atMost(value / ours, 0.25, '× ours')
          : undefined,
  }));
}
