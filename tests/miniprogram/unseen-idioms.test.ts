import { folderWith, type Files } from '../cli/support/cli.js';
import { createDriver } from '../../src/miniprogram/driver.js';
import { createMiniProgram } from '../../src/miniprogram/mini-program.js';
import { readAppFolder } from '../../src/miniprogram/app-folder.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms + 5));

/** What public apps do that had not been looked at before; in apps of our own. */
async function said(files: Files, until: string): Promise<string[]> {
  const lines: string[] = [];
  const simulator = createSimulator();
  const app = createMiniProgram({
    folder: readAppFolder(folderWith(files)),
    simulator,
    said: (_level, line) => lines.push(line),
    onThrown: ({ message }) => lines.push(`threw ${message}`),
  });
  const driver = createDriver(app, simulator, { pass, close: () => simulator.close() });
  app.start();
  for (let tries = 0; tries < 200 && !lines.includes(until); tries++) await pass(5);
  await driver.close();
  return lines;
}
const page = (files: Files) => ({ 'app.js': 'App({})', 'app.json': { pages: ['p/p'] }, ...files });

describe('a script of a view', () => {
  it('says what a component is given, and how often it is there', async () => {
    const lines = await said(
      page({
        'p/p.json': { usingComponents: { row: '../row/row' } },
        'p/p.wxml': `<wxs src="../w/list.wxs" module="list" /><wxs src="/none.wxs" module="none" /><wxs module="broken">( </wxs>
          <row wx:for="{{ list.columns(rows) }}" text="{{ name(item, { sep: '-' }) }}" style="{{ list.none() }}" />
          <row wx:if="{{ none.f() }}" text="untold" /><row wx:if="{{ list.text.isLong('a') }}" text="long" />
          <wxs module="name">module.exports = function (item, how) { return item.n + how.sep + (item.constructor === 'Object') }</wxs><wxs module="open"`,
        'p/p.js': `Page({ data: { rows: [1, 2] }, onReady() { console.log('again'); this.setData({ other: 1 }); console.log('ready') } })`,
        'w/list.wxs': `var is = require('./is.wxs');
          module.exports = { text: { isLong: function (text) { return text.length > 3 } }, list: [function () {}], year: getDate(2020, 1, 1).getFullYear(),
          columns: function (rows) { console.log('unheard');
            return is.array(rows) && getRegExp('^A').test('Array') ? rows.map(function (n) { return { n: n, f: function () {} } }) : [] } }`,
        'w/is.wxs': `module.exports = { array: function (value) { return value && value.constructor === 'Array' } }`,
        'row/row.json': { component: true },
        'row/row.js': `Component({ properties: { text: String }, attached() { console.log(this.data.text) } })`,
      }),
      'ready',
    );
    expect(lines).toEqual(['1-true', '2-true', 'untold', 'again', 'ready']);
  });

  it('that gives the same again, or an object written in the view, is no change', async () => {
    const lines = await said(
      page({
        'p/p.json': { usingComponents: { row: '../row/row' } },
        'p/p.wxml': `<wxs module="w">module.exports = { list: function (n) { return [n] } }</wxs>
          <row list="{{ w.list(n) }}" how="{{ {n: n} }}" bind:heard="heard" />`,
        'p/p.js': `Page({ data: { n: 1 }, onReady() { this.setData({ n: 2 }) }, heard() { this.setData({ times: 1 }); console.log('heard') } })`,
        'row/row.json': { component: true },
        'row/row.js': `Component({ properties: { list: Array, how: Object }, observers: {
          list(value) { console.log('list', value instanceof Array, value[0]); this.triggerEvent('heard') },
          how(value) { console.log('how', value.constructor === Object, value.n) } } })`,
      }),
      'how true 2',
    );
    expect(lines).toEqual(['list true 2', 'heard', 'how true 2']);
  });
});

describe('components', () => {
  it('are all there before the first is attached, and those within are attached after', async () => {
    const lines = await said(
      page({
        'p/p.json': { usingComponents: { outer: '../c/outer' } },
        'p/p.wxml': `<outer bind:tell="tell" />`,
        'p/p.js': `Page({ onLoad() { console.log('load') }, tell() { console.log('page is told') } })`,
        'c/outer.json': { component: true, usingComponents: { inner: './inner' } },
        'c/outer.wxml': `<inner wx:for="{{n}}" class="inner" bind:tell="tell" />`,
        'c/outer.js': `Component({ data: { n: 1 }, created() { console.log('outer created') },
          attached() { console.log('outer', this.selectAllComponents('.inner').length); this.mark = 'ready'; this.setData({ n: 2 }); this.setData({ n: 1 }) },
          methods: { tell() { console.log('told', this.mark); this.setData({ n: 3 }) } } })`,
        'c/inner.js': `Component({ created() { console.log('inner created') }, detached() { console.log('inner detached') },
          attached() { console.log('inner'); this.triggerEvent('tell', 1, { bubbles: true, composed: true }) } })`,
        'c/inner.json': { component: true },
      }),
      'load',
    );
    expect(lines.filter((line) => !line.startsWith('page is'))).toEqual([
      'outer created',
      'inner created',
      'outer 1',
      'inner created',
      'inner',
      'told ready',
      'inner created',
      'inner',
      'told ready',
      'inner created',
      'inner',
      'told ready',
      'load',
    ]);
  });
});

describe('what an app asks of a view that is not drawn', () => {
  it('is a canvas where it asks for a node, and a list where it asks for all', async () => {
    const lines = await said(
      page({
        'p/p.js': `Page({ onReady() {
          const query = wx.createSelectorQuery();
          query.in(this).select('#a').fields({ node: true, size: true }).exec(([{ node, width }]) => {
            const context = node.getContext('2d'); context.scale(2, 2); context.fillStyle = 'red'; console.log(width, context.measureText('a').width > 1) });
          query.selectViewport().scrollOffset(({ scrollTop }) => console.log('top', scrollTop));
          query.select('#b').context(({ context }) => console.log(typeof context.play)).exec();
          wx.createSelectorQuery().select('#c').node(({ node }) => console.log(typeof node.createImage)).select('#d').fields({ context: true }).exec();
          wx.createSelectorQuery().selectAll('.a').boundingClientRect((all) => console.log(all.length, all[0].height)).exec((found) => console.log(found[0].length, 'done'));
          wx.createContext().fillRect(0, 0, 1, 1); wx.drawCanvas({ canvasId: 'a', actions: [] });
        } })`,
      }),
      '1 done',
    );
    expect(lines).toEqual(['0 false', 'top 0', 'function', 'function', '1 0', '1 done']);
  });

  it('is a file, saved by wx itself', async () => {
    const lines = await said(
      page({
        'p/p.js': `Page({ onReady() {
          const from = wx.env.USER_DATA_PATH + '/a.txt';
          wx.getFileSystemManager().writeFileSync(from, 'abc');
          wx.getFileInfo({ filePath: from, success: ({ size }) => console.log('size', size), complete: ({ errMsg }) => console.log(errMsg) });
          wx.saveFile({ tempFilePath: from, fail: ({ errMsg }) => console.log(errMsg.slice(0, 13)), complete: () =>
            wx.removeSavedFile({ filePath: from, success: () => console.log('gone') }) });
        } })`,
      }),
      'gone',
    );
    expect(lines).toEqual(['size 3', 'getFileInfo:ok', 'saveFile:fail', 'gone']);
  });
});

describe('a mini game', () => {
  it('loads a sub-package, hears of its background, and has no scores of friends', async () => {
    const lines = await said(
      {
        'game.json': { subpackages: [{ name: 'cars', root: 'cars/' }] },
        'cars/game.js': `console.log('cars')`,
        'game.js': `wx.onShow(() => {}); wx.onHide(() => {}); wx.offHide(); wx.shareAppMessage({}); wx.triggerGC();
          const gl = wx.createCanvas().getContext('webgl'); console.log(/^WebGL ([0-9])/.exec(gl.getParameter(gl.VERSION))[1], +gl);
          wx.getFriendCloudStorage({ keyList: ['score'], success: ({ data }) => console.log(data.length) });
          wx.loadSubpackage({ name: 'none', fail: ({ errMsg }) => console.log(errMsg) });
          wx.loadSubpackage({ name: 'cars', success: () => console.log('loaded') }).onProgressUpdate(() => {});`,
      },
      'loaded',
    );
    expect(lines).toEqual(['1 0', '0', 'loadSubpackage:fail name not found', 'cars', 'loaded']);
  });
});

describe('a bundle that asks for the global object', () => {
  it('gets it by the one text that becomes code', async () => {
    const lines = await said(
      {
        'app.json': { pages: [] },
        'app.js': `const root = Function('return this')(); console.log(root === new Function(' return this; ')(), typeof root.Array, (() => {}) instanceof Function);
          console.log((() => {}).constructor('return this')() === root);
          for (const text of ['return 1', 'return this.a']) try { Function(text) } catch (error) { console.log(error.name) }
          try { Function('a', 'return this') } catch (error) { console.log('end') }`,
      },
      'end',
    );
    expect(lines.slice(0, 5)).toEqual(['true function true', 'true', 'EvalError', 'EvalError', 'end']);
  });
});
