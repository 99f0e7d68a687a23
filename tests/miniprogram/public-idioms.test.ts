import { folderWith, type Files } from '../cli/support/cli.js';
import { createDriver } from '../../src/miniprogram/driver.js';
import { createMiniProgram } from '../../src/miniprogram/mini-program.js';
import { readAppFolder } from '../../src/miniprogram/app-folder.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms + 5));
const soon = async (holds: () => boolean) => {
  for (let tries = 0; tries < 500 && !holds(); tries++) await pass(5);
};

/** What public mini programs do, each of which a phone runs; in apps of our own. */
async function opened(
  files: Files,
  after?: (driver: ReturnType<typeof createDriver>, said: readonly string[]) => Promise<unknown>,
) {
  const said: string[] = [];
  const simulator = createSimulator();
  const folder = folderWith({ 'app.js': 'App({})', 'app.json': { pages: ['p/p'] }, ...files });
  const app = createMiniProgram({
    folder: readAppFolder(folder),
    simulator,
    said: (_level, line) => said.push(line),
    onThrown: ({ message }) => said.push(`threw ${message}`),
  });
  const driver = createDriver(app, simulator, { pass, close: () => simulator.close() });
  app.start();
  await pass(0);
  await after?.(driver, said);
  await driver.close();
  return { said, app };
}

describe('an import', () => {
  it('is done before what stands above it, in a line of its own or over several', async () => {
    const { said } = await opened({
      'p/p.js': `const site = config.site; var other = require('../other')
import config from '../config.js'
import {
  join
} from '../join'
import '../first'
Page({ onLoad() { console.log(join(site, other)); missing() } })`,
      'config.js': 'export default { site: "site" }',
      'join.js': 'export const join = (a, b) => a + b',
      'other.js': 'console.log("other"); module.exports = "!"',
      'first.js': 'console.log("first")',
    });
    expect(said).toEqual(['first', 'other', 'site!', 'threw ReferenceError: missing is not defined']);
  });
});

describe('the tab bar that an app draws itself', () => {
  const files = (custom: boolean) => ({
    'app.json': { pages: ['p/p', 'q/q'], tabBar: { custom, list: [{ pagePath: 'p/p' }, { pagePath: 'q/q' }] } },
    'custom-tab-bar/index.json': { component: true },
    'custom-tab-bar/index.js': `Component({ data: { at: -1 }, methods: { select(at) { this.setData({ at }); console.log('at', at) } } })`,
    'p/p.json': { usingComponents: { inner: './inner' } },
    'p/p.wxml': '<inner />',
    'p/inner.js': `Component({ lifetimes: { ready() { console.log(this.getTabBar() !== null) } } })`,
    'p/p.js': `Page({ onShow() { const bar = this.getTabBar(); if (bar) bar.select(0); else console.log('none') } })`,
    'q/q.js': `Page({ onShow() { this.getTabBar().select(1) } })`,
  });

  it('is in each of its pages, one of its own', async () => {
    const { said } = await opened(files(true), async (driver) => {
      await driver.open('/q/q');
    });
    expect(said).toEqual(['at 0', 'true', 'at 1']);
  });

  it('is none where the platform draws it', async () => {
    expect((await opened(files(false))).said).toEqual(['none', 'false']);
  });
});

describe('a list of components', () => {
  it('has as many as the data has items, with what the view gives them', async () => {
    const view = `<block wx:for="{{groups}}" wx:for-item="group" wx:key="id">
        <view wx:if="{{group.items.length > 0}}"><row wx:for="{{group.items}}" class="row" id="row-{{index}}" text="{{group.name + '-' + item}}" last="{{index === group.items.length - 1 ? 'yes' : 'no'}}" data-at="{{index}}" bind:tell="onTell" /></view>
        <row wx:elif="{{group.loading}}" text="loading" /><row wx:else text="empty" /></block>`;
    const { said } = await opened(
      {
        'p/p.json': { usingComponents: { row: '../row/row' } },
        'p/p.wxml': view,
        'p/p.js': `Page({ data: { groups: [] },
          fill() { this.setData({ groups: [{ name: 'a', items: [1, 2] }, { name: 'b', items: [] }, { name: 'c', items: [], loading: true }] });
            console.log(this.selectAllComponents('.row').length, this.selectComponent('#row-1').data.text) },
          more() { this.setData({ 'groups[0].items': [3] }) },
          onTell(e) { console.log('told', e.currentTarget.dataset.at, e.detail) } })`,
        'row/row.json': { component: true },
        'row/row.js': `Component({ properties: { text: String, last: String },
          lifetimes: { attached() { console.log('+', this.data.text, this.data.last); this.triggerEvent('tell', this.data.text) },
            detached() { console.log('-', this.data.text) } },
          observers: { text(now) { console.log('=', now) } } })`,
      },
      async (driver) => {
        await driver.call('fill');
        await driver.call('more');
      },
    );
    expect(said).toEqual([
      '+ a-1 no',
      'told 0 a-1',
      '+ a-2 yes',
      'told 1 a-2',
      '+ loading ',
      '+ empty ',
      '2 a-2',
      '- a-2',
      '= a-3',
    ]);
  });
});

describe('the database of the cloud', () => {
  it('answers each chain of calls, with nothing in it', async () => {
    const { said } = await opened(
      {
        'p/p.js': `Page({ async onLoad() { const db = wx.cloud.database();
          const { data } = await db.collection('a').where({ n: db.command.gt(1) }).orderBy('n', 'asc').skip(1).limit(20).get();
          console.log(data.length); await db.collection('a').doc('1').update({ data: {} }); console.log('updated') } })`,
      },
      (_driver, lines) => soon(() => lines.length === 2),
    );
    expect(said).toEqual(['0', 'updated']);
  });
});

describe('a promise that nobody handles', () => {
  it('is told to the app, and where it is no error, said to be none', async () => {
    const { said, app } = await opened({
      'app.js': `App({ onUnhandledRejection({ reason }) { console.log('heard', reason) }, onError() { console.log('no') } })`,
      'p/p.js': 'Page({})',
    });
    app.rejected(undefined);
    expect(said).toEqual(['threw undefined (thrown as it is, so without a place)', 'heard undefined']);
  });
});

describe('a mini game', () => {
  it('has a canvas that draws nothing, frames, and touches', async () => {
    const simulator = createSimulator();
    const said: string[] = [];
    const app = createMiniProgram({
      folder: readAppFolder(
        folderWith({
          'game.json': {},
          'game.js': `const canvas = wx.createCanvas(), context = canvas.getContext('2d');
            context.fillStyle = 'red'; for (const part of context.measureText('x')) console.log(part);
            wx.onTouchStart(() => {}); GameGlobal.frames = 0; let stopped = requestAnimationFrame(() => console.log('no'));
            cancelAnimationFrame(stopped); new context.Thing(context + 1);
            requestAnimationFrame(() => { context.clearRect(0, 0, canvas.width, 1); wx.offTouchStart();
              console.log(++frames, wx.loadFont('f') + wx.getTextLineHeight({})) })`,
        }),
      ),
      simulator,
      said: (_level, line) => said.push(line),
      onThrown: ({ message }) => said.push(message),
    });
    app.start();
    await soon(() => said.length > 0);
    await simulator.close();
    expect(said).toEqual(['1 0']);
  });
});
