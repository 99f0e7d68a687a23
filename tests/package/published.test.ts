import { isBuiltin } from 'node:module';
import { run, tool } from './support/cache.js';
import { LANGUAGE } from './support/engines.js';
import { entries, packed, textIn, withProject } from './support/packed.js';
import { freeNamesIn, readCode, resolved } from './support/read-code.js';

/** What a script may find on a phone without asking. */
const PHONE_GLOBALS = new Set(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'console', 'wx']);
/** Whole rxjs has animation frames in it, which no phone has; nothing asks for them until somebody uses them. */
const ANIMATION = ['cancelAnimationFrame', 'performance', 'requestAnimationFrame'];

const scripts = (folder: string) => packed().files.filter((file) => file.startsWith(folder) && file.endsWith('.js'));

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(180_000);

describe('the packed package', () => {
  it('has what its entries lead to, and nothing else', () => {
    const reached = new Set(['LICENSE', 'README.md', 'README.zh-CN.md', 'package.json']);
    reached.add('dist/THIRD-PARTY-LICENSES.txt').add('dist/cjs/package.json').add('miniprogram_dist/package.json');
    for (const { subpath, phoneFile, ...files } of entries()) {
      if (subpath !== '.') reached.add(`${subpath.slice(2)}/package.json`);
      const starts = [files.esm, files.cjs, files.types, files.types.replace('/esm/', '/cjs/'), phoneFile ?? []].flat();
      starts.forEach((file) => follow(file, reached));
    }
    const { bin = {} } = manifest();
    Object.values(bin).forEach((file) => follow(file.replace('./', ''), reached));
    // What `inspect` serves: no file imports it.
    reached.add('dist/inspect/page.html');

    expect(packed().files).toEqual([...reached].sort());
  });

  it('depends on nothing, so that the developer tools pack nothing beside it', () => {
    const { dependencies, optionalDependencies, peerDependencies, miniprogram } = manifest();
    expect({ dependencies, optionalDependencies, peerDependencies, miniprogram }).toEqual({
      dependencies: undefined,
      optionalDependencies: undefined,
      peerDependencies: { rxjs: expect.any(String) },
      miniprogram: 'miniprogram_dist',
    });
  });

  it('imports rxjs, Node’s modules on the Node side, and nothing that would have to be installed', () => {
    const phone = new Set(entries().flatMap(({ phoneFile, esm, cjs }) => (phoneFile ? [esm, cjs] : [])));
    const onPhone = new Set<string>();
    phone.forEach((file) => follow(file, onPhone));

    const strangers = scripts('dist/').flatMap((file) => {
      const { imports } = readCode(textIn(file), 2024, file.startsWith('dist/esm') ? 'module' : 'script');
      return imports
        .filter((name) => !name.startsWith('.') && !(onPhone.has(file) ? name === 'rxjs' : isKnownToNode(name)))
        .map((name) => `${file}: ${name}`);
    });

    expect(strangers).toEqual([]);
  });

  it('has types that mention no package but rxjs', () => {
    const mentioned = packed()
      .files.filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) =>
        [...textIn(file).matchAll(/(?:\bfrom |\bimport\(|^import |<reference [a-z]+=)['"]([^'".][^'"]*)['"]/gm)]
          .map(([, name = '']) => name)
          .filter((name) => !/^rxjs(\/testing)?$/.test(name) && !name.startsWith('node:'))
          .map((name) => `${file}: ${name}`),
      );
    expect(mentioned).toEqual([]);
  });

  it('has the licence of everything that is inside', () => {
    const text = textIn('dist/THIRD-PARTY-LICENSES.txt');
    const inside = new Set(
      [...scripts('dist/'), ...scripts('miniprogram_dist/')].flatMap((file) =>
        [...textIn(file).matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name),
      ),
    );
    expect(inside).toContain('rxjs');
    expect(inside).toContain('undici');
    expect([...inside].filter((name) => !new RegExp(`^${name} \\d`, 'm').test(text))).toEqual([]);
  });

  it('has undici once, however many entries stand on it', () => {
    const places = scripts('dist/').filter((file) => textIn(file).includes('// node_modules/undici/'));
    expect(places).toHaveLength(1);
  });

  it('satisfies publint', () => {
    expect(tool('publint', ['run', packed().tarball, '--strict'])).toContain('All good!');
  });

  it('has types for every kind of resolution, node10 too', () => {
    const report = JSON.parse(tool('attw', [packed().tarball, '--format', 'json'])) as {
      analysis: { problems: unknown[]; entrypoints: object };
    };
    expect(report.analysis.problems).toEqual([]);
    expect(Object.keys(report.analysis.entrypoints)).toEqual(expect.arrayContaining(entries().map((e) => e.subpath)));
  });
});

describe('for bundlers', () => {
  it('the app side is ES2018, without a call that ES2017 does not know', () => {
    for (const format of ['esm', 'cjs'] as const) {
      const reached = new Set<string>();
      for (const entry of entries()) if (entry.phoneFile) follow(entry[format], reached);
      for (const file of reached) {
        const { tooNew, evaluations } = readCode(textIn(file), 2018, format === 'esm' ? 'module' : 'script');
        expect({ file, tooNew, evaluations }).toEqual({ file, tooNew: [], evaluations: [] });
      }
    }
  });
});

describe('miniprogram_dist', () => {
  const files = () => scripts('miniprogram_dist/');

  it('has a file an entry of the app side, those that they share, and the tables that the charset entries share', () => {
    expect(files().filter((file) => !file.startsWith('miniprogram_dist/_'))).toEqual(
      entries()
        .flatMap(({ phoneFile }) => phoneFile ?? [])
        .sort(),
    );
    expect(
      files().filter(
        (file) => !/^miniprogram_dist\/(_rxjs|_core|_sockets|_resilience|_gb18030|[^_].*)\.js$/.test(file),
      ),
    ).toEqual([]);
  });

  it('is ES2017 in syntax and library calls, evaluates no text and requires only itself', () => {
    for (const file of files()) {
      const { imports, evaluations, tooNew } = readCode(textIn(file), 2017, 'script');
      const lost = imports.filter((name) => !resolved(file, name, files()));
      // Of rxjs: `Symbol.asyncIterator` if there is one.
      const calls = tooNew.filter((call) => call !== 'Symbol.asyncIterator');
      expect({ file, lost, evaluations, calls }).toEqual({ file, lost: [], evaluations: [], calls: [] });
    }
  });

  it('knows no global but timers, console and wx', () => {
    for (const file of files()) {
      const known = new Set([...PHONE_GLOBALS, ...LANGUAGE, 'require', 'exports']);
      if (file.endsWith('/rxjs.js')) ANIMATION.forEach((name) => known.add(name));
      const free = freeNamesIn(textIn(file)).filter((name) => !known.has(name));
      expect({ file, free }).toEqual({ file, free: [] });
    }
  });
});

describe('in a project where nothing else is installed', () => {
  it('every entry loads as an ES module and as CommonJS, and both are the same simulator', () => {
    const all = entries().map(({ specifier }) => specifier);
    const program = `
      import { createRequire } from 'node:module';
      import { createSimulator } from 'rx-miniprogram/simulator';
      const require = createRequire(import.meta.url);
      const names = {};
      for (const entry of ${JSON.stringify(all)}) {
        const imported = Object.keys(await import(entry)).filter((name) => name !== 'default' && name !== 'module.exports');
        const required = Object.keys(require(entry));
        names[entry] = imported.length > 0 && required.every((name) => imported.includes(name));
      }
      console.log(JSON.stringify([names, require('rx-miniprogram/simulator').createSimulator === createSimulator]));`;

    withProject((folder) => {
      const printed = run(process.execPath, ['--input-type=module', '-e', program], folder);
      expect(JSON.parse(printed)).toEqual([Object.fromEntries(all.map((entry) => [entry, true])), true]);
    });
  });
});

function manifest() {
  return JSON.parse(textIn('package.json')) as {
    readonly dependencies?: unknown;
    readonly optionalDependencies?: unknown;
    readonly peerDependencies?: unknown;
    readonly miniprogram?: unknown;
    readonly bin?: Readonly<Record<string, string>>;
  };
}

function isKnownToNode(name: string): boolean {
  // undici asks for sqlite in a try, for a cache that the simulator does not use.
  return isBuiltin(name) || name === 'node:sqlite' || name === 'rxjs' || name === 'rxjs/testing' || name === '?';
}

/** Adds a file and what it leads to. */
function follow(file: string, reached: Set<string>): void {
  if (reached.has(file)) return;
  reached.add(file);
  const text = textIn(file);
  if (file.endsWith('.d.ts')) {
    // Not what an example in a comment imports.
    const code = text.replace(/^\s*\*.*$/gm, '');
    for (const [, target = ''] of code.matchAll(/(?:\bfrom |\bimport\(|^import )['"](\.[^'"]+)['"]/gm)) {
      follow(target && resolvedTypes(file, target), reached);
    }
    return;
  }
  for (const name of readCode(text, 2024, file.startsWith('dist/esm') ? 'module' : 'script').imports) {
    if (name.startsWith('.')) follow(resolved(file, name, packed().files) ?? `${name} from ${file}`, reached);
  }
}

function resolvedTypes(file: string, target: string): string {
  const script = target.replace(/\.js$/, '.d.ts');
  return resolved(file, script, packed().files) ?? `${target} from ${file}`;
}
