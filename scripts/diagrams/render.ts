/**
 * `npm run docs`, first half: draws the diagram of each operator's doc block as SVG, for light and dark pages, into
 * docs/diagrams, with a page that shows them all.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as parser from '@swirly/parser';
import * as renderer from '@swirly/renderer-node';
import * as dark from '@swirly/theme-default-dark';
import * as light from '@swirly/theme-default-light';
import { docMarbles } from './doc-marbles.js';
import { swirlySpec } from './swirly-spec.js';

// Their own types refer to a package that is not published.
const parse = parser.parseMarbleDiagramSpecification as (text: string) => object;
const draw = renderer.renderMarbleDiagram as (spec: object, options: object) => { readonly xml: string };
const THEMES = { light: light.lightStyles as object, dark: dark.darkStyles as object };

const OPERATORS = 'src/operators';
const FOLDER = 'docs/diagrams';

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });

const pictures = [];
for (const file of readdirSync(OPERATORS).sort()) {
  const name = basename(file, '.ts');
  const lines = docMarbles(join(OPERATORS, file));
  if (lines.length === 0) continue;

  const operator = name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
  const spec = parse(swirlySpec(operator, lines));
  for (const [theme, styles] of Object.entries(THEMES)) {
    writeFileSync(join(FOLDER, `${name}.${theme}.svg`), `${draw(spec, { styles }).xml}\n`);
  }
  pictures.push(
    `## ${operator}\n\n<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="${name}.dark.svg">\n` +
      `  <img alt="${operator}: a marble diagram" src="${name}.light.svg">\n</picture>`,
  );
}
writeFileSync(
  join(FOLDER, 'README.md'),
  `# Operators, drawn\n\nThe diagrams of the doc blocks, which are those of the tests.\n\n${pictures.join('\n\n')}\n`,
);
console.log(`✓ ${pictures.length} diagrams in ${FOLDER}`);
