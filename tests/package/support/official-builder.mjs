// Runs the platform's own packer and compiler on a mini program, offline: `node official-builder.mjs ci project out`.
// In a process of its own, because miniprogram-ci keeps things to itself: caches, workers, a directory in the home.
import { generateKeyPairSync } from 'node:crypto';
import dns from 'node:dns';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [folderOfCi, projectPath, out] = process.argv.slice(2);
const ci = createRequire(join(folderOfCi, 'package.json'))('miniprogram-ci');

// Offline, and at once: it asks for lists that it has copies of, and would wait long for an answer.
dns.lookup = (host, options, callback = options) =>
  process.nextTick(callback, Object.assign(new Error(`offline: ${host}`), { code: 'ENOTFOUND' }));

// It wants a key although nothing is uploaded.
const privateKeyPath = join(projectPath, 'private.key');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
writeFileSync(privateKeyPath, privateKey.export({ type: 'pkcs1', format: 'pem' }));

const project = new ci.Project({
  appid: 'wx0123456789abcdef',
  type: 'miniProgram',
  projectPath,
  privateKeyPath,
  ignores: ['node_modules/**/*', 'private.key'],
});
// The one thing that it would ask the network for.
project.attr = async () => ci.DefaultProjectAttr;
project.attrSync = () => ci.DefaultProjectAttr;

const warnings = await ci.packNpm(project, { reporter: () => {} });
const compiled = await ci.getCompiledResult({
  project,
  version: '0.0.0',
  setting: { es6: true, minify: false, useProjectConfig: true },
  onProgressUpdate: () => {},
});
for (const [path, content] of Object.entries(compiled)) {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
console.log(JSON.stringify({ warnings }));
// Its workers would keep the process alive.
process.exit(0);
