/** The languages in which the command speaks. */
export type Language = 'en' | 'zh';

/** The same text in both, side by side where it is made, so that neither is forgotten. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

/** A text that is the same in both: an address, a header field, what a machine said. */
export function same(text: string): Said {
  return { en: text, zh: text };
}

/**
 * The language of the user: what was asked for, else what the environment says, in POSIX order, else the system's.
 * `C` and `POSIX`, as in most CI, are English.
 */
export function languageOf(asked: Language | undefined, env: NodeJS.ProcessEnv): Language {
  if (asked !== undefined) return asked;
  const { LC_ALL, LC_MESSAGES, LANG } = env;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return /^zh\b|^zh_/i.test(locale ?? Intl.DateTimeFormat().resolvedOptions().locale) ? 'zh' : 'en';
}
