import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSize, fileSize, imports, phoneFiles, RXJS } from '../../bench/bundle-size.js';
import { ROOT } from './support/cache.js';
import { packed } from './support/packed.js';

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(180_000);

/** What was measured and a little more; `npx tsx bench/sizes.ts --set` writes it. */
const budgets = JSON.parse(readFileSync(join(ROOT, 'bench', 'size-budgets.json'), 'utf8')) as {
  readonly imports: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly files: Readonly<Record<string, number>>;
};

describe('bytes, minified and gzipped', () => {
  it('each import and each file has a budget', () => {
    const { folder } = packed();
    expect(Object.keys(budgets.imports).sort()).toEqual([...imports(folder).keys()].sort());
    expect(Object.keys(budgets.files).sort()).toEqual(phoneFiles(folder));
  });

  it.each(RXJS)('stay within the budget, rxjs counted as: %s', async (rxjs) => {
    const { folder } = packed();
    const over: string[] = [];
    for (const [what, program] of imports(folder)) {
      const { gzip } = await bundleSize(program, rxjs, folder);
      const budget = budgets.imports[what]?.[rxjs] ?? 0;
      if (gzip > budget) over.push(`${what}: ${gzip} of ${budget} B`);
    }
    expect(over).toEqual([]);
  });

  it('stay within the budget in miniprogram_dist, which nobody shakes', async () => {
    const { folder } = packed();
    const over: string[] = [];
    for (const file of phoneFiles(folder)) {
      const { gzip } = await fileSize(join(folder, 'miniprogram_dist', file));
      const budget = budgets.files[file] ?? 0;
      if (gzip > budget) over.push(`${file}: ${gzip} of ${budget} B`);
    }
    expect(over).toEqual([]);
  });
});

describe('who imports one thing', () => {
  const ownFilesOf = async (program: string) => {
    const { files, gzip } = await bundleSize(program, 'es2015', packed().folder);
    const own = files.flatMap((file) => /package\/dist\/esm\/(.*)\.js$/.exec(file)?.[1] ?? []);
    return { own, gzip };
  };

  it.each([
    ['nothing', '', []],
    ['requireOk', '{ requireOk }', ['operators/require-ok', 'platform/network-error']],
    [
      'mapResponse',
      '{ mapResponse }',
      [
        'operators/map-response',
        'platform/cookies',
        'platform/header-field',
        'platform/make-response',
        'platform/request-profile',
      ],
    ],
    ['holdInBackground', '{ holdInBackground }', ['operators/hold-in-background', 'operators/present']],
  ])('gets that alone: %s', async (_, names, files) => {
    const index = JSON.stringify(join(packed().folder, 'dist/esm/index.js'));
    const { own } = await ownFilesOf(names === '' ? `import ${index}` : `export ${names} from ${index}`);
    expect(own).toEqual(files);
  });

  it('and http$ has nothing of what stands on it', async () => {
    const index = JSON.stringify(join(packed().folder, 'dist/esm/index.js'));
    const { own } = await ownFilesOf(`export { http$ } from ${index}`);
    expect(own).toContain('network/pipeline');
    expect(own.filter((file) => /^(resilience|queries|cookies|inspect|typed|charsets)\//.test(file))).toEqual([]);
  });

  it('leaves nothing of a file that only was imported', async () => {
    const index = JSON.stringify(join(packed().folder, 'dist/esm/index.js'));
    // gzip of nothing
    expect((await ownFilesOf(`import ${index}`)).gzip).toBe(20);
  });
});
