import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, scenario } from '../../src/testing/index.js';
import { ROOT, run } from '../package/support/cache.js';
import { installed } from '../package/support/installed.js';
import { answerExample, EXAMPLE_CALLS } from './support/example-server.js';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

jest.setTimeout(300_000);

// Some 75 and 115 MB, which CI does not have.
describe.each([
  { name: 'mpx', cache: 'mpx-2.10', variable: 'RX_MPX', command: ['webpack'], detail: 'pages/detail' },
  {
    name: 'weapp-vite',
    cache: 'weapp-vite-2.1',
    variable: 'RX_WEAPP_VITE',
    command: ['weapp-vite', 'build'],
    detail: 'pages/detail/detail',
  },
])('the example that $name builds', ({ name, cache, variable, command, detail }) => {
  const example = join(ROOT, 'examples', name);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(example, 'package.json'), 'utf8')) as Manifest;
  const home = installed(cache, { ...dependencies, ...devDependencies }, variable);

  let folder: string;
  beforeAll(() => {
    if (home === undefined) return;
    folder = mkdtempSync(join(tmpdir(), `rx-miniprogram-${name}-`));
    cpSync(example, folder, { recursive: true });
    symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'), 'junction');
    run('npm', ['exec', '--offline', '--', ...command], folder, { NODE_ENV: 'production' });
  });
  afterAll(() => {
    if (home !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  (home === undefined ? it.skip : it)(
    'lists, uploads with progress, streams an answer, listens to a socket, leaves',
    () =>
      scenario(async ({ server }) => {
        const live = answerExample(server);

        const app = await launch(join(folder, 'dist'));
        await app.wait(100);
        for (const handler of ['upload', 'ask']) {
          await app.call(handler);
          await app.wait(100);
        }
        expect(app.page!.data).toMatchObject({ items: [{ name: 'one' }], answer: 'hello' });
        expect(app.page!.data['sentPercent']).toBeGreaterThan(0);
        await app.call('open');
        await app.wait(100);
        expect(app.pages.at(-1)).toBe(`${detail}?id=1`);
        expect(app.page!.data['text']).toBe('hello');
        await app.back();
        await app.wait(100);

        expect(app.calls.map(({ api, outcome }) => `${api} ${outcome}`)).toEqual(EXAMPLE_CALLS);
        expect(live.requests).toHaveLength(1);
      }),
  );
});
