import type { AppDriver, CallPattern } from './driver.js';

/** One line of a script: what the user does, or what is expected. */
export type Step =
  | { readonly open: string }
  | { readonly call: string; readonly with?: unknown }
  | { readonly back: number | true }
  | { readonly hide: StepTime | true }
  | { readonly show: true }
  | { readonly offline: StepTime | true }
  | { readonly online: true }
  | { readonly wait: StepTime }
  | { readonly waitFor: string | CallPattern; readonly within?: StepTime }
  | { readonly expect: 'no refusal' | 'no error' | CallPattern }
  | { readonly answer: Readonly<Record<string, object>> };

/** `'6s'`, `'500ms'`, or milliseconds. */
export type StepTime = string | number;

const WORDS = ['open', 'call', 'back', 'hide', 'show', 'offline', 'online', 'wait', 'waitFor', 'expect', 'answer'];

/**
 * Checks the steps of a script.
 *
 * @throws TypeError that names the step, what was expected and what came.
 */
export function stepsOf(value: unknown): readonly Step[] {
  const list = Array.isArray(value) ? (value as unknown[]) : (value as { readonly steps?: unknown } | null)?.steps;
  if (!Array.isArray(list)) throw new TypeError(`steps: expected an array, or { "steps": [...] }; got ${shown(value)}`);
  list.forEach((step: unknown, index) => {
    const words = typeof step === 'object' && step !== null ? Object.keys(step) : [];
    const verbs = words.filter((word) => WORDS.includes(word));
    const problem = (what: string) => new TypeError(`steps[${index}]: ${what}; got ${shown(step)}`);
    if (verbs.length !== 1) throw problem(`expected one of ${WORDS.join(', ')}`);
    const { [verbs[0] ?? '']: argument, within } = step as Readonly<Record<string, unknown>>;
    if ((verbs[0] === 'open' || verbs[0] === 'call') && typeof argument !== 'string') throw problem('expected a text');
    for (const time of [within, ...(verbs[0] === 'wait' ? [argument] : [])])
      if (time !== undefined && Number.isNaN(stepMs(time)))
        throw problem(`expected a time such as '6s', '500ms' or 6000`);
    if ((verbs[0] === 'hide' || verbs[0] === 'offline') && argument !== true && Number.isNaN(stepMs(argument)))
      throw problem(`expected a time such as '6s', '500ms' or 6000, or true`);
  });
  return list as Step[];
}

/** Carries out one step. */
export async function runStep(app: AppDriver, step: Step): Promise<void> {
  if ('open' in step) return app.open(step.open);
  if ('call' in step) {
    await app.call(step.call, step.with);
    return;
  }
  if ('back' in step) return app.back(step.back === true ? 1 : step.back);
  if ('hide' in step) return app.hide(step.hide === true ? undefined : stepMs(step.hide));
  if ('show' in step) return app.show();
  if ('offline' in step) return app.network('none', step.offline === true ? undefined : stepMs(step.offline));
  if ('online' in step) return app.network('wifi');
  if ('wait' in step) return app.wait(stepMs(step.wait));
  if ('waitFor' in step) return app.waitFor(step.waitFor, step.within === undefined ? undefined : stepMs(step.within));
  if ('expect' in step) {
    app.expect(step.expect);
    return;
  }
  for (const [api, result] of Object.entries(step.answer)) app.answer(api, result);
}

/** Milliseconds, or NaN. */
function stepMs(time: unknown): number {
  if (typeof time === 'number') return time >= 0 && time < Infinity ? time : NaN;
  const [, number, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(String(time)) ?? [];
  return Number(number) * { ms: 1, s: 1_000, m: 60_000 }[unit as 'ms' | 's' | 'm'];
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? typeof value;
}
