/**
 * The claim: an app pays for what it imports. Bytes, minified and gzipped, beside those of others, who have less in them.
 *
 * The budgets stand in size-budgets.json; `tests/package/sizes.test.ts` holds us to them. `npx tsx bench/sizes.ts --set`
 * writes new ones: what was measured and three in a hundred.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSize, fileSize, imports, phoneFiles, RXJS } from './bundle-size.js';
import { atMost, report, type Figure } from './measure.js';

/** Bytes of gzip by what is imported, and how rxjs is counted; of a file of miniprogram_dist, by its name. */
interface Budgets {
  readonly imports: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly files: Readonly<Record<string, number>>;
  /** What is aimed at. */
  readonly targets: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUDGETS = join(ROOT, 'bench', 'size-budgets.json');
const MARGIN = 1.03;

const PEERS: Readonly<Record<string, string>> = {
  'axios-miniprogram': `export { default } from 'axios-miniprogram'`,
  'luch-request': `export { default } from 'luch-request'`,
  'miniprogram-network': `export * from 'miniprogram-network'`,
  alova: `export { createAlova, Method } from 'alova'`,
  '@mpxjs/fetch': `export { default } from '@mpxjs/fetch'`,
};

// What is weighed is what would be published now.
execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'ignore' });

const budgets = JSON.parse(readFileSync(BUDGETS, 'utf8')) as Budgets;
const measured = { imports: {} as Record<string, Record<string, number>>, files: {} as Record<string, number> };
const figures: Figure[] = [];
const unit = 'B gzip';

for (const [what, program] of imports(ROOT)) {
  const sizes: Record<string, number> = (measured.imports[what] = {});
  for (const rxjs of RXJS) {
    const { gzip } = await bundleSize(program, rxjs, ROOT);
    sizes[rxjs] = gzip;
    const at = rxjs === 'without' ? 'rxjs not counted' : `with rxjs, ${rxjs}`;
    const target = budgets.targets[what]?.[rxjs];
    const verdict = target === undefined ? undefined : atMost(gzip, target, 'B');
    figures.push({ at, who: what, value: gzip, unit, ours: what === 'http$', verdict });
  }
}
for (const [who, program] of Object.entries(PEERS)) {
  figures.push({ at: 'rxjs not counted', who, value: (await bundleSize(program, 'without', ROOT)).gzip, unit });
}
for (const file of phoneFiles(ROOT)) {
  const { gzip, minified } = await fileSize(join(ROOT, 'miniprogram_dist', file));
  measured.files[file] = gzip;
  figures.push({ at: 'miniprogram_dist', who: file, value: gzip, unit, note: `${minified} B minified` });
}

// Sorted, so that what is compared stands together.
report(figures.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)));

if (process.argv.includes('--set')) {
  const next: Budgets = {
    imports: mapped(measured.imports, (sizes) => mapped(sizes, withMargin)),
    files: mapped(measured.files, withMargin),
    targets: budgets.targets,
  };
  writeFileSync(BUDGETS, `${JSON.stringify(next, null, 2)}\n`);
}

function withMargin(bytes: number): number {
  return Math.ceil((bytes * MARGIN) / 10) * 10;
}

function mapped<From, To>(record: Readonly<Record<string, From>>, by: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, by(value)]));
}
