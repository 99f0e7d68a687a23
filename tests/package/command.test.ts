import { join } from 'node:path';
import { folderWith } from '../cli/support/cli.js';
import { run } from './support/cache.js';
import { packed } from './support/packed.js';

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(180_000);

describe('the command in the package', () => {
  const command = (folder: string, ...args: readonly string[]) =>
    run(process.execPath, [join(packed().folder, 'dist/esm/cli/main.js'), ...args, '--lang', 'en'], folder);

  it('helps', () => {
    expect(command(folderWith({}), '--help')).toContain('  rx-miniprogram doctor <url ...> ');
  });

  it('knows its version', () => {
    expect(command(folderWith({}), '--version')).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });

  // What a bundler may break: the parsers, and `import()` of somebody else's file.
  it.each([
    ['json', '{ "domains": { "request": ["https://api.example.com"] } }'],
    ['mjs', "export default { domains: { request: ['https://api.example.com'] } };"],
    ['cjs', "module.exports = { domains: { request: ['https://api.example.com'] } };"],
  ])('lints by a configuration in .%s, and runs a script', (ending, config) => {
    const folder = folderWith({
      [`rx-miniprogram.config.${ending}`]: config,
      'app.ts': `const base: string = 'https://api.example.com'; wx.request({ url: \`\${base}/me\` });`,
      'script.mjs': `console.log(wx.getAccountInfoSync().miniProgram.appId)`,
    });

    expect(command(folder, 'lint')).toMatch(/\n0 errors, 0 warnings, 1 note; 2 source files in /);
    expect(command(folder, 'run', 'script.mjs')).toContain('wx0123456789abcdef\n0 calls: ');
  });
});
