/**
 * What loading costs before the first page shows: the client and what it stands on, in engines without a JIT. Told beside
 * axios-miniprogram and p-limit, which have less in them.
 *
 * The claim: the native build loads in 0.93 of the time that it took with a getter for each export.
 */
import { spawnSync } from 'node:child_process';
import { getQuickJS } from 'quickjs-emscripten';
import { clientPrograms, type ClientProgram } from './client-programs.js';
import { atMost, report, ROUNDS, sideBySide, type Figure } from './measure.js';
import { nativeBuild } from './native-build.js';

const engine = await getQuickJS();
const programs = await clientPrograms();
const native = await nativeBuild();
const phone = programs[0]?.phone ?? '';

function inQuickJs({ phone, client }: ClientProgram): number {
  const context = engine.newContext();
  try {
    context.unwrapResult(context.evalCode(phone)).dispose();
    const startedAt = performance.now();
    context.unwrapResult(context.evalCode(client)).dispose();
    return performance.now() - startedAt;
  } finally {
    context.dispose();
  }
}

/** In a process of its own each time: the second time V8 would remember it. */
function inV8WithoutJit({ phone, client }: ClientProgram): number {
  const measure = `
    const { phone, client } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    const vm = require('node:vm');
    const context = vm.createContext({});
    vm.runInContext(phone, context);
    const startedAt = performance.now();
    vm.runInContext(client, context);
    console.log(performance.now() - startedAt);`;
  const { stdout } = spawnSync(process.execPath, ['--jitless', '--no-warnings', '-e', measure], {
    input: JSON.stringify({ phone, client }),
    encoding: 'utf8',
  });
  return Number(stdout);
}

for (const [at, load] of [
  ['QuickJS', inQuickJs],
  ['V8 without JIT', inV8WithoutJit],
] as const) {
  const results = await sideBySide(Object.fromEntries(programs.map((program) => [program.who, () => load(program)])));
  report(programs.map(({ who, ours }): Figure => ({ at, who, value: results[who], unit: 'ms to load', ours })));

  const { ours = NaN, getters = NaN } = await sideBySide(
    {
      ours: () => load({ who: '', ours: true, phone, client: native.ours }),
      getters: () => load({ who: '', ours: false, phone, client: native.withGetters }),
    },
    // A few milliseconds each: it takes more of them to tell a tenth.
    { rounds: 7 * ROUNDS },
  );
  const one = { at: `${at}, native build`, unit: 'ms to load' };
  const verdict = atMost(ours / getters, 0.93, '× the one with getters');
  report([
    { ...one, who: "require('rx-miniprogram')", value: ours, ours: true, verdict },
    { ...one, who: 'with a getter for each export', value: getters },
  ]);
}
