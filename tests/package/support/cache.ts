import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this repository. */
export const ROOT = join(__dirname, '..', '..', '..');

const CACHE = join(ROOT, 'node_modules', '.cache', 'rx-miniprogram');
/** Nobody holds a lock that long. Milliseconds. */
const LOCK_IS_STALE_MS = 300_000;

/**
 * A folder that is made once, however many test files and runs ask for it: a run in another process waits for the one
 * that makes it.
 *
 * @param key - What it is made of; one that was made of something else is made anew.
 */
export function madeOnce(name: string, key: string, make: (folder: string) => void): string {
  const folder = join(CACHE, name);
  const stamp = stampOf(name);
  if (isMade(name, key)) return folder;

  mkdirSync(CACHE, { recursive: true });
  withLock(join(CACHE, `${name}.lock`), () => {
    if (isMade(name, key)) return;
    rmSync(stamp, { force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    make(folder);
    writeFileSync(stamp, key);
  });
  return folder;
}

/** Whether a folder is there, made of this. */
export function isMade(name: string, key: string): boolean {
  const stamp = stampOf(name);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === key;
}

function stampOf(name: string): string {
  return join(CACHE, `${name}.stamp`);
}

function withLock(lock: string, action: () => void): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LOCK_IS_STALE_MS) rmSync(lock, { recursive: true, force: true });
      Atomics.wait(pause, 0, 0, 100);
    }
  }
  try {
    action();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** One value for the contents of files and folders. */
export function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((one) => filesUnder(join(ROOT, one)))) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

/** All files in a folder, or the file itself; absolute, in a lasting order. */
export function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Runs a command to its end. Fails with everything that it said. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...env },
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}\n${stdout}\n${stderr}`);
}

/** Runs one of our own tools. */
export function tool(name: string, args: readonly string[], cwd: string = ROOT): string {
  return run(join(ROOT, 'node_modules', '.bin', name), args, cwd);
}
