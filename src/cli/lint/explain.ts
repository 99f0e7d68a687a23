import type { Language } from '../language.js';
import { UsageError } from '../usage-error.js';
import { RULE_TEXTS } from './rule-texts.js';

/** What a rule says, why, and what to do: `--explain DOM-5`. */
export function explanation(asked: string, language: Language): string[] {
  const id = Object.keys(RULE_TEXTS).find((known) => known.toLowerCase() === asked.toLowerCase());
  const text = id === undefined ? undefined : RULE_TEXTS[id];
  if (id === undefined || !text) {
    const known = Object.keys(RULE_TEXTS).join(', ');
    throw new UsageError({
      en: `--explain: there is no rule '${asked}'; there are ${known}`,
      zh: `--explain：没有规则 '${asked}'；可用的有 ${known}`,
    });
  }
  return [`${id}  ${text.rule[language]}`, '', `  ${text.remedy[language]}`];
}
