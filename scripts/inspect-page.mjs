import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(ROOT, 'src', 'cli', 'inspect', 'page');

/** The page of `rx-miniprogram inspect` as one HTML file, with its code and its style inside: it needs no network. */
export async function inspectPage() {
  const { outputFiles } = await build({
    entryPoints: [join(FOLDER, 'index.tsx')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    // Preact, with its ES modules; rxjs is not in it: records are made by pure functions.
    mainFields: ['module', 'main'],
    charset: 'utf8',
    write: false,
  });
  const script = outputFiles[0].text.replace(/<\/(script)/gi, '<\\/$1');
  const { outputFiles: styles } = await build({ entryPoints: [join(FOLDER, 'style.css')], minify: true, write: false });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>rx-miniprogram inspect</title><link rel="icon" href="data:,"><style>${styles[0].text}</style></head><body><script>${script}</script></body></html>\n`;
}

/** Puts it where the command looks for it. */
export async function writeInspectPage() {
  const file = join(ROOT, 'dist', 'inspect', 'page.html');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await inspectPage());
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeInspectPage();
