import { join } from 'node:path';
import { folderWith, type Files } from '../cli/support/cli.js';
import { createDriver } from '../../src/miniprogram/driver.js';
import { createMiniProgram } from '../../src/miniprogram/mini-program.js';
import { readAppFolder } from '../../src/miniprogram/app-folder.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';

const PAGES = {
  pages: ['pages/a/a', 'pages/b/b', 'pages/c/c'],
  tabBar: { list: [{ pagePath: 'pages/a/a' }, { pagePath: 'pages/c/c' }] },
};
const hooks = (name: string) =>
  ['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload']
    .map((hook) => `${hook}(q) { console.log('${name} ${hook}' + (q && q.id ? ' ' + q.id : '')); }`)
    .join(',');
const page = (name: string) => `Page({ ${hooks(name)}, tap() { wx.navigateTo({ url: '../b/b?id=2' }) } })`;

function start(files: Files, entry?: string) {
  const said: string[] = [];
  const thrown: string[] = [];
  const simulator = createSimulator();
  const app = createMiniProgram({
    folder: readAppFolder(folderWith(files)),
    simulator,
    said: (_level, line) => said.push(line),
    onThrown: ({ message, place }) => thrown.push(`${place?.file ?? ''}:${place?.line ?? 0} ${message}`),
  });
  const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms + 5));
  const driver = createDriver(app, simulator, { pass, close: () => simulator.close() });
  running.push(driver);
  try {
    app.start(entry);
  } catch (error) {
    app.threw(error);
  }
  return { app, driver, said, thrown, taken: () => said.splice(0) };
}

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const driver of running.splice(0)) await driver.close();
});

describe('the modules of an app', () => {
  it('are ES modules and CommonJS mixed, from the root, and TypeScript', () => {
    const { said, thrown } = start({
      'app.json': { pages: [] },
      'app.ts': `import base from './config'; import * as all from '/lib/all'; import { type T } from './types';
        const x: T = 1; App({}); console.log(base, all.one, require('lib/all').default, x)`,
      'config.js': `module.exports = 'config'`,
      'types.ts': `export type T = number`,
      'lib/all/index.js': `export const one = 1; export default function two() {}; module.exports.default = 'mixed'`,
    });

    expect(thrown).toEqual([]);
    expect(said).toEqual(['config 1 mixed 1']);
  });

  it('are in packages: a sub-package has the main one, an independent one only itself, and require.async reaches all', async () => {
    const { said, thrown, driver } = start({
      'app.json': {
        pages: ['pages/a/a'],
        subPackages: [
          { root: 'shop/', pages: ['p'] },
          { root: 'ads', pages: ['p'], independent: true },
        ],
      },
      'app.js': `App({})`,
      'lib.js': `module.exports = 'lib'`,
      'pages/a/a.js': `Page({
        sync() { require('../../shop/lib') },
        later() { require.async('../../ads/lib').then((lib) => console.log(lib)) } })`,
      'shop/lib.js': `module.exports = 'shop'`,
      'shop/p.js': `Page({ main() { console.log(require('../lib')) }, ads() { require('../ads/lib') } })`,
      'ads/lib.js': `module.exports = 'ads'`,
      'ads/p.js': `console.log(require('./lib')); Page({ main() { require('/lib') } })`,
    });
    await driver.call('later');
    await driver.call('sync');
    await driver.open('/shop/p');
    await driver.call('main');
    await driver.call('ads');
    await driver.open('/ads/p');
    await driver.call('main');

    expect(said).toEqual(['ads', 'lib', 'ads']);
    expect(thrown).toEqual([
      "pages/a/a.js:2 pages/a/a.js:2: '../../shop/lib' is in the sub-package 'shop', which may not be there yet when the main package runs; use require.async, or move the file",
      "shop/p.js:1 shop/p.js:1: '../ads/lib' is in the sub-package 'ads', which may not be there yet when the sub-package 'shop' runs; use require.async, or move the file",
      "ads/p.js:1 ads/p.js:1: '/lib' is in the main package, which may not be there yet when the sub-package 'ads' runs; use require.async, or move the file",
    ]);
  });

  it('have a phone’s globals and no others, and no text becomes code', () => {
    const { said } = start({
      'app.json': { pages: [] },
      'app.js': `console.log(['process','Buffer','fetch','URL','window','document','WebAssembly','queueMicrotask','setImmediate']
        .filter((name) => typeof globalThis[name] !== 'undefined').join());
        for (const make of [() => eval('1'), () => new Function('return 1'), () => (0, setTimeout)('1')])
          try { make(); console.log('made') } catch (error) { console.log(error instanceof Error) }`,
    });

    expect(said).toEqual(['', 'true', 'true', 'true']);
  });

  it.each([
    ['const x = require("lodash")', 1, "the package 'lodash' is not installed; run 'npm i lodash' beside package.json"],
    ['\nimport x from "./nothing"', 2, "there is no module './nothing'"],
    ['\n\nlet x = ;', 3, 'this cannot be read'],
    ['\nexport const x = ;', 2, 'this cannot be read'],
    ['require("fs")', 1, "'fs' is of Node.js"],
    ['\nnull.x', 2, 'TypeError'],
  ])('%j is told of with its place', (code, line, message) => {
    const { thrown } = start({ 'app.json': { pages: [] }, 'app.js': code });

    expect(thrown).toEqual([expect.stringContaining(message)]);
    expect(thrown[0]).toContain(`app.js:${line}`);
  });

  it('may use the names of a browser as their own, and ask whether there is one', () => {
    const { said, thrown } = start({
      'app.json': { pages: [] },
      'app.js': `const location = { protocol: 'https' };
        console.log(location.protocol, window ? 1 : 0, typeof navigator, new wx.cloud.CloudID('x') instanceof Object)`,
    });

    expect([said, thrown]).toEqual([['https 0 undefined true'], []]);
  });

  it('come later by require.async, and a plugin is a stand-in', async () => {
    const { said, driver } = start({
      'app.json': { pages: [] },
      'app.js': `require('plugin://chat'); require.async('./late').then((late) => console.log(late.n, late instanceof Object));
        require.async('./never').catch((error) => console.log(error.message.includes('never'), error instanceof Error))`,
      'late.js': 'exports.n = 3',
    });
    await driver.wait(5);

    expect(said).toEqual(['3 true', 'true true']);
  });
});

describe('the life of an app', () => {
  const APP = {
    'app.json': PAGES,
    'app.js': `App({ onLaunch(o) { console.log('launch', o.path) }, onShow() { console.log('show') }, onHide() { console.log('hide') } })`,
    'pages/a/a.js': page('a'),
    'pages/b/b.js': page('b'),
    'pages/c/c.js': page('c'),
  };

  it('launches, opens, hides and shows', async () => {
    const { driver, taken } = start(APP, 'pages/a/a?id=7');
    expect(taken()).toEqual(['launch pages/a/a', 'show', 'a onLoad 7', 'a onShow', 'a onReady']);

    await driver.hide(20);
    expect(taken()).toEqual(['a onHide', 'hide', 'show', 'a onShow']);
  });

  it('stacks pages, goes back, and keeps tabs', async () => {
    const { driver, taken } = start(APP);
    taken();

    await driver.call('tap');
    expect(taken()).toEqual(['a onHide', 'b onLoad 2', 'b onShow', 'b onReady']);
    expect(driver.pages).toEqual(['pages/a/a', 'pages/b/b?id=2']);

    await driver.back();
    expect(taken()).toEqual(['b onUnload', 'a onShow']);

    await driver.open('/pages/c/c');
    await driver.open('/pages/a/a');
    expect(taken()).toEqual(['a onHide', 'c onLoad', 'c onShow', 'c onReady', 'c onHide', 'a onShow']);
  });

  it('refuses what the platform refuses', async () => {
    const { driver, said } = start({
      ...APP,
      'pages/a/a.js': `Page({ go(e) { wx[e.api]({ url: e.url, fail: ({ errMsg }) => console.log(errMsg) }) } })`,
    });
    said.splice(0);
    for (const [api, url] of [
      ['navigateTo', '/pages/c/c'],
      ['switchTab', '/pages/b/b'],
      ['navigateTo', '/pages/z/z'],
      ['navigateBack', ''],
    ])
      await driver.call('go', { api, url });

    expect(said).toEqual([
      'navigateTo:fail can not navigateTo a tabbar page',
      'switchTab:fail can not switch to no-tabBar page',
      'navigateTo:fail page "pages/z/z" is not found',
      'navigateBack:fail cannot navigate back at first page.',
    ]);
  });

  it('stops the timers of an app that is suspended', async () => {
    const { driver, said } = start({
      'app.json': { pages: [] },
      'app.js': `App({}); setTimeout(() => console.log('late', Date.now() - began >= 5_200), 5_100); const began = Date.now();`,
    });
    driver.simulator.enterBackground();
    await new Promise((resolve) => setTimeout(resolve, 5_300));
    expect(said).toEqual([]);
    await driver.show();
    expect(said).toEqual(['late true']);
  }, 15_000);

  it('tells of what it throws, where, and goes on', async () => {
    const { driver, thrown } = start({
      'app.json': { pages: ['a'] },
      'app.js': `App({ onError(message) { console.log('told') } })`,
      'a.js': `Page({\n  tap() { throw new RangeError('no') },\n  later() { setTimeout(() => { null.x }) } })`,
    });
    await driver.call('tap');
    await driver.call('later');

    expect(thrown[0]).toBe('a.js:2 RangeError: no');
    expect(thrown[1]).toMatch(/^a\.js:3 TypeError/);
    await expect(driver.call('nothing')).rejects.toThrow("a.js: the page has no 'nothing'");
  });
});

describe('a component', () => {
  it('lives with its page, gets properties, observes, and triggers events', async () => {
    const { driver, taken, thrown } = start({
      'app.json': { pages: ['p/p'], usingComponents: {} },
      'app.js': 'App({})',
      'p/p.json': { usingComponents: { card: '/card/card' } },
      'p/p.wxml': `<view><card id="one" class="x" title="{{user.name}}" data-n="{{1}}" bind:done="onDone" /><card wx:if="{{more}}" /></view>`,
      'p/p.js': `Page({ data: { user: { name: 'Ada' }, more: false },
        onLoad() { console.log('load') },
        onDone(e) { console.log('done', e.detail.at, e.currentTarget.dataset.n, this.selectComponent('#one').data.title) },
        rename() { this.setData({ 'user.name': 'Bob' }) }, more() { this.setData({ more: true }) } })`,
      'card/card.json': { component: true },
      'card/card.js': `const shared = Behavior({ properties: { title: String }, data: { n: 1 }, methods: { say(w) { console.log(w, this.data.title) } } });
        Component({ behaviors: [shared], lifetimes: { attached() { this.say('attached') }, detached() { console.log('detached') },
          ready() { this.triggerEvent('done', { at: 'ready' }) } },
          pageLifetimes: { hide() { console.log('page hid') } },
          observers: { title(now) { console.log('observed', now) } } })`,
    });
    expect(taken()).toEqual(['attached Ada', 'load', 'done ready 1 Ada']);

    await driver.call('rename');
    await driver.call('more');
    await driver.hide(1);
    expect(taken()).toEqual(['observed Bob', 'attached ', 'page hid', 'page hid']);
    expect(thrown).toEqual([]);
  });
});

describe('the folder of an app', () => {
  it.each(['dist', 'dist/build/mp-weixin', 'unpackage/dist/dev/mp-weixin', 'dist/wx'])('is found in %s', (built) => {
    const folder = folderWith({ 'package.json': {}, 'src/app.vue': '', [`${built}/app.js`]: 'App({})' });
    expect(readAppFolder(folder).root).toBe(join(folder, built));
  });
});

describe('what is on the desk and not on a phone', () => {
  it("is a package that is nobody's dependency, which “build npm” leaves out", () => {
    const manifest = (dependencies: object) => ({ main: 'index.js', dependencies });
    const { driver, thrown } = start({
      'package.json': manifest({ listed: '1' }),
      'app.json': { pages: [] },
      'app.js': `App({}); require('listed'); require('rxjs'); require('other/part'); require('./built')`,
      'built.js': `require('below')`,
      'node_modules/listed/package.json': manifest({ below: '1' }),
      'node_modules/listed/index.js': `require('below'); require('rxjs')`,
      'node_modules/below/package.json': manifest({ listed: '1' }),
      'node_modules/below/index.js': '',
      'node_modules/rxjs/package.json': manifest({}),
      'node_modules/rxjs/index.js': '',
      'node_modules/other/package.json': manifest({}),
      'node_modules/other/part.js': '',
    });

    expect(thrown).toEqual([]);
    const why = 'it is not in the dependencies of package.json, so “build npm” leaves it out; ';
    expect(driver.report().missing).toEqual([
      `rxjs: ${why}write require('rx-miniprogram/rxjs')`,
      `other: ${why}run 'npm i other', and “build npm” (工具 → 构建 npm)`,
      'app.json: it names no page, so none opens',
    ]);
  });

  it('is a photo of this computer, which the app gets a copy of', async () => {
    const photo = join(folderWith({ 'photo.png': 'a photo' }), 'photo.png');
    const { driver, said } = start({
      'app.json': { pages: ['a'] },
      'app.js': 'App({})',
      'a.js': `Page({
        async tap() {
          const { tempFiles: [{ tempFilePath, size }] } = await wx.chooseMedia({});
          console.log(tempFilePath, size, wx.getFileSystemManager().readFileSync(tempFilePath, 'utf8'));
        },
        async pick() { console.log((await wx.chooseImage({})).tempFilePaths[0]) } })`,
    });
    driver.answer('chooseMedia', { tempFiles: [{ tempFilePath: photo, size: 7 }] });
    driver.answer('chooseImage', () => ({ tempFilePaths: ['wxfile://usr/photo.png'] }));
    void driver.call('tap');
    void driver.call('pick');
    await driver.wait(5);

    expect(said).toEqual(['wxfile://usr/photo.png 7 a photo', 'wxfile://usr/photo.png']);
    expect(() => driver.answer('chooseMessageFile', { tempFiles: [{ path: 'none.pdf' }] })).toThrow(
      "answer: expected a file of this computer, or a wxfile:// path; got 'none.pdf', which cannot be read (ENOENT)",
    );
  });
});

describe('what is not simulated', () => {
  it('answers as the types say, as a user who says no, or as the script says; and is written down', async () => {
    const { driver, said } = start({
      'app.json': { pages: ['a'] },
      'app.js': 'App({})',
      'a.js': `Page({ async tap() {
        console.log((await wx.showModal({})).confirm);
        wx.chooseMedia({ fail: ({ errMsg }) => console.log(errMsg) });
        wx.getSetting({ success: ({ authSetting }) => console.log(typeof authSetting) });
        console.log(wx.createInnerAudioContext().paused, wx.canIUse('getGroupEnterInfo'), typeof wx.cloud.init);
        wx.createSelectorQuery().select('#a').boundingClientRect((rect) => console.log(rect.width)).exec();
      } })`,
    });
    await driver.call('tap');
    driver.answer('showModal', { confirm: true });
    await driver.call('tap');
    await driver.wait(5);

    const once = (confirm: boolean) => [
      String(confirm),
      'false true function',
      'chooseMedia:fail cancel',
      'object',
      '0',
    ];
    expect(said).toEqual([...once(false), ...once(true)]);
    expect(driver.report().standIns).toContainEqual({ api: 'chooseMedia', kind: 'declined', count: 2 });
    expect(driver.report().standIns).toContainEqual({ api: 'showModal', kind: 'scripted', count: 1 });
  });
});
