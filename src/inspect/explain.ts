import { explainInChinese } from './explain-in-chinese.js';
import { explainInEnglish } from './explain-in-english.js';
import type { CallActivity, CallRecord } from './call-record.js';

/** The languages in which a record is explained. */
export type ExplainLanguage = 'en' | 'zh';

/** Where the time of a call went, the longest first: what a sentence is made of. */
export interface TimeSpent {
  readonly activity: CallActivity;
  readonly ms: number;
}

/** So much of the whole, and so many milliseconds, a part must have to be worth a word. */
const LEAST_SHARE = 0.05;
const LEAST_MS = 20;
const MAX_PARTS = 3;

/**
 * Answers “why did it take so long” in one sentence.
 *
 * ```text
 * GET /feed took 9.1 s: 4.0 s in line behind 12 calls (LIM-2), 3.0 s held while the app was in the background (BG-2),
 * 2.0 s until the server answered; sent 2 times, because the background cut it once (BG-1).
 * ```
 *
 * @param language - `'zh'` for Chinese. @defaultValue `'en'`
 * @example
 * ```ts
 * records$(network).subscribe((records) => {
 *   const slow = records.find((record) => record.kind === 'call' && record.durationMs > 5_000);
 *   if (slow?.kind === 'call') console.log(explain(slow));
 * });
 * ```
 */
export function explain(record: CallRecord, language: ExplainLanguage = 'en'): string {
  return language === 'zh' ? explainInChinese(record, timeSpent(record)) : explainInEnglish(record, timeSpent(record));
}

function timeSpent({ phases, durationMs }: CallRecord): readonly TimeSpent[] {
  const least = Math.max(LEAST_MS, durationMs * LEAST_SHARE);
  return (Object.keys(phases) as CallActivity[])
    .map((activity) => ({ activity, ms: phases[activity] }))
    .filter(({ ms }) => ms >= least)
    .sort((one, other) => other.ms - one.ms)
    .slice(0, MAX_PARTS);
}
