import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { QuickJSFFI } from '@jitl/quickjs-wasmfile-release-sync/ffi';
import loadModule from '@jitl/quickjs-wasmfile-release-sync/emscripten-module';
import { newQuickJSWASMModuleFromVariant, type QuickJSSyncVariant } from 'quickjs-emscripten';

// The package's own variant loads its parts with `import()`, which jest has not.
const VARIANT: QuickJSSyncVariant = {
  type: 'sync',
  importFFI: () => Promise.resolve(QuickJSFFI),
  importModuleLoader: () => Promise.resolve(loadModule),
};

/** What an engine runs: modules by their path, as in a mini program's folder. */
export type Modules = ReadonlyMap<string, string>;

const bare = (name: string) => readFileSync(join(__dirname, '..', 'bare', name), 'utf8');

/** What the language has had since ES2017; all other globals are taken away. */
export const LANGUAGE: readonly string[] = [
  ...['Array', 'ArrayBuffer', 'Boolean', 'DataView', 'Date', 'Error', 'EvalError', 'Float32Array', 'Float64Array'],
  ...[
    'Function',
    'Infinity',
    'Int16Array',
    'Int32Array',
    'Int8Array',
    'JSON',
    'Map',
    'Math',
    'NaN',
    'Number',
    'Object',
  ],
  ...[
    'Promise',
    'Proxy',
    'RangeError',
    'ReferenceError',
    'Reflect',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'SyntaxError',
  ],
  ...['TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakSet'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat'],
  ...['parseInt'],
];

/** What came into the language later, and older phones have not. */
const MODERN: readonly (readonly [owner: string, member: string])[] = [
  ...['flat', 'flatMap', 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with'].map(
    (name) => ['Array.prototype', name] as const,
  ),
  ...['trimStart', 'trimEnd', 'matchAll', 'replaceAll', 'at', 'isWellFormed', 'toWellFormed'].map(
    (name) => ['String.prototype', name] as const,
  ),
  ...['fromEntries', 'hasOwn', 'groupBy'].map((name) => ['Object', name] as const),
  ...['allSettled', 'any', 'withResolvers', 'try'].map((name) => ['Promise', name] as const),
  ['Promise.prototype', 'finally'],
  ['Symbol.prototype', 'description'],
];

/** All of it as one script, for an engine that may not make code from texts. */
function scriptOf(modules: Modules, scenario: string): string {
  const table = [...modules].map(
    ([path, text]) => `MODULES[${JSON.stringify(path)}] = function (require, module, exports) {\n${text}\n};`,
  );
  return [bare('phone.js'), ...table, bare(scenario)].join('\n');
}

function startOf(promiseByTimers: boolean): string {
  return `strip(this, ${JSON.stringify(LANGUAGE)}, ${JSON.stringify(MODERN)}, ${String(promiseByTimers)}); scenario();`;
}

/** V8 with an empty global, in which no text becomes code. */
export async function runInVm(modules: Modules, promiseByTimers: boolean, scenario = 'scenario.js'): Promise<string[]> {
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  runInContext(scriptOf(modules, scenario), context);
  runInContext(startOf(promiseByTimers), context);
  do await new Promise((resolve) => setImmediate(resolve));
  while (runInContext('tick()', context));
  return JSON.parse(runInContext('JSON.stringify(trace)', context) as string) as string[];
}

/** QuickJS, an interpreter with nothing but the language. */
export async function runInQuickJs(modules: Modules, promiseByTimers: boolean): Promise<string[]> {
  const engine = (await newQuickJSWASMModuleFromVariant(VARIANT)).newContext();
  try {
    const run = (code: string): unknown => {
      const handle = engine.unwrapResult(engine.evalCode(code, 'app.js'));
      const value = engine.dump(handle) as unknown;
      handle.dispose();
      return value;
    };
    run(scriptOf(modules, 'scenario.js'));
    run(startOf(promiseByTimers));
    do engine.unwrapResult(engine.runtime.executePendingJobs());
    while (run('tick()'));
    return JSON.parse(run('JSON.stringify(trace)') as string) as string[];
  } finally {
    engine.dispose();
  }
}
