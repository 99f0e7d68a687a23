import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launch, scenario } from '../../src/testing/index.js';
import { ROOT, run } from '../package/support/cache.js';
import { installed } from '../package/support/installed.js';
import { answerExample, EXAMPLE_CALLS } from './support/example-server.js';

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
      const live = answerExample(server);

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

      expect(app.calls.map(({ api, outcome }) => `${api} ${outcome}`)).toEqual(EXAMPLE_CALLS);
      expect(Object.values(app.page!.data)).toEqual(expect.arrayContaining(['hello']));
      expect(live.requests).toHaveLength(1);
    }));
});
