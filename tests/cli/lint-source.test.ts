import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cli, folderWith, type Files } from './support/cli.js';

const CONFIG = {
  domains: {
    request: ['https://api.example.com', 'https://ported.example.com:8443'],
    uploadFile: ['https://up.example.com'],
    downloadFile: ['https://cdn.example.com'],
    socket: ['wss://push.example.com'],
  },
};

async function lint(files: Files, ...args: readonly string[]) {
  return cli(folderWith({ 'rx-miniprogram.config.json': CONFIG, ...files }), ['lint', ...args]);
}

/** `[line:column, rule, entry to add]` of each error in a source. */
async function errorsIn(source: string, file = 'app.js') {
  const { output } = await lint({ [file]: source }, '--json');
  const { findings } = JSON.parse(output) as {
    findings: { severity: string; rule: string; line: number; column: number; add?: { list: string; entry: string } }[];
  };
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, line, column, add }) => [`${line}:${column}`, rule, add && `${add.list} ${add.entry}`]);
}

describe('rx-miniprogram lint, the source', () => {
  it.each([
    ['DOM-1', `wx.request({ url: 'https://other.cn/x' })`, 'request https://other.cn'],
    ['DOM-2', `wx.request({ url: 'http://api.example.com/x' })`, undefined],
    ['DOM-2', `wx.connectSocket({ url: 'ws://push.example.com/x' })`, undefined],
    ['DOM-3', `wx.request({ url: 'https://8.8.8.8/x' })`, undefined],
    ['DOM-3', `wx.request({ url: 'http://localhost:3000/x' })`, undefined],
    ['DOM-4', `wx.request({ url: 'https://ported.example.com/x' })`, 'request https://ported.example.com'],
    ['DOM-5', `wx.request({ url: 'https://api.example.com:443/x' })`, 'request https://api.example.com:443'],
    ['DOM-7', `wx.request({ url: 'https://api.weixin.qq.com/sns/jscode2session' })`, undefined],
    ['DOM-8', `wx.request({ url: 'https://v2.api.example.com/x' })`, 'request https://v2.api.example.com'],
    ['DOM-1', `wx.uploadFile({ url: 'https://api.example.com/x' })`, 'uploadFile https://api.example.com'],
    ['DOM-1', `wx.connectSocket({ url: 'wss://other.cn/x' })`, 'socket wss://other.cn'],
  ])('[%s] %s', async (rule, source, add) => {
    expect(await errorsIn(source)).toEqual([[expect.stringMatching(/^1:\d+$/), rule, add]]);
  });

  it('names file, line, column, rule and the entry to add', async () => {
    const { code, output } = await lint({
      'pages/list.ts': `\n\n  const API: string = 'https://a.example.com/v1';\nwx.request({ url: API });\n`,
    });

    expect(code).toBe(1);
    expect(output).toContain(
      'pages/list.ts:3:23  error  DOM-1  https://a.example.com is not in the request domains; the nearest is https://api.example.com\n' +
        '    → add https://a.example.com to the request domains\n',
    );
  });

  it.each([
    ['a listed one', `wx.request({ url: 'https://api.example.com/x' })`],
    ['one in any list, when nobody sees the call', `const url = 'https://cdn.example.com/a'`],
    ['a neighbour on the local network', `wx.request({ url: 'http://192.168.1.7:3000/' })`],
    ['a comment', `// https://other.cn\n/* 'https://other.cn' */`],
    ['a namespace', `const svg = 'http://www.w3.org/2000/svg'`],
    ['a sentence', `throw new Error('see https://other.cn/help')`],
    ['a module', `import 'https://other.cn/x.js'`],
    ['a host that is known when the app runs', 'wx.request({ url: `https://${host}/x` }); go("https://" + host)'],
    ['a picture', `const logo = 'https://img.other.cn/logo.png'`],
    ['a waiver on the line', `const help = 'https://other.cn/'; // rx-miniprogram-ignore-line`],
    ['a waiver before it', `// rx-miniprogram-ignore-next-line\nconst help = 'https://other.cn/';`],
  ])('says nothing of %s', async (_what, source) => {
    expect(await errorsIn(source)).toEqual([]);
  });

  it.each([
    ['concatenation', `wx.request({ url: 'https://other.cn' + '/x' + id })`],
    ['a template', 'wx.request({ url: `https://other.cn/${id}` })'],
    ['a template that ends with the host', 'wx.request({ url: `https://other.cn${path}` })'],
    ['a constant', `const BASE = 'https://other.cn';\nwx.request({ url: BASE + '/x' })`],
    ['a constant of constants', 'const A = "https://other.cn"; const B = `${A}/v1`;\nwx.request({ url: `${B}/x` })'],
    ['a condition', `wx.request({ url: beta ? 'https://other.cn/x' : 'https://api.example.com/x' })`],
    ['escapes', `const a = "https:\\/\\/other.cn\\/x"; wx.request({ url: a })`],
    ['uni and Taro', `Taro.request({ url: 'https://other.cn/' })`],
    ['http$', `http$('https://other.cn/')`],
    ['http$.get', `http$.get('https://other.cn/', {})`],
    ['flow of hundreds', `const a = 'https://other.cn/'${` + 'x'`.repeat(500)}; wx.request({ url: a })`],
  ])('sees through %s', async (_what, source) => {
    expect(await errorsIn(source)).toEqual([[expect.any(String), 'DOM-1', 'request https://other.cn']]);
  });

  it.each(['ts', 'tsx', 'jsx', 'mjs', 'cjs', 'mts'])('reads .%s', async (ending) => {
    const types = /ts/.test(ending) ? 'const n = 1 as number; ' : '';
    expect(await errorsIn(`${types}wx.request({ url: 'https://other.cn' })`, `a.${ending}`)).toHaveLength(1);
  });

  it.each(['vue', 'mpx', 'wpy'])('reads the scripts of .%s, at their lines', async (ending) => {
    const component = `<template>\n<a href="https://help.cn">x</a>\n</template>\n<script lang="ts">\nconst a = 'https://other.cn' as string; wx.request({ url: a })\n</script>`;

    expect(await errorsIn(component, `a.${ending}`)).toEqual([['5:11', 'DOM-1', 'request https://other.cn']]);
  });

  it('reads data in JSON, at its place', async () => {
    const { output } = await lint({
      'data/env.json': '{\n "api": "https://other.cn" }',
      'app.js': `const env = require('./data/env.json'); wx.request({ url: env.api + '/x' })`,
    });

    expect(output).toContain('data/env.json:2:9  error  DOM-1  https://other.cn is not in the request domains');
  });

  it('leaves alone what is built, tests and the cloud', async () => {
    const call = `wx.request({ url: 'https://other.cn' })`;
    const { code, output } = await lint({
      'project.config.json': { cloudfunctionRoot: 'cloud/' },
      'node_modules/a/index.js': call,
      'dist/app.js': call,
      '.cache/app.js': call,
      'app.test.js': call,
      'cloud/login/index.js': call,
      'app.js': '',
    });

    expect(output).toContain('1 source file in');
    expect(code).toBe(0);
  });

  it('takes files and folders, and "ignore"', async () => {
    const files = {
      'rx-miniprogram.config.json': { ...CONFIG, ignore: ['https://help.cn/'] },
      'a/a.js': `wx.request({ url: 'https://help.cn/x' })`,
      'b/b.js': `wx.request({ url: 'https://other.cn' })`,
    };

    expect(await lint(files, 'a')).toMatchObject({ code: 0 });
    expect(await lint(files, 'a', 'b/b.js')).toMatchObject({ code: 1 });
    expect((await lint(files, 'c')).output).toContain('c  error  source  it cannot be read (ENOENT)');
  });
});

describe('rx-miniprogram lint, hostile input', () => {
  it('searches a minified file of 5 MB as text', async () => {
    const line = `!function(e){var t={a:"https:\\/\\/api.example.com/x",b:[1,2,3],c:"'"}};`;
    const { code, output } = await lint({ 'vendor.js': `${line.repeat(70_000)}wx.request({url:"https://other.cn/"})` });

    expect(code).toBe(0);
    expect(output).toContain(
      'vendor.js  note  source  too big or not parsable, so its calls are not known; it names https://api.example.com, https://other.cn',
    );
  }, 20_000);

  it.each([
    ['that is no JavaScript', `<?php 'https://other.cn/' {{{`],
    [
      'nested deeper than a stack',
      `const a = ${'['.repeat(100_000)}wx.request({ url: 'https://other.cn/' })${']'.repeat(100_000)}`,
    ],
    ['of a template without end', 'const a = "https://other.cn/"; `${`${`${'],
  ])('reads a file %s as text', async (_what, source) => {
    const { code, output } = await lint({ 'a.js': source });

    expect(code).toBe(0);
    expect(output).toContain('so its calls are not known; it names https://other.cn');
  });

  it('tells of a file that is not UTF-8', async () => {
    const { code, output } = await lint({ 'gbk.js': Buffer.from([0x2f, 0x2f, 0xc4, 0xe3, 0xba, 0xc3]) });

    expect(code).toBe(0);
    expect(output).toContain('gbk.js  warning  source  it is not UTF-8; save it as UTF-8');
  });

  it.each(['null', '"x"', '[]', '{"domains":[]}', '{"domains":null}', '{"domains":{"request":5}}'])(
    '--fix leaves a file of truth alone that is %s',
    async (truth) => {
      const folder = folderWith({
        'rx-miniprogram.config.json': truth,
        'app.js': `wx.request({ url: 'https://a.example.com/' })`,
      });
      const { code, output } = await cli(folder, ['lint', '--fix']);

      expect(code).toBe(1);
      expect(output).toContain('is not written as plain lists; add the entries by hand');
      expect(readFileSync(join(folder, 'rx-miniprogram.config.json'), 'utf8')).toBe(truth);
    },
  );

  it('shows the name of a file in one line, without its control characters', async () => {
    const { output } = await lint({ 'a\nb\x1b[31m.js': `wx.request({ url: 'https://a.example.com/' })` });

    expect(output).toContain('a\\nb\\x1b[31m.js:1:19  error  DOM-1  ');
  });

  it('waits for no pipe that lies among the sources, and reads no device', async () => {
    const folder = folderWith({ 'rx-miniprogram.config.json': CONFIG, 'app.js': '' });
    execFileSync('mkfifo', [join(folder, 'pipe.js')]);
    symlinkSync('/dev/zero', join(folder, 'zero.js'));

    expect(JSON.parse((await cli(folder, ['lint', '--json'])).output)).toMatchObject({ files: 1, errors: 0 });
    const { code, output } = await cli(folder, ['lint', '--config', '/dev/zero']);
    expect(code).toBe(1);
    expect(output).toContain('/dev/zero  error  config  it is a device, not a file\n');
  });

  it('enters a loop of links once', async () => {
    const folder = folderWith({ 'rx-miniprogram.config.json': CONFIG, 'src/app.js': '' });
    mkdirSync(join(folder, 'src/a'));
    symlinkSync('..', join(folder, 'src/a/up'));
    symlinkSync('nowhere', join(folder, 'src/a/lost.js'));
    symlinkSync('self.js', join(folder, 'src/a/self.js'));
    const { code, output } = await cli(folder, ['lint']);

    expect(code).toBe(0);
    expect(output).toContain('src/a/self.js  warning  source  it cannot be read (ELOOP)');
    expect(output).toContain('1 source file in');
  });
});

describe('rx-miniprogram lint --fix', () => {
  const CALLS = `
    wx.request({ url: 'https://new.example.com/x' });
    wx.request({ url: 'https://new.example.com/y' });
    wx.connectSocket({ url: 'wss://new.example.com' });
    wx.request({ url: 'http://plain.example.com' });`;

  it('shows a diff, writes the entries, and leaves what no entry can allow', async () => {
    const config = '{\n  // ours\n  "domains": {\n    "request": [\n      "https://api.example.com"\n    ]\n  }\n}\n';
    const folder = folderWith({ 'rx-miniprogram.config.json': config, 'app.js': CALLS });
    const { code, output } = await cli(folder, ['lint', '--fix']);

    expect(output).toContain('+      "https://new.example.com"\n');
    expect(output).toContain('+      "wss://new.example.com"\n');
    expect(readFileSync(join(folder, 'rx-miniprogram.config.json'), 'utf8')).toBe(
      '{\n  // ours\n  "domains": {\n    "request": [\n      "https://api.example.com",\n      "https://new.example.com"\n    ],\n    "socket": [\n      "wss://new.example.com"\n    ]\n  }\n}\n',
    );
    expect(code).toBe(1);
    expect(output).toMatch(/DOM-2.*\n.*add https:.*\n.*DOM-6[^]*1 error, /);
  });

  it('makes the file of truth where there is none', async () => {
    const folder = folderWith({ 'app.js': `wx.request({ url: 'https://new.example.com/x' });` });

    expect(await cli(folder, ['lint', '--fix'])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(folder, 'rx-miniprogram.config.json'), 'utf8'))).toEqual({
      domains: { request: ['https://new.example.com'] },
    });
  });

  it('writes nothing with --dry-run, and never over a file that it cannot read', async () => {
    const folder = folderWith({ 'rx-miniprogram.config.json': '{ "domains": ', 'app.js': CALLS });
    const before = readFileSync(join(folder, 'rx-miniprogram.config.json'), 'utf8');

    expect((await cli(folder, ['lint', '--fix'])).output).toContain('add the entries by hand');
    expect(readFileSync(join(folder, 'rx-miniprogram.config.json'), 'utf8')).toBe(before);

    const other = folderWith({ 'rx-miniprogram.config.json': { domains: {} }, 'app.js': CALLS });
    expect((await cli(other, ['lint', '--dry-run'])).output).toContain('was not changed (--dry-run)');
    expect(JSON.parse(readFileSync(join(other, 'rx-miniprogram.config.json'), 'utf8'))).toEqual({ domains: {} });
  });
});

describe('rx-miniprogram lint --fix, where it may not write', () => {
  it('says so', async () => {
    // A folder of that name: not even root can write to it.
    const folder = folderWith({
      'config/domains.json/x': '',
      'app.js': `wx.request({ url: 'https://new.example.com' })`,
    });
    const { code, output } = await cli(folder, ['lint', '--fix', '--config', 'config/domains.json']);

    expect(code).toBe(1);
    expect(output).toContain('config/domains.json  error  config  it cannot be read (EISDIR)');
    expect(output).toContain('add the entries by hand');
  });
});

describe('rx-miniprogram', () => {
  it.each([
    [['lint', '--jsn'], "Unknown option '--jsn'"],
    [['lnt'], "there is no command 'lnt'; there are lint, doctor, request, run"],
    [
      ['lint', '--trace'],
      'lint has no option --trace; it has --config, --json, --format, --explain, --fix, --dry-run, --lang, --help',
    ],
  ])('%j ends with 2', async (args, message) => {
    const { code, output, errors } = await cli(folderWith({}), args);

    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain(message);
  });

  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, [], '警告'],
    [{ LANG: 'zh_CN.UTF-8' }, ['--lang', 'en'], 'warning'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, [], 'warning'],
    [{ LANG: 'en_GB' }, ['--lang=zh'], '警告'],
  ])('speaks by %j and %j', async (env, args, word) => {
    const { output } = await cli(folderWith({}), ['lint', ...args], env);

    expect(output).toContain(`  ${word}  config  `);
  });
});
