import { cli, folderWith } from './support/cli.js';

const FILES = {
  'rx-miniprogram.config.json': { domains: { request: ['https://api.example.com'] } },
  'pages/a b.js': `wx.request({ url: 'https://api.example.com:443/x' });\nwx.request({ url: 'https://api.example.com:443/y' });`,
};

describe('rx-miniprogram lint --format', () => {
  it('sarif: a log of version 2.1.0, with rules, levels and places', async () => {
    const { code, output } = await cli(folderWith(FILES), ['lint', '--format', 'sarif']);
    const log = JSON.parse(output);
    const [run] = log.runs;
    const ids = (run.tool.driver.rules as { id: string }[]).map(({ id }) => id);

    expect(code).toBe(1);
    expect(Object.keys(log)).toEqual(['$schema', 'version', 'runs']);
    expect(log.version).toBe('2.1.0');
    expect(run.tool.driver.name).toBe('rx-miniprogram lint');
    const [result] = run.results;
    expect(result).toEqual({
      ruleId: 'DOM-5',
      ruleIndex: ids.indexOf('DOM-5'),
      level: 'error',
      message: { text: expect.stringContaining('may not name one, not even :443') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'pages/a%20b.js', uriBaseId: 'ROOT' },
            region: { startLine: 1, startColumn: 19 },
          },
        },
      ],
      relatedLocations: [expect.objectContaining({})],
    });
    for (const { ruleIndex, level } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].shortDescription.text).not.toBe('');
      expect(['error', 'warning', 'note']).toContain(level);
    }
  });

  it('github: a workflow command for each finding', async () => {
    const { code, output } = await cli(folderWith(FILES), ['lint', '--format', 'github']);

    expect(code).toBe(1);
    expect(output).toMatch(/^::error file=pages\/a b\.js,line=1,col=19,title=DOM-5::https:.*%0A/);
    expect(
      output
        .trimEnd()
        .split('\n')
        .every((line) => /^::(?:error|warning|notice) file=/.test(line)),
    ).toBe(true);
  });

  it('json: the same as --json', async () => {
    const folder = folderWith(FILES);
    const parsed = async (...args: string[]) => ({
      ...JSON.parse((await cli(folder, ['lint', ...args])).output),
      durationMs: 0,
    });

    expect(await parsed('--format', 'json')).toEqual(await parsed('--json'));
    expect(await parsed('--json')).toMatchObject({ version: 2, errors: 1, proposed: [], shown: [] });
  });

  it('refuses another', async () => {
    const { code, errors } = await cli(folderWith({}), ['lint', '--format', 'xml']);

    expect(code).toBe(2);
    expect(errors).toContain("--format: expected text, json, sarif, github; got 'xml'");
  });
});

describe('rx-miniprogram lint --explain', () => {
  it.each([
    ['en', 'DOM-5  An entry without a port allows no URL that names one, not even :443.'],
    ['zh', 'DOM-5  不带端口的配置不允许 URL 带端口，连 :443 也不行。'],
  ])('tells a rule in %s', async (language, first) => {
    const { code, output } = await cli(folderWith({}), ['lint', '--explain', 'dom-5', '--lang', language]);

    expect(code).toBe(0);
    expect(output.split('\n')[0]).toBe(first);
  });

  it('names the rules where there is none of that name', async () => {
    const { code, errors } = await cli(folderWith({}), ['lint', '--explain', 'DOM-9']);

    expect(code).toBe(2);
    expect(errors).toContain("there is no rule 'DOM-9'; there are DOM-1, DOM-2");
  });
});
