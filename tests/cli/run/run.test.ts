import { startTestServer, type TestServer } from '../../support/test-server.js';
import { cliProcess } from '../support/cli-process.js';
import { cli, folderWith } from '../support/cli.js';

const CONFIG = { domains: { request: ['https://api.example.com'] } };

describe('rx-miniprogram run', () => {
  let server: TestServer;
  let here: readonly string[];

  beforeAll(async () => {
    server = await startTestServer(({ url }) =>
      url === '/away' ? { status: 302, header: { Location: 'https://elsewhere.cn/' } } : { body: '{"n":1}' },
    );
    here = ['--ca', 'authority.pem', '--resolve', `api.example.com:443:127.0.0.1:${server.port}`];
  });
  afterAll(() => server.stop());

  it('[DOM-1] [DOM-7] runs a script under the rules, and ends with what was refused and why', async () => {
    const folder = folderWith({
      'authority.pem': server.ca,
      'rx-miniprogram.config.json': CONFIG,
      'script.js': `
        wx.request({ url: 'https://api.example.com/', success: ({ data }) => console.log('n is', data.n) });
        for (const n of [1, 2]) wx.request({ url: 'https://other.example.com/?n=' + n });
        wx.request({ url: 'https://api.example.com/away' });`,
    });
    const { code, output } = await cliProcess(folder, ['run', 'script.js', ...here]);

    expect(output).toContain('n is 1\n');
    expect(output).toContain('4 calls: 1 answered, 3 refused by a rule, 0 failed\n');
    expect(output).toContain('  DOM-1  GET https://other.example.com/?n=1 ×2\n    https://other.example.com is not in');
    expect(output).toContain(
      '  DOM-1  GET https://api.example.com/away\n    https://elsewhere.cn is not in the request domains',
    );
    expect(code).toBe(1);
  }, 60_000);

  it('[BG-2] runs an app and its first page, hides it, traces it, and tells of what is thrown', async () => {
    const folder = folderWith({
      'authority.pem': server.ca,
      'rx-miniprogram.config.json': CONFIG,
      'app.json': { pages: ['pages/first/index'] },
      'app.js': `App({ onLaunch() { this.n = 7 }, onHide() { wx.request({ url: 'https://api.example.com/' }) } })`,
      'pages/first/index.js': `
        Page({ data: { n: 0 }, onLoad() { this.setData({ n: getApp().n }); console.log('page', this.data.n) } });
        setTimeout(() => { throw new Error('on purpose') }, 50);`,
    });
    const args = ['run', '.', '--background', '100ms..300ms', '--trace', ...here];
    const { code, output, errors } = await cliProcess(folder, args);

    expect(code).toBe(1);
    expect(output).toContain('page 7\n');
    expect(output).toContain('  BG-2  GET https://api.example.com/\n');
    expect(errors).toMatch(/ s {2}hidden\n/);
    expect(errors).toMatch(/ s {2}shown {2}awayMs=\d+\n/);
    expect(errors).toContain('Error: on purpose');
  }, 60_000);

  it('cuts the network, and stops what would never end', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': CONFIG,
      'script.mjs': `setInterval(() => {}, 10); wx.request({ url: 'https://api.example.com/' })`,
    });
    const { code, output } = await cliProcess(folder, ['run', 'script.mjs', '--offline', '--for', '300ms']);

    expect(code).toBe(0);
    expect(output).toContain('1 call: 0 answered, 0 refused by a rule, 1 failed\n');
    expect(output).toContain('net::ERR_INTERNET_DISCONNECTED');
  }, 60_000);

  it.each([
    ['for ever', [], 1, 'the script waits at its top level for something that never comes\n'],
    ['longer than it is given', ['--for', '300ms'], 0, ''],
  ])(
    'ends a script that waits at its top level %s',
    async (_, args, expectedCode, complaint) => {
      const folder = folderWith({
        'rx-miniprogram.config.json': CONFIG,
        'script.mjs': `wx.request({ url: 'https://api.example.com/' }); await new Promise(() => {});`,
      });
      const { code, output, errors } = await cliProcess(folder, ['run', 'script.mjs', '--offline', ...args]);

      expect([code, errors]).toEqual([expectedCode, complaint]);
      expect(output).toContain('1 call: 0 answered, 0 refused by a rule, 1 failed\n');
    },
    60_000,
  );

  it('ends with Ctrl-C, whatever the script has left running', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': CONFIG,
      'script.mjs': `setInterval(() => {}, 10); setTimeout(() => process.kill(process.pid, 'SIGINT'), 200);`,
    });
    const { code, output } = await cliProcess(folder, ['run', 'script.mjs']);

    expect([code, output]).toEqual([0, '0 calls: 0 answered, 0 refused by a rule, 0 failed\n']);
  }, 20_000);

  it.each([
    ['all is well, where a rule refused a call', 0, 'https://other.example.com/', 1, '1 refused'],
    ['all is well', 0, undefined, 0, '0 refused'],
    ['a code of its own', 7, 'https://other.example.com/', 7, '1 refused'],
  ])(
    'sums up for a script that ends the process itself with %s',
    async (_, own, url, expectedCode, refused) => {
      const folder = folderWith({
        'rx-miniprogram.config.json': CONFIG,
        'script.js': `
          setInterval(() => {}, 10);
          if (${url !== undefined}) wx.request({ url: '${url}' });
          setTimeout(() => process.exit(${own}), 100);`,
      });
      const { code, output } = await cliProcess(folder, ['run', 'script.js']);

      expect(output).toContain(`0 answered, ${refused} by a rule, 0 failed\n`);
      expect(code).toBe(expectedCode);
    },
    60_000,
  );

  it('says of an ES module that is read as CommonJS what to call it', async () => {
    const folder = folderWith({ 'package.json': { type: 'commonjs' }, 'app.js': `import 'node:fs';` });
    const { code, errors } = await cliProcess(folder, ['run', 'app.js']);

    expect(code).toBe(1);
    expect(errors).toContain(
      'app.js: it has import or export, and package.json says "type": "commonjs"; name it app.mjs',
    );
  }, 60_000);

  it('says in Chinese what was refused', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': CONFIG,
      'script.js': `wx.request({ url: 'https://api.example.com:443/' })`,
    });
    const { output } = await cliProcess(folder, ['run', 'script.js', '--lang', 'zh']);

    expect(output).toContain('\u5171 1 \u6b21\u8c03\u7528');
    expect(output).toMatch(
      / {2}DOM-5 {2}GET https:\/\/api\.example\.com:443\/\n {4}https:\/\/api\.example\.com \u914d\u7f6e\u65f6/,
    );
  }, 60_000);

  it.each([
    [[], 'expected a script, or a folder with an app.js; got none'],
    [['nothing.js'], 'there is no nothing.js'],
    [['a.js', 'b.js'], 'expected one script or folder; got a.js b.js'],
    [['/dev/zero'], '/dev/zero is neither a script nor a folder'],
    [['.'], '. has no app.js'],
    [['a.js', '--background', '5s'], "--background: expected from..to, such as 3s..12s; got '5s'"],
    [['a.js', '--background', '5s..3s'], "got '5s..3s'"],
    [['a.js', '--for', 'ever'], "--for: expected a time such as 500ms, 12s or 2m; got 'ever'"],
  ])('%j ends with 2', async (args, message) => {
    const { code, errors } = await cli(folderWith({ 'a.js': '' }), ['run', ...args]);

    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});

describe('a file of truth in JavaScript', () => {
  const LINTED = { 'app.js': `wx.request({ url: 'https://new.example.com/' })` };

  it('is read, and written to', async () => {
    const folder = folderWith({
      ...LINTED,
      'rx-miniprogram.config.mjs': `const domains = {\n  request: ['http://api.example.com'],\n};\nexport default { domains };\n`,
    });
    const { code, output } = await cliProcess(folder, ['lint', '--fix']);

    expect(code).toBe(1);
    expect(output).toContain('rx-miniprogram.config.mjs:2:13  error  DOM-2  request "http://api.example.com"');
    expect(output).toContain("+  request: ['http://api.example.com', 'https://new.example.com'],\n");
    expect(output).not.toContain('app.js:1');
  }, 60_000);

  it('that throws is told of', async () => {
    const folder = folderWith({ ...LINTED, 'rx-miniprogram.config.cjs': `throw new Error('no domains today')` });
    const { code, output } = await cliProcess(folder, ['lint']);

    expect(code).toBe(1);
    expect(output).toContain('rx-miniprogram.config.cjs  error  config  no domains today\n');
  }, 60_000);
});
