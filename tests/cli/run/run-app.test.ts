import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppReport } from '../../../src/miniprogram/app-record.js';
import { startTestServer, type TestServer } from '../../support/test-server.js';
import { ROOT } from '../../package/support/cache.js';
import { cliProcess } from '../support/cli-process.js';
import { cli, folderWith } from '../support/cli.js';

const APP = {
  'rx-miniprogram.config.json': { domains: { request: ['https://api.example.com'] } },
  'project.config.json': { appid: '', miniprogramRoot: 'mini/' },
  'mini/app.json': { pages: ['pages/list/list', 'pages/detail/detail'] },
  'mini/app.ts': `import { base } from 'common/config'\nApp({ globalData: { base: base as string } })`,
  'mini/common/config.ts': `export const base: string = 'https://api.example.com'`,
  'mini/pages/list/list.js': `const { base } = getApp().globalData
    Page({ onLoad({ q }) { wx.request({ url: base + '/items', success: ({ data }) => console.log('items', data.n, q) }) },
      pay() { wx.requestPayment({ fail: ({ errMsg }) => console.log(errMsg), success: () => console.log('paid') }) } })`,
  'mini/pages/detail/detail.js': `Page({ onLoad() { wx.request({ url: 'https://other.example.com/' }) } })`,
};

describe('rx-miniprogram run, of a whole mini program', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(() => ({ body: '{"n":1}' }));
  });
  afterAll(() => server.stop());

  it('runs a page with its query against a mapped server, without an appid', async () => {
    const folder = folderWith({ ...APP, 'authority.pem': server.ca });
    const map = `api.example.com=127.0.0.1:${server.port}`;
    const args = ['run', '.', '--page', 'pages/list/list?q=a', '--map', map, '--ca', 'authority.pem'];
    const { code, output, errors } = await cliProcess(folder, args);

    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('items 1 a\n');
    expect(output).toContain('1 call: 1 answered, 0 refused by a rule, 0 failed\n');
    expect(output).toContain('  pages/list/list  1 call\n');
  }, 60_000);

  it('[DOM-1] visits all pages, answers from a file, does what a script says, and tells of it in JSON', async () => {
    const folder = folderWith({
      ...APP,
      'mock.json': { 'GET https://api.example.com/items': { json: { n: 2 }, afterMs: 20 } },
      'steps.json': [
        { open: '/pages/list/list?q=b' },
        { waitFor: 'GET https://api.example.com/items', within: '2s' },
        { call: 'pay' },
        { answer: { requestPayment: {} } },
        { call: 'pay' },
        { hide: '20ms' },
        { expect: { call: 'GET https://api.example.com/items', status: 200, times: 2 } },
      ],
    });
    const args = ['run', '.', '--visit-all', '--script', 'steps.json', '--mock', 'mock.json', '--json'];
    const { code, output, errors } = await cliProcess(folder, args);
    const report = JSON.parse(output) as AppReport;

    expect(code).toBe(1);
    expect(errors).toContain('items 2 b\n');
    expect(errors).toContain('requestPayment:fail cancel\npaid\n');
    expect(report).toMatchObject({ version: 1, summary: { calls: 3, answered: 2, refused: 1, errors: 0 } });
    expect(report.calls.find(({ outcome }) => outcome === 'refused')).toMatchObject({
      page: 'pages/detail/detail',
      rule: 'DOM-1',
      refusal: { add: { api: 'request', entry: 'https://other.example.com' } },
    });
    expect(report.standIns).toContainEqual({ api: 'requestPayment', kind: 'scripted', count: 1 });
  }, 60_000);

  it('takes the lists beside the source for what a bundler has built, and tells of each page what it called', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': APP['rx-miniprogram.config.json'],
      'mock.json': { 'GET https://api.example.com/items': { json: { n: 2 } } },
      'dist/build/mp-weixin/project.config.json': { appid: '' },
      'dist/build/mp-weixin/app.json': { pages: ['pages/list/list', 'pages/other/other'] },
      'dist/build/mp-weixin/app.js': 'App({})',
      'dist/build/mp-weixin/pages/list/list.js': `Page({ onLoad() {
        wx.getStorage({ key: 'q', complete: () => wx.request({ url: 'https://api.example.com/items' }) }) } })`,
      'dist/build/mp-weixin/pages/other/other.js': 'Page({})',
    });
    const args = ['run', 'dist/build/mp-weixin', '--visit-all', '--mock', 'mock.json'];
    const { code, output } = await cliProcess(folder, args);

    expect(code).toBe(0);
    expect(output).toContain('  pages/list/list  1 call\n  pages/other/other  0 calls\n');
  }, 60_000);

  it('does not blame the app for what pages throw without their query, which --visit-all does not know', async () => {
    const folder = folderWith({
      ...APP,
      'mini/app.json': { pages: ['pages/home/home', 'pages/detail/detail'] },
      'mini/pages/home/home.js': 'Page({})',
      'mini/pages/detail/detail.js': 'Page({ onLoad({ ids }) { this.first = ids.split(",")[0] } })',
    });
    const { code, output } = await cliProcess(folder, ['run', '.', '--visit-all']);

    expect(code).toBe(0);
    expect(output).toContain(
      'thrown by pages that were opened without their query\n  pages/detail/detail.js:1:43: TypeError: ',
    );
    expect((await cliProcess(folder, ['run', '.', '--page', 'pages/detail/detail'])).code).toBe(1);
  }, 60_000);

  it('says once that a server is not there, and ends well', async () => {
    const folder = folderWith({
      ...APP,
      'mini/app.ts': `App({}); for (let n = 0; n < 3; n++) wx.request({ url: 'https://api.example.com/' + n })`,
      'mini/app.json': { pages: [] },
    });
    const { code, output } = await cliProcess(folder, ['run', '.', '--map', 'api.example.com=127.0.0.1:1']);

    expect(code).toBe(0);
    expect(output.match(/--map api\.example\.com=/g)).toHaveLength(1);
    expect(output).toContain('api.example.com  3 calls  ');
  }, 60_000);

  it('ends with what is wrong with the app, and no stack of ours', async () => {
    const folder = folderWith({ ...APP, 'mini/app.ts': `import dayjs from 'dayjs'\nApp({ dayjs })` });
    const { code, output, errors } = await cliProcess(folder, ['run', '.']);

    expect(code).toBe(1);
    expect(errors).toBe(
      "app.ts:1: the package 'dayjs' is not installed; run 'npm i dayjs' beside package.json, then “build npm” (工具 → 构建 npm)\n",
    );
    expect(output).toContain('thrown by the app\n  app.ts:1: the package');
  }, 60_000);

  it.each([
    [['--phone', 'nokia'], "--phone: expected one of android, ios, harmony, windows, mac, devtools; got 'nokia'"],
    [['--map', 'api.example.com'], '--map: expected host=address, as in api.example.com=127.0.0.1:8443'],
    [['--script', 'none.json'], "--script: expected a file that can be read; got 'none.json'"],
    [['--script', 'bad.json'], '--script: bad.json: steps[0]: expected one of open, call'],
    [['--mock', 'bad.json'], '--mock: expected \'GET https://api.example.com/items\': { "json": … }'],
  ])('%j ends with 2', async (args, message) => {
    const folder = folderWith({ ...APP, 'bad.json': [{ tap: 'x' }] });
    const { code, errors } = await cli(folder, ['run', '.', ...args]);

    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});

describe('rx-miniprogram run, of what is no app', () => {
  const PAGE = { 'app.js': 'App({})', 'app.json': { pages: ['p/p'] } };
  it.each<[string, Parameters<typeof folderWith>[0], readonly string[], string]>([
    ['a text', { 'notes.txt': 'x' }, ['notes.txt'], 'expected a script (.js, .mjs, .cjs), or the folder of app.json'],
    ['no folder', {}, ['none'], 'there is no none'],
    ['a folder in its place', { 'app.js': '', 'app.json/x': '' }, ['.'], 'app.json: this cannot be read (EISDIR)'],
    ['JSON that ends too early', { 'app.js': '', 'app.json': '{ "pages": [' }, ['.'], 'app.json:1:13: this is no JSON'],
    ['JSON in JSON in JSON', { 'app.js': '', 'app.json': '['.repeat(100_000) }, ['.'], 'app.json:1:1: this is no JSON'],
    ['UTF-16', { 'app.js': '', 'app.json': '\uFEFF{}' }, ['.'], 'app.json: this is UTF-16; save it as UTF-8'],
  ])('%s: ends with 2 and says so', async (name, files, args, message) => {
    const folder = folderWith(files);
    if (name === 'UTF-16') writeFileSync(join(folder, 'app.json'), '\uFEFF{}', 'utf16le');
    const { code, errors } = await cli(folder, ['run', ...args]);

    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
    expect(errors).not.toContain('    at ');
  });

  it('goes on without a script that is UTF-16, and says that there is no page', async () => {
    const folder = folderWith(PAGE);
    mkdirSync(join(folder, 'p'));
    writeFileSync(join(folder, 'p', 'p.js'), '\uFEFFPage({})', 'utf16le');
    const { code, output } = await cliProcess(folder, ['run', '.']);
    expect([code, output]).toEqual([1, expect.stringContaining('p/p.js: this is UTF-16; save it as UTF-8\n')]);

    const none = await cliProcess(folderWith({ 'app.js': 'App({})', 'app.json': '' }), ['run', '.']);
    expect(none.output).toContain('not here\n  app.json: it names no page, so none opens\n');
  }, 60_000);

  it('is not ended by what is thrown after the end', async () => {
    const onLoad = `setTimeout(() => setInterval(() => { Promise.reject(new Error('late')) }, 1), 200)`;
    const folder = folderWith({ ...PAGE, 'p/p.js': `Page({ onLoad() { ${onLoad} } })` });
    const { code, errors } = await cliProcess(folder, ['run', '.', '--for', '190ms']);
    expect([code, errors]).toEqual([0, '']);
  }, 60_000);

  it('stops an app that never comes back', () => {
    const folder = folderWith({ 'loop.mjs': '' });
    const source = JSON.stringify(join(ROOT, 'src/cli/run/watch-for-loops.ts'));
    writeFileSync(
      join(folder, 'loop.mts'),
      `import { watchForLoops } from ${source};\nwatchForLoops('stopped', 1_000)();\nwatchForLoops('stopped', 1_000);\nsetTimeout(() => { for (;;); }, 100);`,
    );
    const ended = spawnSync('npx', ['tsx', join(folder, 'loop.mts')], { cwd: ROOT, encoding: 'utf8', timeout: 50_000 });
    expect(ended.stderr).toBe('stopped\n');
  }, 60_000);
});
