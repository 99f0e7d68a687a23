import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { environmentFiles } from '../../src/cli/lint/environment-files.js';
import { sourceFiles } from '../../src/cli/lint/source-files.js';
import { isThirdParty } from '../../src/cli/lint/third-party.js';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'lint-files-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

describe("somebody else's code", () => {
  it.each([
    ['utils/qqmap-wx-jssdk.js', ''],
    ['utils/qqmap-wx-jssdk.min.js', ''],
    ['lib/im.sdk.js', ''],
    ['lib/JSSDK-1.2.0.js', ''],
    ['a.min.mjs', ''],
    ['vendor/a.js', ''],
    ['src/third_party/a.ts', ''],
    ['miniprogram_npm\\a\\index.js', ''],
    ['a.js', '/*! some library v1.2.3 */'],
    ['a.js', `${'x'.repeat(6_000)}\n`],
  ])('%s', (file, text) => expect(isThirdParty(file, text)).toBe(true));

  it.each([
    ['pages/index/index.js', ''],
    ['utils/sdkit.js', ''],
    ['utils/asdk.ts', ''],
    ['admin.js', ''],
    ['a.js', '/*! the app itself */'],
    ['a.js', '/* some library v1.2.3 */'],
    // Of a template, a line may be long.
    ['a.wxml', 'x'.repeat(6_000)],
    ['a.js', 'x\n'.repeat(6_000)],
  ])('not %s', (file, text) => expect(isThirdParty(file, text)).toBe(false));
});

describe('the sources of a project', () => {
  const found = (given = [root], skipped: readonly string[] = []) =>
    sourceFiles(given, skipped).files.map((file) => relative(root, file));

  it('are in order, without what is made of them, what tests them, and what runs elsewhere', () => {
    write({
      'b.ts': '',
      'a.wxml': '',
      'pages/index.vue': '',
      'types.d.ts': '',
      'b.test.ts': '',
      'package.json': '{}',
      'app.json': '{}',
      'data.json': '{}',
      'rx-miniprogram.config.json': '{}',
      'dist/b.js': '',
      'node_modules/x/index.js': '',
      'cloudfunctions/login/index.js': '',
      'uniCloud-aliyun/f.js': '',
      '.hidden/a.js': '',
      'logo.png': '',
    });

    expect(found()).toEqual(['a.wxml', 'b.ts', 'data.json', 'pages/index.vue']);
    expect(found([root], [join(root, 'pages')])).toEqual(['a.wxml', 'b.ts', 'data.json']);
    // What was named is read, whatever it is called.
    expect(found([join(root, 'dist'), join(root, 'types.d.ts')])).toEqual(['dist/b.js', 'types.d.ts']);
  });

  it('are entered once, whatever links lead to them; a link to nowhere is none', () => {
    write({ 'a/x.js': '' });
    symlinkSync(root, join(root, 'a', 'again'));
    symlinkSync(join(root, 'gone.js'), join(root, 'a', 'gone.js'));

    expect(found()).toEqual(['a/x.js']);
    expect(sourceFiles([join(root, 'gone')]).unreadable).toEqual([{ path: join(root, 'gone'), code: 'ENOENT' }]);
  });
});

describe('environment files', () => {
  const valuesOf = (name: string) =>
    environmentFiles([root, root, join(root, 'none')], root)
      .valuesOf(name)
      .map((value) => (value.kind === 'text' ? [value.text, value.development] : []));

  it('give a name each value that it has in some mode', () => {
    write({
      '.env':
        'API=https://a.example.com # ours\nexport OTHER = "with # in it"\nSINGLE=\'one\'\n# API=https://no.example.com\n',
      '.env.development': 'API=http://127.0.0.1:3000\n',
      '.env.production.local': 'API=https://b.example.com\r\n',
      '.environment': 'API=no\n',
      'app.env': 'API=no\n',
    });

    expect(valuesOf('API')).toEqual([
      ['https://a.example.com', false],
      ['http://127.0.0.1:3000', true],
      ['https://b.example.com', false],
    ]);
    expect(valuesOf('OTHER')).toEqual([['with # in it', false]]);
    expect(valuesOf('SINGLE')).toEqual([['one', false]]);
    expect(valuesOf('NONE')).toEqual([]);
  });
});
