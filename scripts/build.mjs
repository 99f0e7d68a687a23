// `npm run build`: dist/ for Node.js and bundlers. The same sources through tsc twice, because bundlers of
// declarations drop references that a consumer needs (decisions/0001-toolchain.md).
import { rmSync, writeFileSync } from 'node:fs';
import { step } from './step.mjs';

const tsc = ['-p', 'tsconfig.build.json'];
// Here `import` and `export` are translated, which verbatimModuleSyntax would forbid.
const commonjs = ['--module', 'commonjs', '--moduleResolution', 'bundler', '--verbatimModuleSyntax', 'false'];

rmSync('dist', { recursive: true, force: true });
step('dist/esm', 'tsc', [...tsc, '--outDir', 'dist/esm']);
step('dist/cjs', 'tsc', [...tsc, '--outDir', 'dist/cjs', ...commonjs]);

// The nearest package.json decides how a .js file is read, and whether a bundler may drop it.
writeFileSync('dist/cjs/package.json', `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
