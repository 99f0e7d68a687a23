import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chunk, headers, json, launch, scenario, sent } from '../../src/testing/index.js';
import { ROOT, run } from '../package/support/cache.js';
import { installed } from '../package/support/installed.js';

const EXAMPLE = join(ROOT, 'examples', 'uni-app');
const { dependencies } = JSON.parse(readFileSync(join(EXAMPLE, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
// Some 200 MB, hence not in our devDependencies.
const home = installed('uni-app-5.26', dependencies);

jest.setTimeout(300_000);

(home === undefined ? describe.skip : describe)('the example that uni-app builds', () => {
  let built: string;
  beforeAll(() => {
    built = join(home!, 'dist', 'build', 'mp-weixin');
    rmSync(join(home!, 'src'), { recursive: true, force: true });
    for (const part of ['src', 'index.html', 'vite.config.cjs'])
      cpSync(join(EXAMPLE, part), join(home!, part), { recursive: true });
    run('npm', ['exec', '--offline', '--', 'uni', 'build', '-p', 'mp-weixin'], home!);
  });

  it('lists, uploads with progress, streams an answer, listens to a socket, and leaves', () =>
    scenario(async ({ server }) => {
      server.get('https://api.example.com/items').replies('--r|', { r: json([{ id: 1, name: 'one' }]) });
      server.upload('https://api.example.com/files').replies('-s-s-r|', { s: sent(100), r: json({}) });
      server
        .get('https://api.example.com/answer')
        .replies('-h-a-b|', { h: headers(200), a: chunk('he'), b: chunk('llo') });
      const live = server.socket('wss://api.example.com/live?id=1').plays('--o-m', { m: 'hello' });

      const app = await launch(built);
      await app.wait(20);
      await app.call('upload');
      await app.wait(20);
      await app.call('ask');
      await app.wait(20);
      await app.call('openDetail');
      await app.wait(20);
      expect(app.pages).toEqual(['pages/list/list', 'pages/detail/detail?id=1']);
      await app.back();
      await app.wait(20);

      expect(app.calls.map(({ api, outcome }) => `${api} ${outcome}`)).toEqual([
        'request answered',
        'uploadFile answered',
        'request answered',
        'connectSocket answered',
      ]);
      expect(Object.values(app.page!.data)).toEqual(expect.arrayContaining(['hello']));
      expect(live.requests).toHaveLength(1);
    }));
});
