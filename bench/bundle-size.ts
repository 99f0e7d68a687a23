import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, transform, type Metafile } from 'esbuild';

/** How rxjs is counted: not at all, by its es2015 files, or by those that a bundler takes when nobody tells it. */
export const RXJS = ['without', 'es2015', 'default'] as const;
export type Rxjs = (typeof RXJS)[number];

/** What an import costs: minified and gzipped, in bytes. */
export interface BundleSize {
  readonly gzip: number;
  readonly minified: number;
  /** The files of which something stayed. */
  readonly files: readonly string[];
}

/** Bundles a program, as an app's bundler would, and weighs it. */
export async function bundleSize(code: string, rxjs: Rxjs, resolveDir: string): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir, sourcefile: 'app.js' },
    bundle: true,
    minify: true,
    // As Vite has it; tables would be twice as long as escapes.
    charset: 'utf8',
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2018',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: rxjs === 'es2015' ? ['es2015'] : [],
    external: rxjs === 'without' ? ['rxjs'] : [],
    legalComments: 'none',
    logLevel: 'silent',
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: contents.length, gzip: gzipped(contents), files: filesIn(metafile) };
}

/** The same of one file that is shipped as it is. */
export async function fileSize(file: string): Promise<{ readonly gzip: number; readonly minified: number }> {
  const { code } = await transform(readFileSync(file, 'utf8'), {
    minify: true,
    // As Vite has it; tables would be twice as long as escapes.
    charset: 'utf8',
    target: 'es2018',
    format: 'cjs',
  });
  return { minified: Buffer.byteLength(code), gzip: gzipped(Buffer.from(code)) };
}

/** What can be imported, and by which program: the entries for phones, and a few single names. */
export function imports(packageFolder: string): ReadonlyMap<string, string> {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { import: { default: string } }>;
  };
  const single = [
    'http$',
    'createHttp, createNetwork',
    'request$',
    'requireOk',
    'limitConcurrency',
    'timeLimit',
    'decodeBody',
  ];
  const index = join(packageFolder, 'dist/esm/index.js');
  const programs = new Map(single.map((names) => [names, `export { ${names} } from ${JSON.stringify(index)}`]));
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'string' || !phoneFiles(packageFolder).includes(phoneFileOf(subpath))) continue;
    programs.set(`all of ${subpath}`, `export * from ${JSON.stringify(join(packageFolder, target.import.default))}`);
  }
  return programs;
}

/** The files of miniprogram_dist. */
export function phoneFiles(packageFolder: string): string[] {
  const files = readdirSync(join(packageFolder, 'miniprogram_dist'), { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.js'))
    .sort();
}

function phoneFileOf(subpath: string): string {
  return subpath === '.' ? 'index.js' : `${subpath.slice(2)}.js`;
}

function filesIn({ outputs }: Metafile): string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0))
    .map(([file]) => file)
    .sort();
}

function gzipped(bytes: Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).length;
}
