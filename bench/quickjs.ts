/**
 * The claims: in an interpreter, as iPhones have it, `http$()` with all its policies on costs half as much a call as
 * axios-miniprogram behind p-limit, hardly more than luch-request behind it, and the request queue alone no more than
 * 1.2 × p-limit.
 */
import { getQuickJS, type QuickJSContext } from 'quickjs-emscripten';
import { clientPrograms, queuePrograms, type ClientProgram } from './client-programs.js';
import { atLeast, grouped, QUICK, report, sideBySide, type Figure } from './measure.js';

const engine = await getQuickJS();

/** A phone with that client loaded. */
function phoneWith({ phone, client }: ClientProgram): QuickJSContext {
  const context = engine.newContext();
  run(context, phone);
  run(context, client);
  return context;
}

function run(context: QuickJSContext, code: string): unknown {
  const handle = context.unwrapResult(context.evalCode(code));
  const value: unknown = context.dump(handle);
  handle.dispose();
  return value;
}

function microsecondsEach(program: ClientProgram, calls: number): number {
  const context = phoneWith(program);
  try {
    const startedAt = performance.now();
    run(context, `send(${calls})`);
    do context.unwrapResult(context.runtime.executePendingJobs());
    while (run(context, 'turn(), pending') !== 0);
    return ((performance.now() - startedAt) * 1_000) / calls;
  } finally {
    context.dispose();
  }
}

await compare('http$', await clientPrograms());
await compare('the queue', await queuePrograms());

async function compare(what: string, programs: readonly ClientProgram[]): Promise<void> {
  for (const calls of QUICK ? [100] : [100, 1_000]) {
    const results = await sideBySide(
      Object.fromEntries(programs.map((program) => [program.who, () => microsecondsEach(program, calls)])),
    );
    const own = programs.find(({ ours }) => ours)?.who ?? '';
    report(
      programs.map(({ who, ours, least }): Figure => {
        const value = results[who] ?? NaN;
        const verdict = least === undefined ? undefined : atLeast(value / (results[own] ?? NaN), least, '× ours');
        return { at: `${what}, ${grouped(calls)} at once`, who, value, unit: 'µs a call', ours, verdict };
      }),
    );
  }
}
