import type { Said } from '../language.js';

/** How a check went: `bad` fails on a phone, `warning` may, `note` is good to know. */
export type Verdict = 'good' | 'note' | 'warning' | 'bad';

/** What was looked at, and what was found. */
export interface Check {
  readonly subject: string;
  readonly verdict: Verdict;
  /** What is. */
  readonly what: Said;
  /** Why it matters on a phone. */
  readonly why?: Said | undefined;
  /** How to mend it. */
  readonly fix?: Said | undefined;
}

/** Both languages at once: `[English, 中文]`. */
export type Pair = readonly [en: string, zh: string];

/** Makes a check. */
export function check(subject: string, verdict: Verdict, what: Pair, why?: Pair, fix?: Pair): Check {
  return { subject, verdict, what: said(what), why: why && said(why), fix: fix && said(fix) };
}

function said([en, zh]: Pair): Said {
  return { en, zh };
}
