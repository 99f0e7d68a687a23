import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const RELATIVE = /(?:\bfrom\s*|\brequire\(|\bimport\(|^import\s*)["'](\.[^"']*)["']/gm;

/** Lines of a comment, whose examples import files of the reader's. */
const DOCUMENTATION = /^\s*\*.*$/gm;

/** Deletes what `tsc` made and no entry leads to: internals of the Node side, which is bundled. */
export function keepReachable(folder, { scripts, types }) {
  const kept = new Set();
  const visit = (file) => {
    if (kept.has(file)) return;
    if (!existsSync(file)) throw new Error(`${file} is imported and does not exist`);
    kept.add(file);
    const extension = file.endsWith('.d.ts') ? '.d.ts' : '.js';
    const code = readFileSync(file, 'utf8').replace(DOCUMENTATION, '');
    for (const [, target] of code.matchAll(RELATIVE)) {
      visit(join(dirname(file), target.replace(/\.js$/, extension)));
    }
  };
  for (const { name } of scripts) visit(join(folder, `${name}.js`));
  for (const { name, command } of types) if (!command) visit(join(folder, `${name}.d.ts`));

  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !kept.has(path)) rmSync(path);
  }
  removeEmpty(folder);
}

function removeEmpty(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
