import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesUnder, fingerprint, madeOnce, ROOT, run } from './cache.js';

const MADE_OF = [
  ...['package.json', 'tsconfig.json', 'tsconfig.node.json', 'tsconfig.build.json', 'README.md', 'README.zh-CN.md'],
  ...['src', 'scripts'],
];

/** The package as `npm publish` would send it. */
export interface Packed {
  readonly tarball: string;
  /** What is in it, unpacked. */
  readonly folder: string;
  /** Paths in the package, sorted. */
  readonly files: readonly string[];
}

let made: Packed | { readonly problem: unknown } | undefined;

/** Builds and packs, once for all test files; what fails is not tried again in this one. */
export function packed(): Packed {
  try {
    made ??= pack();
  } catch (problem) {
    made = { problem };
  }
  if ('problem' in made) throw made.problem;
  return made;
}

function pack(): Packed {
  const cached = madeOnce('packed', fingerprint(MADE_OF), (folder) => {
    run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
    run('tar', ['-xzf', tarballIn(folder)], folder);
  });
  const folder = join(cached, 'package');
  const files = filesUnder(folder).map((file) => file.slice(folder.length + 1).replaceAll('\\', '/'));
  return { tarball: tarballIn(cached), folder, files };
}

/** A project, far from our own node_modules, in which nothing is installed but this package and its peer. */
export function withProject<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-project-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    cpSync(packed().folder, join(folder, 'node_modules', 'rx-miniprogram'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', 'rxjs'), join(folder, 'node_modules', 'rxjs'), 'junction');
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file of the package. */
export function textIn(path: string): string {
  return readFileSync(join(packed().folder, path), 'utf8');
}

/** The package as “build npm” copies it into a mini program, by path. */
export function packedModules(): ReadonlyMap<string, string> {
  const scripts = packed().files.filter((file) => file.startsWith('miniprogram_dist/') && file.endsWith('.js'));
  return new Map(
    scripts.map((file) => [file.replace('miniprogram_dist', 'miniprogram_npm/rx-miniprogram'), textIn(file)]),
  );
}

/** An entry of `exports`, and what the package calls it. */
export interface Entry {
  readonly subpath: string;
  readonly specifier: string;
  /** Its file on phones, if it runs there. */
  readonly phoneFile: string | undefined;
  readonly esm: string;
  readonly cjs: string;
  readonly types: string;
}

interface Target {
  readonly import: { readonly types: string; readonly default: string };
  readonly require: { readonly types: string; readonly default: string };
}

/** All that can be imported of the package. */
export function entries(): Entry[] {
  const { exports } = JSON.parse(textIn('package.json')) as { exports: Record<string, Target | string> };
  const all = packed().files;
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return [];
    const file = `miniprogram_dist/${subpath === '.' ? 'index' : subpath.slice(2)}.js`;
    return {
      subpath,
      specifier: `rx-miniprogram${subpath.slice(1)}`,
      phoneFile: all.includes(file) ? file : undefined,
      esm: target.import.default.slice(2),
      cjs: target.require.default.slice(2),
      types: target.import.types.slice(2),
    };
  });
}

function tarballIn(folder: string): string {
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`${folder}: npm pack has left no tarball`);
  return join(folder, name);
}
