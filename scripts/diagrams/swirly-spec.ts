import type { DocLine } from './doc-marbles.js';

/** What comes out of an operator; all other lines go in. */
const RESULTS = ['result', 'merge'];

/**
 * A diagram of a doc block in Swirly's language: what goes in, then for each result the operator, as its note calls it,
 * and the result.
 */
export function swirlySpec(operator: string, lines: readonly DocLine[]): string {
  const sources = lines.filter(({ name }) => !RESULTS.includes(name));
  const results = lines.filter(({ name }) => RESULTS.includes(name));
  return [
    ...sources.map(streamOf),
    ...results.flatMap((line) => [`> ${labelOf(operator, line.note)}`, streamOf(line)]),
  ].join('\n\n');
}

// It starts later: on paper a silence.
function streamOf({ name, offset, marbles }: DocLine): string {
  const title = RESULTS.includes(name) ? '' : `\ntitle = ${name}`;
  return `${'-'.repeat(offset)}${marbles}${title}`;
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
