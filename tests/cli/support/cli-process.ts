import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Carried } from './cli.js';

const ROOT = join(__dirname, '../../..');

/** Carries out `rx-miniprogram …` in a process of its own, as a shell would. */
export function cliProcess(folder: string, args: readonly string[]): Promise<Carried> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, 'src/cli/main.ts'), ...args], {
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
