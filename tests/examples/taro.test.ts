import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, scenario } from '../../src/testing/index.js';
import { ROOT, run } from '../package/support/cache.js';
import { installed } from '../package/support/installed.js';
import { answerExample, EXAMPLE_CALLS } from './support/example-server.js';

const EXAMPLE = join(ROOT, 'examples', 'taro');
const { dependencies } = JSON.parse(readFileSync(join(EXAMPLE, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
// Some 340 MB and two minutes, which CI does not have.
const home = installed('taro-4.2', dependencies, 'RX_TARO');

jest.setTimeout(300_000);

(home === undefined ? describe.skip : describe)('the example that Taro builds', () => {
  // Not in the cache: Taro takes all below a folder named node_modules for packages, the app itself, too.
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-taro-'));
    cpSync(EXAMPLE, folder, { recursive: true });
    symlinkSync(join(home!, 'node_modules'), join(folder, 'node_modules'), 'junction');
    // Jest's own is 'test', with which Taro leaves `process` in what it builds.
    const env = { NODE_ENV: 'production' };
    run('npm', ['exec', '--offline', '--', 'taro', 'build', '--type', 'weapp'], folder, env);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('lists, uploads with progress, streams an answer, listens to a socket, and leaves', () =>
    scenario(async ({ server }) => {
      const live = answerExample(server);

      const app = await launch(join(folder, 'dist'));
      const tap = async (id: string) => {
        const target = { id, dataset: { sid: id } };
        // All of Taro's elements have this one handler.
        await app.call('eh', { type: 'tap', target, currentTarget: target, detail: {} });
        await app.wait(100);
      };
      await app.wait(100);
      await tap('upload');
      await tap('ask');
      const list = JSON.stringify(app.page!.data);
      for (const text of ['one', 'hello']) expect(list).toContain(`"v":"${text}"`);
      // Of a form that is longer than the 100 bytes that were sent.
      expect(list).toMatch(/"v":"[1-9]\d"/);
      await tap('open');
      expect(app.pages).toEqual(['pages/list/list', 'pages/detail/detail?id=1']);
      expect(JSON.stringify(app.page!.data)).toContain('"v":"hello"');
      await app.back();
      await app.wait(100);

      expect(app.calls.map(({ api, outcome }) => `${api} ${outcome}`)).toEqual(EXAMPLE_CALLS);
      expect(live.requests).toHaveLength(1);
    }));
});
