import { readFileSync } from 'node:fs';

/** One line of a diagram in a doc block: `source  --a--x--b|      a, b: listed`. */
export interface DocLine {
  readonly name: string;
  /** Spaces before the marbles, beyond the column where diagrams begin. */
  readonly offset: number;
  readonly marbles: string;
  readonly note: string;
}

/** The first diagram of a file's doc blocks, line by line; none, where there is none. */
export function docMarbles(file: string): DocLine[] {
  const block = / \* ```text\n([^]*?) \* ```\n/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  const lines = block
    .split('\n')
    .map((line) => /^ \* (\S+)( +)(\S+)(?: +(\S.*))?$/.exec(line))
    .filter((found) => found !== null)
    .map(([, name = '', gap = '', marbles = '', note = '']) => ({
      name,
      column: name.length + gap.length,
      marbles,
      note,
    }));
  const first = Math.min(...lines.map(({ column }) => column));
  return lines.map(({ name, column, marbles, note }) => ({ name, offset: column - first, marbles, note }));
}

/** The strings of a test file's first marble test, each without the spaces that align it. */
export function firstTestStrings(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf('marbles((');
  const end = text.indexOf('\n  it(', begin);
  const body = begin < 0 ? '' : text.slice(begin, end < 0 ? undefined : end);
  return [...body.matchAll(/'([^'\n]*)'/g)].map(([, string = '']) => string.trim());
}
