/**
 * `npm run bench`: every claim that is made of speed, measured on this machine, side by side, in one table, which goes into
 * bench/RESULTS.md with a plot beside it. `-- --quick` is a quick look, `-- request-queue` one claim; both write only into
 * the folder that `--out=…` names.
 *
 * Each bench is bundled as an app would be and runs in a process of its own. Timings inform and never fail: absolute
 * figures depend on the machine, ratios do not.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, runBench, type Run } from './processes.js';
import { writeResults } from './results.js';
import { table } from './table.js';

const quick = process.argv.includes('--quick');

/** Each is killed at its deadline, which lies far beyond what it takes on a machine that does nothing else. */
const RUNS: readonly Run[] = [
  { claim: 'request queue', file: 'request-queue', jit: true, deadlineMs: 400_000 },
  { claim: 'request queue, no JIT', file: 'request-queue', jit: false, deadlineMs: 120_000 },
  { claim: 'http$', file: 'http', jit: true, deadlineMs: 180_000 },
  { claim: 'http$, no JIT', file: 'http', jit: false, deadlineMs: 120_000 },
  { claim: 'queries', file: 'queries', jit: true, deadlineMs: 60_000 },
  { claim: 'queries, no JIT', file: 'queries', jit: false, deadlineMs: 60_000 },
  { claim: 'resilience', file: 'resilience', jit: true, deadlineMs: 60_000 },
  { claim: 'resilience, no JIT', file: 'resilience', jit: false, deadlineMs: 120_000 },
  { claim: 'domain check', file: 'domain-check', jit: true, deadlineMs: 60_000 },
  { claim: 'domain check, no JIT', file: 'domain-check', jit: false, deadlineMs: 60_000 },
  { claim: 'charsets', file: 'charsets', jit: true, deadlineMs: 120_000 },
  { claim: 'charsets, no JIT', file: 'charsets', jit: false, deadlineMs: 120_000 },
  { claim: 'charsets, QuickJS', file: 'charsets-quickjs', inside: 'charsets-inside', jit: true, deadlineMs: 180_000 },
  { claim: 'simulator', file: 'simulator', jit: true, deadlineMs: 60_000 },
  { claim: 'sockets', file: 'sockets', jit: true, deadlineMs: 180_000 },
  { claim: 'fleet', file: 'fleet', jit: true, deadlineMs: 300_000 },
  { claim: 'QuickJS', file: 'quickjs', jit: true, fromSource: true, deadlineMs: 120_000 },
  { claim: 'load', file: 'load', jit: true, fromSource: true, deadlineMs: 60_000 },
  { claim: 'size', file: 'sizes', jit: true, fromSource: true, deadlineMs: 120_000 },
  { claim: 'lint', file: 'lint', jit: true, deadlineMs: 120_000 },
];

// A part of the claims, or a quick look at them, is not what the README quotes: it is written only where one says.
const whole = !quick && process.argv.length === 2;
const results =
  process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ??
  (whole ? 'bench' : undefined);

const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const runs = RUNS.filter(({ file }) => only.length === 0 || only.includes(file));
if (runs.length === 0) {
  const names = [...new Set(RUNS.map(({ file }) => file))].join(', ');
  console.error(`bench: there is no ${only.join(' or ')}; there are ${names}`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'rx-miniprogram-bench-'));
try {
  const bundled = runs.filter(({ fromSource }) => !fromSource);
  const files = [...new Set(bundled.flatMap(({ file, inside }) => (inside ? [file, inside] : [file])))];
  await bundle(files, folder);

  const rows = [];
  for (const [index, run] of runs.entries()) {
    const startedAt = performance.now();
    process.stderr.write(`[${index + 1}/${runs.length}] ${run.claim} … `);
    const { figures, problem } = await runBench(run, folder, quick);
    process.stderr.write(`${problem ?? 'done'}, ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
    rows.push({ claim: run.claim, figures, problem });
  }
  console.log(table(rows));
  if (results !== undefined) writeResults(results, rows, quick);
} finally {
  await rm(folder, { recursive: true, force: true });
}
