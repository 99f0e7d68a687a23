import { json, launch, scenario } from '../../src/testing/index.js';
import { startTestServer } from '../support/test-server.js';
import { folderWith } from '../cli/support/cli.js';

const ITEMS = 'https://api.example.com/items';
const app = () =>
  folderWith({
    'app.json': { pages: ['pages/home/home', 'pages/list/list'], networkTimeout: { request: 5_000 } },
    'project.config.json': { appid: '' },
    'app.js': 'App({ globalData: { shown: 0 }, onShow() { this.globalData.shown++ } })',
    'pages/home/home.js': `Page({ open() { wx.navigateTo({ url: '/pages/list/list?from=home' }) }, wrong() { this.nothing.there() } })`,
    'pages/list/list.js': `Page({ data: { items: [], shown: 0 },
      onShow() { this.setData({ shown: getApp().globalData.shown }); this.load() },
      load() { wx.request({ url: '${ITEMS}', success: ({ data }) => this.setData({ items: data, isArray: data instanceof Array }) }) } })`,
  });

describe('launch', () => {
  it('[BG-1] runs an app in virtual time, on the scenario’s phone and server', () =>
    scenario(async ({ server, now }) => {
      server
        .get(ITEMS)
        .replies('--r|', { r: json([1]) })
        .replies('-')
        .replies('--r|', { r: json([1, 2]) });
      const phone = await launch(app());
      await phone.call('open');
      await phone.wait(10);
      expect(phone.page).toMatchObject({
        path: 'pages/list/list',
        query: { from: 'home' },
        data: { items: [1], isArray: true },
      });

      await phone.call('load');
      await phone.hide(6_000);
      await phone.waitFor({ call: `GET ${ITEMS}`, outcome: 'cut' });
      await phone.wait(10);

      expect(phone.page?.data).toMatchObject({ items: [1, 2], shown: 2 });
      phone.expect({ call: ITEMS, status: 200, times: 2 });
      phone.expect({ outcome: 'cut', rule: 'BG-1', times: 1 });
      phone.expect('no refusal');
      expect(now()).toBeLessThan(6_100);
    }));

  it('runs it in real time, over real sockets', async () => {
    const server = await startTestServer(() => ({ body: '[7]' }));
    const simulator = {
      ca: server.ca,
      domains: { request: ['https://api.example.com'] },
      lookup: { 'api.example.com': `127.0.0.1:${server.port}` },
    };
    const phone = await launch(app(), { page: 'pages/list/list', simulator });
    try {
      await phone.waitFor(`GET ${ITEMS}`);
      phone.expect({ call: ITEMS, status: 200 });
      expect(phone.pages).toEqual(['pages/list/list']);
    } finally {
      await phone.close();
      await server.stop();
    }
  });

  it('rejects the step in which the app throws, and says where', async () => {
    const phone = await launch(app());
    await expect(phone.call('wrong')).rejects.toThrow(/TypeError: .* \(pages\/home\/home\.js:1:\d+\)/);
    await expect(phone.open('/pages/none')).rejects.toThrow(
      'there is no page pages/none; app.json names pages/home/home',
    );
    expect(() => phone.expect({ call: 'GET https://x.cn' })).toThrow(
      'expect: {"call":"GET https://x.cn"}; there were no calls',
    );
    await phone.close();
  });

  it('says what there is no app in', async () => {
    const folder = folderWith({ 'package.json': {} });
    await expect(launch(folder)).rejects.toThrow('has no app.js; build it first');
  });

  it('takes no phone where a scenario has one', () =>
    scenario(async () => {
      await expect(launch(app(), { simulator: {} })).rejects.toThrow('give simulator to scenario()');
    }));
});
