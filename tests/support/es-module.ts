import { buildSync } from 'esbuild';

/** A package that is an ES module only, for Jest, which knows CommonJS: bundled on the spot. */
export function esModule<Exports>(name: string): Exports {
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from '${name}'`, resolveDir: process.cwd() },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what the package has, and nothing else
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, require);
  return module.exports as Exports;
}
