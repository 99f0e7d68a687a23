/** The same claim as `charsets.ts`, in an engine that has no JIT, no `Buffer` and no `TextDecoder`: as a phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SHAPES } from './charsets-candidates.js';
import { figuresOf } from './charsets-figures.js';
import { QUICK, report, sideBySide, type Figure } from './measure.js';

// Not bundled: it looks for its WebAssembly beside itself.
const { getQuickJS } = createRequire(join(process.cwd(), 'package.json'))(
  'quickjs-emscripten',
) as typeof import('quickjs-emscripten');

/** What `charsets-inside.ts` asks for: only iconv-lite needs any of it. */
const SHIM = `
  function Buffer() {}
  Buffer.alloc = (size) => {
    const bytes = new Uint8Array(size);
    bytes.slice = (start, end) => ({
      toString() {
        const units = new Uint16Array(bytes.buffer, start, (end - start) >> 1);
        let text = '';
        for (let at = 0; at < units.length; at += 4096) text += String.fromCharCode.apply(null, units.subarray(at, at + 4096));
        return text;
      },
    });
    return bytes;
  };
  export const createRequire = () => () => ({ Buffer });
`;

const engine = (await getQuickJS()).newRuntime();
engine.setModuleLoader(() => SHIM);
const context = engine.newContext();
const inside = readFileSync(fileURLToPath(new URL('charsets-inside.mjs', import.meta.url)), 'utf8');
const evaluated = (code: string, type: 'module' | 'global') => {
  const handle = context.unwrapResult(context.evalCode(code, 'bench.mjs', { type }));
  const value: unknown = context.dump(handle);
  handle.dispose();
  return value;
};
// Node's loader would have put it in.
evaluated(inside.replaceAll('import.meta.url', '""'), 'module');

const figures: Figure[] = [];
for (const charset of Object.keys(SHAPES)) {
  const names = evaluated(`prepare(${JSON.stringify(charset)}, ${QUICK ? 1 << 14 : 1 << 16})`, 'global') as string[];
  for (const mode of ['whole', '1 kB chunks']) {
    const results = await sideBySide(
      Object.fromEntries(
        names.map((who) => [
          who,
          () => Number(evaluated(`measure(${JSON.stringify(who)}, ${JSON.stringify(mode)})`, 'global')),
        ]),
      ),
    );
    figures.push(...figuresOf(`${charset}, ${mode}`, results));
  }
}
report(figures);
