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
  return [
    ...sources.map((line) => `${streamOf(line)}\ntitle = ${line.name}`),
    ...results.flatMap((line) => [`> ${labelOf(operator, line.note)}`, streamOf(line)]),
  ].join('\n\n');
}

// Spaces make a stream begin later.
function streamOf({ offset, marbles }: DocLine): string {
  return `${' '.repeat(offset)}${marbles}`;
}

function labelOf(operator: string, note: string): string {
  if (note === '' || note.startsWith(`${operator}(`)) return note.split(' on all')[0] || operator;
  if (note.startsWith('{')) return `${operator}(${note})`;
  return /^\w+: \d/.test(note)
    ? `${operator}({ ${note} })`
    : note.startsWith('with ')
      ? `${operator}, ${note}`
      : operator;
}
