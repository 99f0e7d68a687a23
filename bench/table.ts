import { shown, type Figure } from './measure.js';
import type { RunResult } from './processes.js';

/** What was measured of one claim. */
export interface Claim extends RunResult {
  readonly claim: string;
}

const HEAD = ['claim', 'at', 'who', 'value', 'unit', 'ratio', 'verdict'];
/** Numbers stand on the right. */
const RIGHT = new Set([3, 5]);

/** One table of all claims; `ratio` is that to ours. */
export function table(claims: readonly Claim[]): string {
  const { blocks } = cellsOf(claims);
  const all = [HEAD, ...blocks.flat()];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => padded(cell, widths, column))
      .join('  ')
      .trimEnd();
  const rule = widths.map((count) => '─'.repeat(count)).join('  ');

  return [line(HEAD), ...blocks.flatMap((rows) => [rule, ...rows.map(line)]), rule, summaryOf(claims)].join('\n');
}

/** The table's cells, a block of rows for each claim. */
export function cellsOf(claims: readonly Claim[]): {
  readonly head: readonly string[];
  readonly blocks: readonly (readonly (readonly string[])[])[];
} {
  const blocks = claims.map(({ claim, figures, problem }) => {
    const rows = figures.map((figure) => rowOf(claim, figure, figures));
    return problem === undefined ? rows : [...rows, [claim, '', '', '', '', '', `did not finish: ${problem}`]];
  });
  return { head: HEAD, blocks };
}

/** How many claims hold, in one line. */
export function summaryOf(claims: readonly Claim[]): string {
  const verdicts = claims.flatMap(({ figures }) => figures.flatMap(({ verdict }) => verdict ?? []));
  const missed = verdicts.filter(({ holds }) => !holds).length;
  return `${verdicts.length - missed} of ${verdicts.length} claims hold${missed > 0 ? `, ${missed} MISSED` : ''}`;
}

function rowOf(claim: string, figure: Figure, figures: readonly Figure[]): string[] {
  const { at, who, value, unit, ours, note, verdict } = figure;
  const own = figures.find((other) => other.ours && other.at === at && other.unit === unit)?.value;
  const ratio = value === undefined || !own ? '' : `${shown(value / own)} ×`;
  const judged = verdict && `${verdict.holds ? 'ok' : 'MISSED'} ${verdict.wanted}`;
  return [
    claim,
    at,
    who,
    value === undefined ? '–' : shown(value),
    unit,
    ours ? '1' : ratio,
    [judged, note].filter((part) => part !== undefined).join('; '),
  ];
}

function padded(cell: string, widths: readonly number[], column: number): string {
  const width = widths[column] ?? 0;
  return RIGHT.has(column) ? cell.padStart(width) : cell.padEnd(width);
}
