/**
 * `npm run docs`, first half: draws the diagram of each operator's doc block as SVG, for light and dark pages. All of them go
 * into docs/diagrams (not committed), with a page that shows them; those that the READMEs show into diagrams/ (committed:
 * decisions/0013). `--check` draws nothing, and fails where one of diagrams/ is not what its doc block says now.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { docMarbles } from './doc-marbles.js';
import { drawDiagram, operatorOf, THEMES, type Theme } from './draw.js';

const OPERATORS = 'src/operators';
const ALL = 'docs/diagrams';
const SHOWN = 'diagrams';
/** The diagrams of the READMEs. */
const IN_READMES = [
  'hold-in-background.ts',
  'interrupt-in-background.ts',
  'limit-concurrency.ts',
  'replay-after-interruption.ts',
];

if (process.argv.includes('--check')) check();
else draw();

function draw(): void {
  const files = readdirSync(OPERATORS)
    .sort()
    .filter((file) => docMarbles(join(OPERATORS, file)).length > 0);
  write(ALL, filesOf(files));
  write(SHOWN, filesOf(IN_READMES));

  const pictures = files.map((file) => {
    const [name, operator] = [basename(file, '.ts'), operatorOf(file)];
    return (
      `## ${operator}\n\n<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="${name}.dark.svg">\n` +
      `  <img alt="${operator}: a marble diagram" src="${name}.light.svg">\n</picture>`
    );
  });
  writeFileSync(
    join(ALL, 'README.md'),
    `# Operators, drawn\n\nThe diagrams of the doc blocks, which are those of the tests.\n\n${pictures.join('\n\n')}\n`,
  );
  console.log(`✓ ${files.length} diagrams in ${ALL}, ${IN_READMES.length} of them in ${SHOWN}`);
}

function check(): void {
  const wanted = filesOf(IN_READMES);
  const stale = [...wanted].filter(([name, svg]) => textOf(join(SHOWN, name)) !== svg).map(([name]) => name);
  const left = readdirSync(SHOWN).filter((name) => !wanted.has(name));
  for (const name of [...stale, ...left]) {
    console.error(`✗ ${SHOWN}/${name} is not what its doc block says now; npm run docs draws it anew`);
  }
  if (stale.length + left.length > 0) process.exitCode = 1;
}

/** The pictures of some operators, by the name of their file. */
function filesOf(files: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap((file) =>
      (Object.keys(THEMES) as Theme[]).map((theme) => [
        `${basename(file, '.ts')}.${theme}.svg`,
        `${drawDiagram(join(OPERATORS, file), theme)}\n`,
      ]),
    ),
  );
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of files) writeFileSync(join(folder, name), svg);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
