/** The few looks that are used. What they say stands in the words too, for whoever sees no colour. */
export type Look = 'plain' | 'faint' | 'strong' | 'good' | 'busy' | 'notice' | 'bad';

/** Gives a text its look. */
export type Paint = (look: Look, text: string) => string;

const CODES: { readonly [L in Exclude<Look, 'plain'>]: number } = {
  faint: 2,
  strong: 1,
  good: 32,
  busy: 36,
  notice: 33,
  bad: 31,
};

/** In colour, from the terminal's own palette. */
export const inColour: Paint = (look, text) => (look === 'plain' ? text : `\x1b[${CODES[look]}m${text}\x1b[0m`);

/** Without. */
export const withoutColour: Paint = (_look, text) => text;

/** What the user wants (https://no-color.org). */
export function chosenPaint({ NO_COLOR }: NodeJS.ProcessEnv): Paint {
  return NO_COLOR === undefined || NO_COLOR === '' ? inColour : withoutColour;
}
