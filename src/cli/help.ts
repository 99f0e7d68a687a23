import { HELP_EN } from './help/en.js';
import { HELP_ZH } from './help/zh.js';
import type { CommandName } from './commands.js';
import type { Language } from './language.js';

/** What the help says, in one language. */
export interface HelpTexts {
  readonly overview: string;
  readonly of: { readonly [Name in CommandName]: string };
}

const TEXTS: { readonly [L in Language]: HelpTexts } = { en: HELP_EN, zh: HELP_ZH };

/** What `rx-miniprogram --help` prints. */
export function overview(language: Language): string {
  return TEXTS[language].overview;
}

/** What `rx-miniprogram <command> --help` prints. */
export function helpFor(name: CommandName, language: Language): string {
  return TEXTS[language].of[name];
}
