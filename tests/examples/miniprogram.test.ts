import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json, launch, scenario } from '../../src/testing/index.js';
import type { Har } from '../../src/inspect.js';
import type { AppDriver } from '../../src/testing/index.js';
import { ROOT } from '../package/support/cache.js';
import { packedModules } from '../package/support/packed.js';

const API = 'https://registry.npmjs.org';
const LIST = `${API}/-/v1/search?text=keywords%3Aminiprogram&size=20`;

/** What the panel is to its page. */
interface Panel {
  readonly data: {
    readonly isHere: boolean;
    readonly isOpen: boolean;
    readonly rows: readonly Readonly<Record<'key' | 'title' | 'status' | 'time' | 'tone', string>>[];
    readonly detail: { readonly key: string; readonly sentence: string; readonly url: string } | null;
  };
  setData: (changes: object) => void;
  toggle(): void;
  copyHar(): void;
  select(event: object): void;
}

const found = (...names: string[]) =>
  json({ objects: names.map((name) => ({ package: { name, version: '1.0.0' }, score: {} })) });
const tapOn = (dataset: object) => ({ currentTarget: { dataset } });
const namesIn = ({ page }: AppDriver) => (page!.data['items'] as { name: string }[]).map(({ name }) => name);

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(300_000);

describe('the example mini program', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-example-'));
    cpSync(join(ROOT, 'examples', 'miniprogram'), folder, { recursive: true });
    for (const [path, text] of packedModules()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    // A door to the panel, and a sensor: the phone of a test is not held by anybody.
    const edit = (file: string, change: (text: string) => string) =>
      writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
    for (const page of ['pages/list/list', 'pages/search/search']) {
      edit(`${page}.js`, (text) =>
        text.replace(
          'Page({',
          `Page({ panel() { return this.selectComponent('network-panel') }, shake: (x) => getApp().shake(x),
            listen() {
              const { createSocket } = require('rx-miniprogram/sockets');
              const socket = createSocket(require('../../network').network)({ url: 'wss://registry.npmjs.org/live?token=7' });
              const listening = socket.messages$.subscribe({ error: () => {} });
              setTimeout(() => listening.unsubscribe(), 3_000);
            },`,
        ),
      );
    }
    edit('network.js', (text) =>
      text.replace('request: [API] }', "request: [API], socket: ['wss://registry.npmjs.org'] }"),
    );
    edit(
      'app.js',
      () => `const listeners = new Set();
        wx.onAccelerometerChange = (listener) => listeners.add(listener);
        wx.offAccelerometerChange = (listener) => listeners.delete(listener);
        App({ shake(x) { listeners.forEach((listener) => listener({ x, y: 0, z: 1 })); return listeners.size } });`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const panelOf = async (app: AppDriver) => (await app.call('panel')) as Panel;
  const titles = ({ data }: Panel) => data.rows.map(({ title, status }) => `${title} ${status}`);

  describe('its list', () => {
    it('is there at once after a restart, and fresh when the user pulls', () =>
      scenario(async ({ server, simulator }) => {
        server
          .get(LIST)
          .replies('--r|', { r: found('taro') })
          .replies('--r|', { r: found('taro', 'mpx') });
        const first = await launch(folder);
        await first.wait(10);
        expect(namesIn(first)).toEqual(['taro']);
        simulator.destroy();
        simulator.restart();

        const again = await launch(folder);
        await again.wait(1);
        expect(namesIn(again)).toEqual(['taro']);
        expect(again.calls).toEqual([]);

        await again.call('onPullDownRefresh');
        await again.wait(10);
        expect(namesIn(again)).toEqual(['taro', 'mpx']);
        expect(again.report().standIns.map(({ api }) => api)).toContain('stopPullDownRefresh');
      }));

    it('says why there is nothing, and has it when the user pulls', () =>
      scenario(async ({ server }) => {
        server
          .get(LIST)
          .replies('--r|', { r: json({}, { status: 503 }) })
          .replies('--r|', { r: found('taro') });
        const app = await launch(folder);
        await app.wait(10);
        expect(app.page!.data['problem']).toContain('503');

        await app.call('onPullDownRefresh');
        await app.wait(10);
        expect([namesIn(app), app.page!.data['problem']]).toEqual([['taro'], '']);
      }));

    it('shows a like at once, and takes it back where the server does not take it', () =>
      scenario(async ({ server }) => {
        server.get(LIST).replies('r|', { r: found('taro', 'mpx') });
        const likes = server.post(`${API}/-/likes/mpx`).replies('-----r|', { r: json({}, { status: 404 }) });
        const app = await launch(folder);
        await app.wait(5);
        const liked = () => (app.page!.data['items'] as { isLiked: boolean }[]).map(({ isLiked }) => isLiked);

        await app.call('onLike', tapOn({ name: 'mpx', liked: false }));
        expect(liked()).toEqual([false, true]);
        await app.call('onLike', tapOn({ name: 'mpx', liked: true }));
        await app.wait(20);
        expect(liked()).toEqual([false, false]);
        expect(likes.requests).toHaveLength(1);
        expect(app.report().standIns.map(({ api }) => api)).toContain('showToast');
      }));
  });

  describe('its network panel', () => {
    it('has what came before it was opened, the newest on top, and explains a call', () =>
      scenario(async ({ server }) => {
        server.get(LIST).replies('1400ms r|', { r: found('taro') });
        server.post(`${API}/-/likes/taro`).replies('r|', { r: json({}, { status: 404 }) });
        const app = await launch(folder);
        await app.wait(2_000);
        await app.call('onLike', tapOn({ name: 'taro', liked: false }));
        await app.wait(1_000);
        const panel = await panelOf(app);
        expect(panel.data).toMatchObject({ isHere: true, isOpen: false, rows: [] });

        panel.toggle();
        await app.wait(1);
        expect(titles(panel)).toEqual(['POST /-/likes/taro 404', 'GET /-/v1/search 200']);
        expect(panel.data.rows.map(({ tone }) => tone)).toEqual(['bad', 'good']);
        const { key } = panel.data.rows[1]!;
        panel.select(tapOn({ key }));
        expect(panel.data.detail?.sentence).toMatch(/^GET \/-\/v1\/search 用了 1.4 秒：.+ 1.4 秒。$/);
        expect(panel.data.detail?.url).not.toContain('miniprogram');
        panel.select(tapOn({ key }));
        expect(panel.data.detail).toBeNull();

        let copied = '';
        app.answer('setClipboardData', (option) => {
          copied = (option as { data: string }).data;
          return {};
        });
        panel.copyHar();
        expect((JSON.parse(copied) as Har).log.entries).toHaveLength(2);

        panel.toggle();
        expect(panel.data).toMatchObject({ isOpen: false, rows: [] });
      }));

    it('gives the view little, at most twice a second, and nothing while it is closed', () =>
      scenario(async ({ server }) => {
        server.get(LIST).replies('r|', { r: found('taro') });
        server.post(`${API}/-/likes/taro`).alwaysReplies('100ms r|', { r: json({}, { status: 404 }) });
        const app = await launch(folder);
        const panel = await panelOf(app);
        const { setData } = panel;
        const sizes: number[] = [];
        panel.setData = (changes) => {
          sizes.push(JSON.stringify(changes).length);
          setData.call(panel, changes);
        };
        const likeForSeconds = async (seconds: number) => {
          for (let count = 0; count < seconds * 20; count++) {
            await app.call('onLike', tapOn({ name: 'taro', liked: false }));
            await app.wait(50);
          }
        };
        await likeForSeconds(1);
        expect(sizes).toEqual([]);

        panel.toggle();
        await likeForSeconds(4);
        expect(sizes.length).toBeGreaterThanOrEqual(8);
        expect(sizes.length).toBeLessThanOrEqual(9);
        expect(panel.data.rows).toHaveLength(30);
        expect(Math.max(...sizes)).toBeLessThan(8_000);
      }));

    it('opens by a shake, on the page that is in front, and stays open on the next', () =>
      scenario(async ({ server }) => {
        server.get(LIST).replies('r|', { r: found('taro') });
        const app = await launch(folder);
        await app.wait(1_000);
        const panel = await panelOf(app);

        await app.call('shake', 1.4);
        expect(panel.data.isOpen).toBe(false);
        expect(await app.call('shake', 3)).toBe(1);
        await app.call('shake', -3);
        expect(panel.data.isOpen).toBe(true);

        await app.open('/pages/search/search');
        const next = await panelOf(app);
        expect(titles(next)).toEqual(['GET /-/v1/search 200']);
        // The page that is not seen has let the sensor go.
        expect(await app.call('shake', 3)).toBe(1);
        expect(next.data.isOpen).toBe(false);
        await app.open('/pages/list/list');
        expect((await panelOf(app)).data.isOpen).toBe(false);
      }));

    it('has sockets among the calls, while they are open and after', () =>
      scenario(async ({ server }) => {
        server.get(LIST).replies('r|', { r: found('taro') });
        server.socket('wss://registry.npmjs.org/live?token=7').plays('-o-m', { m: '["hi"]' });
        const app = await launch(folder);
        const panel = await panelOf(app);
        await app.call('listen');
        panel.toggle();
        await app.wait(1_000);
        expect(titles(panel)).toEqual(['WS /live 打开', 'GET /-/v1/search 200']);
        panel.select(tapOn({ key: panel.data.rows[0]!.key }));
        expect(panel.data.detail).toMatchObject({ sentence: '连过 1 次；收到 1 条，6 B；发出 0 条，0 B。' });
        expect(JSON.stringify(panel.data)).not.toContain('token=7');

        await app.wait(3_000);
        expect(titles(panel)[0]).toBe('WS /live 关闭');
      }));

    it('says of what failed why, and shows what is under way', () =>
      scenario(async ({ server, simulator }) => {
        server.get(LIST).replies('60s r|', { r: found('taro') });
        const app = await launch(folder);
        const panel = await panelOf(app);
        panel.toggle();
        await app.wait(1_100);
        expect(titles(panel)).toEqual(['GET /-/v1/search …']);
        simulator.setNetwork('none');
        await app.wait(1_000);
        expect(titles(panel)).toEqual(['GET /-/v1/search offline']);
        expect(panel.data.rows[0]).toMatchObject({ tone: 'bad' });
      }));

    it('is not there in a release build, and nothing is kept', () =>
      scenario(
        async ({ server }) => {
          server.get(LIST).replies('r|', { r: found('taro') });
          const app = await launch(folder);
          await app.wait(1_000);
          const panel = await panelOf(app);
          expect(panel.data.isHere).toBe(false);
          expect(await app.call('shake', 3)).toBe(0);
          panel.toggle();
          await app.wait(1_000);
          expect(panel.data).toMatchObject({ isOpen: false, rows: [] });
        },
        { simulator: { envVersion: 'release', domains: { request: [API] } } },
      ));
  });
});
