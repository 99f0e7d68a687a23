import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../../../src/cli/run-cli.js';

/** What a command printed, and how it ended. */
export interface Carried {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Carries out `rx-miniprogram …` in this process. */
export async function cli(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = { LANG: 'en_GB.UTF-8' },
): Promise<Carried> {
  let output = '';
  let errors = '';
  const code = await runCli(args, {
    folder,
    env,
    terminal: false,
    print: (line) => (output += `${line}\n`),
    printError: (line) => (errors += `${line}\n`),
  });
  return { code, output, errors };
}

/** Files by path; an object is written as JSON. */
export type Files = { readonly [path: string]: string | Buffer | object };

const made: string[] = [];

/** Makes a folder with files in it, that is gone after the tests of the file. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const asIs = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(folder, path), asIs ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
