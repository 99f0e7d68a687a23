import { displayWidth } from '../terminal/display-width.js';

/** The text in lines of at most so many columns, broken between characters, as Chinese is. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (displayWidth(line + character) > columns) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return line === '' ? lines : [...lines, line];
}
