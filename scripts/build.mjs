// `npm run build`: what is published (decisions/0001-toolchain.md, decisions/0005-packaging.md).
//   dist/esm, dist/cjs   the app side file by file with types, by tsc; the Node entries in one piece each, by rolldown
//   miniprogram_dist     what the developer tools' "build npm" copies: the app side and rxjs
import { rmSync, writeFileSync } from 'node:fs';
import { bundleForNode, bundleForPhones } from './bundle.mjs';
import { entries } from './entries.mjs';
import { keepReachable } from './keep-reachable.mjs';
import { thirdPartyLicenses } from './third-party-licenses.mjs';
import { step, timed } from './step.mjs';

const all = entries();
const phone = all.filter((entry) => entry.phone);
const node = all.filter((entry) => !entry.phone);

const tsc = ['-p', 'tsconfig.build.json'];
// Here `import` and `export` are translated, which verbatimModuleSyntax would forbid.
const commonjs = ['--module', 'commonjs', '--moduleResolution', 'bundler', '--verbatimModuleSyntax', 'false'];

rmSync('dist', { recursive: true, force: true });
rmSync('miniprogram_dist', { recursive: true, force: true });

step('dist/esm', 'tsc', [...tsc, '--outDir', 'dist/esm']);
step('dist/cjs', 'tsc', [...tsc, '--outDir', 'dist/cjs', ...commonjs]);

const bundled = await timed('the Node entries, with what they stand on', async () => {
  for (const folder of ['dist/esm', 'dist/cjs']) keepReachable(folder, { scripts: phone, types: all });
  return bundleForNode(node);
});
const packed = await timed('miniprogram_dist', () => bundleForPhones(phone));

// The nearest package.json decides how a .js file is read, and whether a bundler may drop it.
writeFileSync('dist/cjs/package.json', `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
writeFileSync('miniprogram_dist/package.json', `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', thirdPartyLicenses([...bundled, ...packed]));
