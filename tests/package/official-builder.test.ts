import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesUnder, ROOT, run } from './support/cache.js';
import { runInQuickJs, runInVm } from './support/engines.js';
import { installed } from './support/installed.js';
import { packed, packedModules } from './support/packed.js';
import { readCode, resolved } from './support/read-code.js';
import { WHAT_HAPPENS } from './support/what-happens.js';

// 276 MB, hence not in our devDependencies.
const ci = installed('miniprogram-ci-2.1.42', { 'miniprogram-ci': '2.1.42' });

/** A part of a mini program may have so many bytes. */
const LARGEST_PART = 2 * 1024 * 1024;

type Files = ReadonlyMap<string, Buffer>;

// It may be the first that needs the package, and the platform's compiler takes its time.
jest.setTimeout(300_000);

(ci === undefined ? describe.skip : describe)('the example mini program, by the platform’s own tools, offline', () => {
  let npm: Files;
  let compiled: Files;
  let warnings: unknown;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-builder-'));
    try {
      const project = join(folder, 'project');
      cpSync(join(ROOT, 'examples', 'miniprogram'), project, { recursive: true });
      // As `npm install` leaves it: ours, and rxjs, which npm installs as our peer.
      mkdirSync(join(project, 'node_modules'));
      cpSync(packed().folder, join(project, 'node_modules', 'rx-miniprogram'), { recursive: true });
      const rxjs = join(project, 'node_modules', 'rxjs');
      mkdirSync(rxjs);
      for (const part of ['package.json', 'dist/cjs']) {
        cpSync(join(ROOT, 'node_modules', 'rxjs', part), join(rxjs, part), { recursive: true });
      }

      const script = join(__dirname, 'support', 'official-builder.mjs');
      const printed = run(process.execPath, [script, ci!, project, join(folder, 'out')], folder);
      ({ warnings } = JSON.parse(printed.trim().split('\n').pop() ?? '') as { warnings: unknown });
      npm = contentsOf(join(project, 'miniprogram_npm'));
      compiled = contentsOf(join(folder, 'out'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const scripts = () => [...compiled.keys()].filter((file) => file.endsWith('.js'));
  const text = (file: string) => compiled.get(file)!.toString();

  it('“build npm” copies miniprogram_dist as it is, and packs nothing else', () => {
    expect(warnings).toEqual([]);
    const copied = new Map([...npm].map(([file, content]) => [`miniprogram_npm/${file}`, content.toString()]));
    const manifest = 'miniprogram_npm/rx-miniprogram/package.json';
    expect(copied.get(manifest)).toContain('commonjs');
    copied.delete(manifest);
    expect(copied).toEqual(packedModules());
  });

  it('compiles to ES5 without eval, and every require finds its file', () => {
    // The entries that no page asks for are left out: "ignoreUploadUnusedFiles".
    const ours = scripts().filter((file) => file.includes('rx-miniprogram/'));
    const chunks = ['_core.js', '_resilience.js', '_rxjs.js', '_sockets.js'];
    const used = [...chunks, 'index.js', 'inspect.js', 'queries.js', 'resilience.js', 'rxjs.js'];
    expect(ours).toEqual(used.map((file) => `miniprogram_npm/rx-miniprogram/${file}`));
    for (const file of scripts()) {
      const { imports, evaluations } = readCode(text(file), 5, 'script');
      const lost = imports.filter((name) => !found(file, name));
      expect({ file, lost, evaluations }).toEqual({ file, lost: [], evaluations: [] });
    }
  });

  it('leaves room in the package', () => {
    const bytes = [...compiled.values()].reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThan(LARGEST_PART / 4);
  });

  it.each([
    ['node:vm', runInVm],
    ['QuickJS', runInQuickJs],
  ])('keeps the rules in %s, whatever promises are made of', async (_, run) => {
    const modules = new Map(scripts().map((file) => [file, text(file)]));
    expect(await run(modules, false)).toEqual(WHAT_HAPPENS);
    expect(await run(modules, true)).toEqual(WHAT_HAPPENS);
  });

  /** As the platform looks for it: beside the caller, in miniprogram_npm, or from the top. */
  function found(file: string, name: string): string | undefined {
    const all = scripts();
    if (name.startsWith('.')) return resolved(file, name, all);
    return resolved('x', `./miniprogram_npm/${name}`, all) ?? resolved('x', `./${name}`, all);
  }
});

function contentsOf(folder: string): Files {
  const files = filesUnder(folder);
  return new Map(files.map((file) => [file.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(file)]));
}
