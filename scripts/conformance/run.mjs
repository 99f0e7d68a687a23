// `npm run conformance`: runs the tests, counts those of each clause, and writes the table into guide/rules.md, in both languages.
// `-- --check` writes nothing, and fails when a cell is empty or a page is stale.
// `-- --from <file>` takes the counts of a run that has been made (CONFORMANCE_FILE) in place of running the tests.
// `-- --root <folder>` takes the pages from there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cellsOf, problemsOf, tableOf, withTable } from './table.mjs';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, from: { type: 'string' }, root: { type: 'string', default: '.' } },
});

const result = cellsOf(values.from === undefined ? runTests() : JSON.parse(readFileSync(values.from, 'utf8')));
const problems = problemsOf(result);

for (const [name, language] of [
  ['guide/rules.md', 'en'],
  ['guide/rules.zh-CN.md', 'zh'],
]) {
  const file = join(values.root, name);
  const before = readFileSync(file, 'utf8');
  try {
    const after = withTable(before, tableOf(result, language), name);
    if (before === after) continue;
    if (values.check) problems.push(`${name}: its table is stale; npm run conformance writes it anew`);
    else writeFileSync(file, after);
  } catch (error) {
    problems.push(error.message);
  }
}

if (problems.length > 0) {
  console.error(`✗ conformance\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  process.exit(1);
}
console.log('✓ conformance: every clause has its tests, and the tables show them');

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-conformance-'));
  const file = join(folder, 'counts.json');
  try {
    const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js'], {
      stdio: 'inherit',
      env: { ...process.env, CONFORMANCE_FILE: file },
    });
    if (status !== 0) process.exit(1);
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
