import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { entries } from './entries.mjs';

/** For what does not read `exports` (`moduleResolution: node10`, webpack 4): a folder an entry, that says where it is. */
export function writeFolders() {
  for (const { subpath, name } of subpaths()) {
    const up = '../'.repeat(subpath.split('/').length - 1);
    const main = `${up}dist/cjs/${name}`;
    const fields = {
      main: `${main}.js`,
      module: `${up}dist/esm/${name}.js`,
      types: `${main}.d.ts`,
      sideEffects: false,
    };
    mkdirSync(subpath, { recursive: true });
    writeFileSync(`${subpath}/package.json`, `${JSON.stringify(fields)}\n`);
  }
}

export function removeFolders() {
  for (const { subpath } of subpaths().reverse()) {
    rmSync(`${subpath}/package.json`, { force: true });
    if (existsSync(subpath) && readdirSync(subpath).length === 0) rmSync(subpath, { recursive: true });
  }
}

/** The shortest first, so that a folder is emptied after those in it. */
function subpaths() {
  const all = entries().filter(({ command, subpath }) => !command && subpath !== '.');
  return all.sort((one, other) => one.subpath.length - other.subpath.length);
}
