import { runInThisContext } from 'node:vm';
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
  type Wrapper = (module: object, exports: object, require: unknown) => void;
  const run = runInThisContext(`(module, exports, require) => {${outputFiles[0]?.text ?? ''}\n}`) as Wrapper;
  run(module, module.exports, require);
  return module.exports as Exports;
}
