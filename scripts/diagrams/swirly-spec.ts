import type { DocLine } from './doc-marbles.js';

/** What comes out of an operator; all other lines go in. */
const RESULTS = ['result', 'merge'];

/** The lines as they stand in a picture: what goes in, and what comes out. */
export function inPicture(lines: readonly DocLine[]): { readonly sources: DocLine[]; readonly results: DocLine[] } {
  const isResult = ({ name }: DocLine) => RESULTS.includes(name);
  return { sources: lines.filter((line) => !isResult(line)), results: lines.filter(isResult) };
}

/**
 * A diagram of a doc block in Swirly's language: what goes in, then for each result the operator, as its note calls it,
 * and the result.
 */
export function swirlySpec(operator: string, lines: readonly DocLine[]): string {
  const { sources, results } = inPicture(lines);
  const takesApp = sources.some(({ name }) => name === 'app$');
  return [
    ...sources.map((line) => `${streamOf(line)}\ntitle = ${line.name}`),
    ...results.flatMap((line) => [`> ${labelOf(operator, line.note, takesApp)}`, streamOf(line)]),
  ].join('\n\n');
}

// Spaces make a stream begin later.
function streamOf({ offset, marbles }: DocLine): string {
  return `${' '.repeat(offset)}${marbles}`;
}

/** The call, as its note has it; an operator whose diagram has the app's state takes that first. */
function labelOf(operator: string, note: string, takesApp: boolean): string {
  if (note.startsWith(`${operator}(`)) return note.replace(/ on all.*/, '');
  if (note.startsWith('with ')) return `${operator}, ${note}`;
  const options = note.startsWith('{') ? [note] : /^\w+: \d/.test(note) ? [`{ ${note} }`] : [];
  const given = [...(takesApp ? ['app$'] : []), ...options].join(', ');
  return given === '' ? operator : `${operator}(${given})`;
}
