import { launch } from '../src/testing/index.js';
import { cli, folderWith, type Carried } from './cli/support/cli.js';
import { cliProcess } from './cli/support/cli-process.js';
import { blocksOf, CHINESE, ENGLISH, linesOf, moduleOf, run, textOf } from './support/readme.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const READMES = ['README.md', 'README.zh-CN.md'];

describe.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
])('the tests of the %s pages', (_language, pages) => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'wx');
    Reflect.deleteProperty(globalThis, 'uni');
  });

  /** The one test in a block, as a runner would run it. */
  const testOf = (file: string, change: (code: string) => string = (code) => code) => {
    const { code } = blocksOf(pages).find((block) => block.file === file)!;
    let body: (() => unknown) | undefined;
    const it = (_title: string, given: () => unknown) => (body = given);
    run(change(code), { it, expect }, moduleOf);
    return async () => {
      await body!();
    };
  };

  it.each([
    ['users-test', "'8005ms (u|)'", "'8004ms (u|)'"],
    ['profile-test', "name: 'Ada' });\n\n", "name: 'Bob' });\n\n"],
    ['killed-test', "setStorage({ key: 'length', data: list.length })", "setStorage({ key: 'length', data: 2 })"],
  ])('%s passes, and fails for a wrong expectation', async (file, right, wrong) => {
    await testOf(file)();
    await expect(testOf(file, (code) => code.replace(right, wrong))()).rejects.toThrow();
  });
});

describe.each(['guide/run.md', 'guide/run.zh-CN.md'])('the test in %s', (page) => {
  const bodyOf = (change: (code: string) => string = (code) => code) => {
    const folder = folderWith({
      'app.json': { pages: ['pages/list/list'] },
      'app.js': 'App({})',
      'pages/list/list.js': "Page({ onShow() { wx.request({ url: 'https://api.example.com/items' }) } })",
    });
    const built: typeof launch = (dist, options) => launch(dist.replace('./dist', folder), options);
    let body: (() => unknown) | undefined;
    const it = (_title: string, given: () => unknown) => (body = given);
    run(change(linesOf([page], 'js').join('\n')), { it }, (id) => ({ ...moduleOf(id), launch: built }));
    return async () => {
      await body!();
    };
  };

  it('passes on an app that loads its list when it is shown, and fails for one call less', async () => {
    await bodyOf()();
    await expect(bodyOf((code) => code.replace('times: 2', 'times: 1'))()).rejects.toThrow('"times":1');
  });
});

const configOf = (name: string) => JSON.parse(linesOf([name], 'json').join('\n')) as object;

/** Of a command that is shown: without `npx rx-miniprogram` before, and what is said of it behind. */
const argumentsIn = (name: string, command: string) => {
  const line = linesOf([name], 'sh').find((each) => each.startsWith(`npx rx-miniprogram ${command} `))!;
  return line
    .replace(/ +#.*$/, '')
    .split(' ')
    .slice(2);
};

/** What `run` made of a refused call: it hides the app for seconds of real time, so both begin now. */
const ran = new Map<string, Promise<Carried>>();
beforeAll(() => {
  for (const name of READMES) {
    const folder = folderWith({
      'rx-miniprogram.config.json': configOf(name),
      'app.js': `wx.request({ url: 'https://other.example.com/' });`,
    });
    ran.set(name, cliProcess(folder, argumentsIn(name, 'run')));
  }
});

describe.each(READMES)('the commands of %s', (name) => {
  const language = name.includes('zh-CN') ? 'zh' : 'en';
  const config = configOf(name);
  const argumentsOf = (command: string) => argumentsIn(name, command);
  let server: TestServer;
  let here: readonly string[];

  beforeAll(async () => {
    server = await startTestServer(() => ({ header: { 'Content-Type': 'application/json' }, body: '{"name":"Ada"}' }));
    here = ['--ca', 'authority.pem', '--resolve', `api.example.com:443:127.0.0.1:${server.port}`];
  });
  afterAll(() => server.stop());

  it('lint prints what is shown of it', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': config,
      'app.json': { pages: ['pages/list'] },
      'app.js': '',
      'pages/list.js': `Page({
  onLoad() {
    wx.request({ url: 'https://api.example.com:443/items' });
  },
});`,
    });
    const { code, output, errors } = await cli(folder, argumentsOf('lint'), { LANG: language });

    const shown = linesOf([name], 'text').filter((line) => /^pages|→/.test(line));
    expect(shown).toHaveLength(2);
    expect(output + errors).toContain(shown.join('\n'));
    expect(code).toBe(1);
  });

  it('request sends one', async () => {
    const folder = folderWith({ 'authority.pem': server.ca, 'rx-miniprogram.config.json': config });
    const { code, output } = await cli(folder, [...argumentsOf('request'), ...here]);

    expect(output).toContain('200');
    expect(code).toBe(0);
  });

  it('doctor looks at the server', async () => {
    const folder = folderWith({ 'authority.pem': server.ca, 'rx-miniprogram.config.json': config });
    const { code, output } = await cli(folder, [...argumentsOf('doctor'), ...here]);

    expect(output).toContain('https://api.example.com');
    expect([0, 1]).toContain(code);
  });

  it('run ends with what was refused and why', async () => {
    const { code, output } = await ran.get(name)!;

    expect(output).toContain('DOM-1  GET https://other.example.com/');
    expect(code).toBe(1);
  }, 60_000);

  it('npm runs scripts that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...textOf(name).matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script!);
    expect(named).not.toEqual([]);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe.each([
  ['English', 'README.md', 'guide/costs.md'],
  ['Chinese', 'README.zh-CN.md', 'guide/costs.zh-CN.md'],
])('the sizes of the %s pages', (_language, readme, costs) => {
  interface Budgets {
    readonly imports: Readonly<Record<string, { readonly without: number; readonly es2015: number }>>;
    readonly files: Readonly<Record<string, number>>;
  }
  const { imports, files } = JSON.parse(textOf('bench/size-budgets.json')) as Budgets;

  /** The figures of a row of a table, in bytes. */
  const rowOf = (name: string, first: RegExp, columns: number) => {
    const rows = textOf(name)
      .split('\n')
      .filter((line) => first.test(line))
      .map((line) => line.split('|').slice(2, -1).map(Number));
    const row = rows.find((figures) => figures.length === columns && figures.every((figure) => figure > 0));
    return row?.map((figure) => figure * 1_000);
  };
  /** Rounded up, and not so far that one would not know it again. */
  const areNear = (shown: readonly number[] | undefined, budgets: readonly number[]) => {
    expect(shown).toBeDefined();
    expect(shown!.map((bytes, index) => bytes >= budgets[index]! && bytes <= budgets[index]! * 1.15 + 600)).toEqual(
      budgets.map(() => true),
    );
  };

  it.each([
    [/^\| `requireOk`/, 'requireOk'],
    [/^\| `http\$`/, 'http$'],
    [/`rx-miniprogram`.*\|.*\|.*\|$/, 'all of .'],
    [/`rx-miniprogram\/streams`/, 'all of ./streams'],
    [/`rx-miniprogram\/sockets`/, 'all of ./sockets'],
    [/`rx-miniprogram\/charsets\/gb18030`/, 'all of ./charsets/gb18030'],
    [/`rx-miniprogram\/charsets`/, 'all of ./charsets'],
  ])('are the budgets of %s', (row, budget) => {
    areNear(rowOf(readme, row, 2), [imports[budget]!.without, imports[budget]!.es2015]);
  });

  it.each([
    ['rx-miniprogram', ['_core.js', '_rxjs.js', 'index.js']],
    ['rx-miniprogram/streams', ['streams.js']],
    ['rx-miniprogram/sockets', ['sockets.js']],
    ['rx-miniprogram/rxjs', ['rxjs.js']],
    ['rx-miniprogram/charsets/gb18030', ['_gb18030.js', 'charsets/gb18030.js']],
    ['rx-miniprogram/charsets', ['_gb18030.js', 'charsets.js']],
  ])('are the budgets of the files of %s', (entry, loaded) => {
    const total = loaded.reduce((sum, file) => sum + files[file]!, 0);
    areNear(rowOf(costs, new RegExp(`^\\| \`${entry}\` \\|`), 1), [total]);
  });
});
