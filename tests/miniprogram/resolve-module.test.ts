import { resolveModule, type ModuleFiles, type PackageManifest } from '../../src/miniprogram/resolve-module.js';

const MANIFESTS: { readonly [folder: string]: PackageManifest } = {
  '/project/node_modules/plain': { main: 'lib/main' },
  '/project/node_modules/@scope/mini': { miniprogram: 'miniprogram_dist', main: 'node.js' },
  '/project/node_modules/modern': { exports: { '.': { import: './m.mjs', require: './m.cjs' }, './part': './p.js' } },
};
const FILES = new Set([
  '/project/app/app.js',
  '/project/app/common/update.js',
  '/project/app/utils/WebIM.js',
  '/project/app/utils/index.js',
  '/project/app/pages/list/list.ts',
  '/project/app/pages/list/data.json',
  '/project/app/pages/list/utils/near.js',
  '/project/app/miniprogram_npm/dayjs/index.js',
  '/project/app/miniprogram_npm/@vant/weapp/button/index.js',
  '/project/app/packages/own/miniprogram_npm/dayjs/index.js',
  '/project/node_modules/plain/lib/main.js',
  '/project/node_modules/@scope/mini/miniprogram_dist/index.js',
  '/project/node_modules/@scope/mini/node.js',
  '/project/node_modules/modern/m.cjs',
  '/project/node_modules/modern/m.mjs',
  '/project/node_modules/modern/p.js',
]);
const files: ModuleFiles = {
  root: '/project/app',
  aliases: { '~/*': '/*', '@utils/*': '/utils/*' },
  isFile: (path) => FILES.has(path),
  manifestIn: (folder) => MANIFESTS[folder],
};
const APP = '/project/app/app.js';
const PAGE = '/project/app/pages/list/list.ts';

describe('the module that a name means', () => {
  it.each([
    ['./common/update', APP, '/project/app/common/update.js'],
    ['./common/update.js', APP, '/project/app/common/update.js'],
    ['../../utils', PAGE, '/project/app/utils/index.js'],
    ['/utils/WebIM', PAGE, '/project/app/utils/WebIM.js'],
    ['/utils/near', PAGE, '/project/app/pages/list/utils/near.js'],
    ['utils/WebIM', PAGE, '/project/app/utils/WebIM.js'],
    ['utils/near', PAGE, '/project/app/pages/list/utils/near.js'],
    ['./list.js', PAGE, '/project/app/pages/list/list.ts'],
    ['./data.json', PAGE, '/project/app/pages/list/data.json'],
    ['~/utils/WebIM', PAGE, '/project/app/utils/WebIM.js'],
    ['@utils/WebIM', PAGE, '/project/app/utils/WebIM.js'],
    ['dayjs', PAGE, '/project/app/miniprogram_npm/dayjs/index.js'],
    ['dayjs', '/project/app/packages/own/pages/a.js', '/project/app/packages/own/miniprogram_npm/dayjs/index.js'],
    ['@vant/weapp/button/index', PAGE, '/project/app/miniprogram_npm/@vant/weapp/button/index.js'],
    ['plain', PAGE, '/project/node_modules/plain/lib/main.js'],
    ['@scope/mini', PAGE, '/project/node_modules/@scope/mini/miniprogram_dist/index.js'],
    ['modern', PAGE, '/project/node_modules/modern/m.cjs'],
    ['modern/part', PAGE, '/project/node_modules/modern/p.js'],
  ])('%s, from %s', (name, caller, path) => {
    expect(resolveModule(name, caller, files)).toEqual({ type: 'file', path });
  });

  it.each([
    ['plugin://chat/api', { type: 'plugin', name: 'plugin://chat/api' }],
    ['fs', { type: 'node', name: 'fs' }],
    ['node:path', { type: 'node', name: 'node:path' }],
    ['lodash/get', { type: 'missing-package', name: 'lodash' }],
    ['@tarojs/runtime/dist/x', { type: 'missing-package', name: '@tarojs/runtime' }],
    ['./nothing', { type: 'missing' }],
    ['/nothing', { type: 'missing' }],
  ])('%s is no file', (name, expected) => {
    expect(resolveModule(name, PAGE, files)).toEqual(expected);
  });
});
