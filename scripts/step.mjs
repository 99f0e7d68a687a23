import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs one of our own tools, says how long it took, and ends the script with a clear word when it fails. */
export function step(name, command, args, hint = '') {
  const started = performance.now();
  const { status, error } = spawnSync(join('node_modules', '.bin', command), args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    const why = error ? `did not start (${error.message}); run npm ci first` : `failed after ${seconds} s`;
    console.error(`\n✗ ${name}: ${command} ${args.join(' ')} ${why}. ${hint}`.trimEnd());
    process.exit(1);
  }
  console.log(`✓ ${name} (${seconds} s)`);
}

/** Says how long something took that runs in this process. */
export async function timed(name, action) {
  const started = performance.now();
  const result = await action();
  console.log(`✓ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}
