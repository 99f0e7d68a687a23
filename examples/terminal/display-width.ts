/** What takes two columns everywhere: CJK, full-width forms, emoji. Ambiguous ones (such as U+00D7) are not used here. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23ec\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** What takes none: combining marks, joiners, variation selectors. */
const NARROWEST = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** The commands that colour text; they take no room. */
// eslint-disable-next-line no-control-regex -- that is what they begin with
const COLOUR = /\x1b\[[\d;]*m/g;

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(COLOUR, '')) width += widthOf(character);
  return width;
}

/** The text in exactly so many columns: cut with `..`, or filled with spaces. For text without colour. */
export function fit(text: string, columns: number): string {
  const width = displayWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  const room = Math.max(columns - 2, 0);
  let kept = '';
  let used = 0;
  for (const character of text) {
    if (used + widthOf(character) > room) break;
    kept += character;
    used += widthOf(character);
  }
  // A wide character that does not fit leaves a column empty.
  return `${kept}${'..'.slice(0, columns)}`.padEnd(kept.length + columns - used);
}

/** The same for names that begin alike: what is cut is the beginning. */
export function fitEnd(text: string, columns: number): string {
  let width = displayWidth(text);
  if (width <= columns) return fit(text, columns);
  const kept = Array.from(text);
  while (width > columns - 2) width -= widthOf(kept.shift() ?? ' ');
  return fit(`..${kept.join('')}`, columns);
}

function widthOf(character: string): number {
  if (WIDE.test(character)) return 2;
  return NARROWEST.test(character) ? 0 : 1;
}
