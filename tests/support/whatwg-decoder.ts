import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

type Decode = (bytes: Uint8Array, stream?: boolean) => string;

interface MultiByte {
  createMultibyteDecoder(charset: string, loose: boolean): Decode;
}

/**
 * The WHATWG Encoding Standard by another hand: `@exodus/bytes`, in JavaScript as on any engine. Node's own TextDecoder
 * would not do, its tables are ICU's. The package has ES modules only, which Jest cannot load as they are.
 */
export function whatwgDecoder(charset: string, { fatal = false }: { readonly fatal?: boolean } = {}): Decode {
  return (loaded ??= load()).createMultibyteDecoder(charset, !fatal);
}

let loaded: MultiByte | undefined;

function load(): MultiByte {
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from '@exodus/bytes/multi-byte.js';`, resolveDir: process.cwd() },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
  });
  const module = { exports: {} as MultiByte };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('module', 'require', outputFiles[0]!.text) as (...parts: unknown[]) => void;
  run(module, createRequire(join(process.cwd(), 'package.json')));
  return module.exports;
}
