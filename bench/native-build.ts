import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What `require('rx-miniprogram')` loads in a native mini program, in the order in which it does. */
const FILES = ['_rxjs', '_core', 'index'];

/**
 * What "build npm" copies, minified, as one program with a `require` of its own: as it is, and with a getter for each
 * export, as bundlers write CommonJS.
 */
export async function nativeBuild(): Promise<{ readonly ours: string; readonly withGetters: string }> {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'ignore' });
  const files = FILES.map(
    (name) => [name, readFileSync(join(ROOT, 'miniprogram_dist', `${name}.js`), 'utf8')] as const,
  );
  return { ours: await program(files), withGetters: await program(files.map(([name, code]) => [name, getters(code)])) };
}

function getters(code: string): string {
  return code.replace(
    /^exports\.([\w$]+) = ([\w$.]+);$/gm,
    'Object.defineProperty(exports, "$1", { enumerable: true, get: function() { return $2; } });',
  );
}

async function program(files: readonly (readonly [name: string, code: string])[]): Promise<string> {
  const modules: string[] = [];
  for (const [name, code] of files) {
    const { code: minified } = await transform(code, {
      minify: true,
      charset: 'utf8',
      target: 'es2018',
      format: 'cjs',
    });
    modules.push(`${JSON.stringify(`./${name}.js`)}: function (require, exports, module) {${minified}}`);
  }
  return `var made = {}, makers = { ${modules.join(',\n')} };
function need(name) {
  if (!made[name]) makers[name](need, (made[name] = {}), { exports: made[name] });
  return made[name];
}
need('./index.js');`;
}
