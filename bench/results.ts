import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { queuePlot } from './queue-plot.js';
import { cellsOf, summaryOf, type Claim } from './table.js';

const PLOT = 'queue.svg';

/** Writes RESULTS.md, and the plot of cost against queue length where that was measured, into a folder. */
export function writeResults(folder: string, claims: readonly Claim[], quick: boolean): void {
  mkdirSync(folder, { recursive: true });
  const queue = claims.find(({ claim }) => claim === 'request queue');
  if (queue) writeFileSync(join(folder, PLOT), queuePlot(queue.figures));
  writeFileSync(join(folder, 'RESULTS.md'), results(claims, quick, queue !== undefined));
}

function results(claims: readonly Claim[], quick: boolean, plotted: boolean): string {
  const { head, blocks } = cellsOf(claims);
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  const model = cpus()[0]?.model.replace(/\s+/g, ' ') ?? 'unknown processor';
  return [
    '# What was measured',
    '',
    `Written by \`npm run bench\`${quick ? ' -- --quick: fewer rounds and sizes, to be quoted nowhere' : ''}. \`ratio\` is that to ours; ratios hold from machine to machine, absolute figures do not.`,
    '',
    `On ${cpus().length} × ${model}, ${process.platform} ${process.arch}, Node.js ${process.version}, with ${versionsOf(claims)}.`,
    '',
    summaryOf(claims),
    '',
    ...(plotted ? [`![What a request costs by how many wait](${PLOT})`, ''] : []),
    row(head),
    row(head.map((_, column) => (column === 3 || column === 5 ? '--:' : '---'))),
    ...blocks.flat().map(row),
    '',
  ].join('\n');
}

/** Of rxjs, and of whoever was measured and is a package. */
function versionsOf(claims: readonly Claim[]): string {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const measured = claims.flatMap(({ figures }) => figures.map(({ who }) => who)).join(' ');
  const names = Object.keys(devDependencies).filter(
    (name) => name === 'rxjs' || new RegExp(`(^|[\\s(])${name.replace(/[/.+]/g, '\\$&')}($|[\\s),])`).test(measured),
  );
  return names.map((name) => `${name} ${versionOf(name)}`).join(', ');
}

function versionOf(name: string): string {
  const file = join('node_modules', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : '';
}
