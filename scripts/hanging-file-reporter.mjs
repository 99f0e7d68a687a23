import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';

/** The longest take one on a quiet machine. */
const LONGEST_MINUTES = 5;

/**
 * A jest reporter that ends a run on CI in which a test file does not come to an end, and says which. A promise that never
 * settles fails by the time limit of its test; this is for a loop that gives nobody a turn, in which no timer fires. Jest
 * itself ends workers that have servers left when all is done.
 */
export default class HangingFileReporter {
  #timers = new Map();

  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onTestFileStart({ path }) {
    if (!process.env.CI) return;
    const end = () => {
      console.error(`\n✗ ${relative(this.rootDir, path)} has not come to an end in ${LONGEST_MINUTES} minutes.`);
      // A worker in a loop does not hear that its parent is gone.
      spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
      process.exit(1);
    };
    this.#timers.set(path, setTimeout(end, LONGEST_MINUTES * 60_000).unref());
  }

  onTestFileResult({ path }) {
    clearTimeout(this.#timers.get(path));
  }
}
