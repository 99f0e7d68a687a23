import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packed } from '../../package/support/packed.js';
import type { Carried } from './cli.js';

// It may be the first that needs the package, and then it builds it.
beforeAll(() => void packed(), 180_000);

/**
 * Carries out `rx-miniprogram …` in a process of its own, as a shell would: the command of the package, which starts in a
 * third of the time that it takes from source.
 */
export function cliProcess(folder: string, args: readonly string[]): Promise<Carried> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(packed().folder, 'dist/esm/cli/main.js'), ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, output, errors }));
  });
}
