import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name);

/** Runs a command to its end; jest's own settings are not for it. */
function outputOf(command: string, args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const env = { ...process.env };
  for (const name of ['NODE_OPTIONS', 'JEST_WORKER_ID', 'NODE_ENV', 'FORCE_COLOR']) delete env[name];
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, env, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

// That it works with Jest, this whole suite shows.
describe('the kit works with', () => {
  it('node:test', () => {
    const sample = 'tests/testing/runners/node-test.sample.ts';
    const { status, text } = outputOf(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=tap', sample]);

    expect(text).toMatch(/^# pass 14$/m);
    expect(text).toMatch(/^# fail 0$/m);
    expect(status).toBe(0);
  }, 60_000);

  it('Vitest', () => {
    const { status, text } = outputOf(bin('vitest'), ['run', '--config', 'tests/testing/runners/vitest.config.mjs']);

    expect(text).toContain('"numPassedTests":15,"numFailedTests":0');
    expect(status).toBe(0);
  }, 60_000);
});
