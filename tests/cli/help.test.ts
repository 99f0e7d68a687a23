import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_NAMES } from '../../src/cli/commands.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { cli, folderWith } from './support/cli.js';

describe('rx-miniprogram --version', () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

  it.each(['--version', '-v'])('tells it: %s', async (option) => {
    expect(await cli(folderWith({}), [option])).toEqual({ code: 0, output: `${manifest.version}\n`, errors: '' });
  });

  it.each(['en', 'zh'])('is in the help, in %s', async (language) => {
    expect((await cli(folderWith({}), ['--help', '--lang', language])).output).toContain('\n  --version ');
  });
});

describe('rx-miniprogram --help', () => {
  it.each(['en', 'zh'])('names every command, in %s', async (language) => {
    const { code, output } = await cli(folderWith({}), ['--help', '--lang', language]);

    expect(code).toBe(0);
    for (const name of COMMAND_NAMES) expect(output).toContain(`  rx-miniprogram ${name} `);
    expect(Math.max(...output.split('\n').map(displayWidth))).toBeLessThanOrEqual(79);
  });

  it.each(COMMAND_NAMES.flatMap((name) => [[name, 'en'] as const, [name, 'zh'] as const]))(
    'teaches %s, in %s',
    async (name, language) => {
      const { code, output } = await cli(folderWith({}), [name, '--help', '--lang', language]);

      expect(code).toBe(0);
      expect(output).toMatch(new RegExp(`^rx-miniprogram ${name} `));
      expect(await cli(folderWith({}), ['help', name, '--lang', language])).toMatchObject({ output });
      expect(Math.max(...output.split('\n').map(displayWidth))).toBeLessThanOrEqual(79);
    },
  );
});
