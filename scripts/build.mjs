// `npm run build`: what is published (decisions/0001-toolchain.md, decisions/0005-packaging.md).
//   dist/esm, dist/cjs   the app side file by file with types, by tsc; the Node entries in one piece each, by rolldown
//   miniprogram_dist     what the developer tools' "build npm" copies: the app side and rxjs
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { bundleForNode, bundleForPhones, bundleWithTables } from './bundle.mjs';
import { entries } from './entries.mjs';
import { writeInspectPage } from './inspect-page.mjs';
import { keepReachable } from './keep-reachable.mjs';
import { thirdPartyLicenses } from './third-party-licenses.mjs';
import { step, timed } from './step.mjs';

const all = entries();
const phone = all.filter((entry) => entry.phone);
const node = all.filter((entry) => !entry.phone);
// The one room of the app side that has packages in it: eslint.config.js, the arrows.
const withTables = phone.filter(({ name }) => name.startsWith('charsets/'));

rmSync('dist', { recursive: true, force: true });
rmSync('miniprogram_dist', { recursive: true, force: true });

step('dist/esm and all types', 'tsc', ['-p', 'tsconfig.build.json', '--outDir', 'dist/esm']);
step('dist/cjs', 'tsc', ['-p', commonjsProject(), '--outDir', 'dist/cjs']);

// What is read of the platform's typings in the repository is written into the bundle: who installs us need not have them.
const { wxTable } = await import('../dist/esm/miniprogram/wx-typings.js');
const bundled = await timed('the Node entries, with what they stand on', async () => {
  const scripts = phone.filter((entry) => !withTables.includes(entry));
  keepReachable('dist/esm', { scripts, types: all });
  keepReachable('dist/cjs', { scripts, types: [] });
  // The same text: which kind of module it describes is said by the nearest package.json.
  cpSync('dist/esm', 'dist/cjs', { recursive: true, filter: (file) => !file.endsWith('.js') });
  return [
    ...(await bundleForNode(node, { 'miniprogram/wx-typings': { wxTable: wxTable() } })),
    ...(await bundleWithTables(withTables)),
  ];
});
const packed = await timed('miniprogram_dist', () => bundleForPhones(phone));

await timed('the page of inspect', writeInspectPage);

// The nearest package.json decides how a .js file is read, and whether a bundler may drop it.
writeFileSync('dist/cjs/package.json', `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
writeFileSync('miniprogram_dist/package.json', `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', thirdPartyLicenses([...bundled, ...packed]));

/** The app side alone: of the Node side there is one form, and it may use what only ES modules have. */
function commonjsProject() {
  const project = 'dist/cjs/tsconfig.json';
  mkdirSync('dist/cjs');
  writeFileSync(
    project,
    JSON.stringify({
      extends: '../../tsconfig.build.json',
      compilerOptions: {
        module: 'commonjs',
        moduleResolution: 'bundler',
        // `import` and `export` are translated here.
        verbatimModuleSyntax: false,
        declaration: false,
        rootDir: '../../src',
      },
      include: [],
      files: [...phone.map(({ source }) => source), 'src/charsets/iconv-lite-tables.d.ts'].map(
        (file) => `../../${file}`,
      ),
    }),
  );
  return project;
}
