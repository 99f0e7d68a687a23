import { spawn } from 'node:child_process';

/** What `npm start` printed, and how it ended. */
export interface Started {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly output: string;
  readonly errors: string;
}

/** Runs what `npm start -- …` runs. */
export function npmStart(...args: readonly string[]): Promise<Started> {
  return new Promise((resolve, reject) => {
    const child = spawn('node_modules/.bin/tsx', ['examples/forty-requests/main.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines: output.trimEnd().split('\n'), output, errors }));
  });
}
