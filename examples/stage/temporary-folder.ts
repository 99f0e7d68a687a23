import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/** Lends a new folder, which goes when the work is done, and also when somebody presses Ctrl-C in the middle of it. */
export async function inTemporaryFolder<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
  const path = mkdtempSync(join(tmpdir(), 'rx-miniprogram-demo-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  // As a shell reports a process that a signal has ended.
  const leave = (signal: (typeof SIGNALS)[number]) => process.exit(128 + constants.signals[signal]);

  process.once('exit', remove);
  for (const signal of SIGNALS) process.once(signal, leave);
  try {
    return await work(path);
  } finally {
    for (const signal of SIGNALS) process.off(signal, leave);
    process.off('exit', remove);
    remove();
  }
}
