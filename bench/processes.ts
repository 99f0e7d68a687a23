import { spawn } from 'node:child_process';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Figure } from './measure.js';

/** One bench, run once. */
export interface Run {
  readonly claim: string;
  readonly file: string;
  /** What it runs inside of another engine: bundled beside it. */
  readonly inside?: string | undefined;
  /** `false` for a process without a JIT, as on an iPhone. */
  readonly jit: boolean;
  /** `true` for one that bundles others and therefore is not bundled itself. */
  readonly fromSource?: boolean;
  readonly deadlineMs: number;
}

export interface RunResult {
  readonly figures: readonly Figure[];
  /** Why there are no more. */
  readonly problem?: string | undefined;
}

/** Some packages are CommonJS and ask for Node's modules by `require`, which an ES module does not have. */
const REQUIRE = `import { createRequire as benchRequire } from 'node:module'; const require = benchRequire(import.meta.url);`;

/** Bundles as the mini program's tools do: the library from source, rxjs by its es2015 files. */
export async function bundle(files: readonly string[], folder: string): Promise<void> {
  await build({
    entryPoints: files.map((file) => fileURLToPath(new URL(`${file}.ts`, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['es2015'],
    format: 'esm',
    external: ['node:*', ...builtinModules],
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
}

/** Runs it in a process of its own, which is killed at the deadline. */
export function runBench(
  { file, jit, fromSource, deadlineMs }: Run,
  folder: string,
  quick: boolean,
): Promise<RunResult> {
  const flags = ['--expose-gc', '--max-old-space-size=4096', ...(jit ? [] : ['--jitless', '--no-warnings'])];
  const program = fromSource
    ? ['--import', 'tsx', fileURLToPath(new URL(`${file}.ts`, import.meta.url))]
    : [join(folder, `${file}.mjs`)];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...flags, ...program, ...(quick ? ['--quick'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.on('error', ({ message }) => resolve({ figures: [], problem: message }));
    child.on('close', (code, signal) => {
      const figures = figuresIn(out);
      if (signal) resolve({ figures, problem: `killed after ${deadlineMs / 1_000} s` });
      else if (code !== 0) resolve({ figures, problem: `exit code ${code}: ${complaints.trim().slice(-500)}` });
      else resolve({ figures });
    });
  });
}

/** A library may have talked in between. */
function figuresIn(out: string): Figure[] {
  return out.split('\n').flatMap((line) => {
    try {
      return line.startsWith('[{') ? (JSON.parse(line) as Figure[]) : [];
    } catch {
      // Killed in the middle of a line.
      return [];
    }
  });
}
