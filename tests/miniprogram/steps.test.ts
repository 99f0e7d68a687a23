import type { AppDriver } from '../../src/miniprogram/driver.js';
import { runStep, stepsOf, type Step } from '../../src/miniprogram/steps.js';

describe('the steps of a script', () => {
  it.each<[unknown, string]>([
    [undefined, 'steps: expected an array, or { "steps": [...] }; got undefined'],
    [{ steps: 5 }, 'steps: expected an array, or { "steps": [...] }; got {"steps":5}'],
    [[5], 'steps[0]: expected one of open, call, back'],
    [[{}], 'steps[0]: expected one of open, call, back'],
    [[{ open: '/a', call: 'tap' }], 'steps[0]: expected one of open, call, back'],
    [[{ open: 5 }], 'steps[0]: expected a text; got {"open":5}'],
    [[{ back: 1 }, { call: 5 }], 'steps[1]: expected a text; got {"call":5}'],
    [[{ wait: 'soon' }], "steps[0]: expected a time such as '6s', '500ms' or 6000; got"],
    [[{ waitFor: 'GET', within: -1 }], "steps[0]: expected a time such as '6s'"],
    [[{ hide: 'long' }], "steps[0]: expected a time such as '6s', '500ms' or 6000, or true"],
    [[{ offline: Infinity }], "steps[0]: expected a time such as '6s', '500ms' or 6000, or true"],
  ])('%j is refused, with what was expected', (steps, message) => {
    expect(() => stepsOf(steps)).toThrow(message);
  });

  it('may be a list, or stand under a name', () => {
    const steps: Step[] = [{ open: '/pages/a/a' }, { hide: true }, { wait: '1.5s' }];

    expect(stepsOf(steps)).toEqual(steps);
    expect(stepsOf({ steps })).toEqual(steps);
  });

  it.each<[Step, string]>([
    [{ open: '/pages/a/a?id=1' }, 'open ["/pages/a/a?id=1"]'],
    [{ call: 'tap', with: { id: 1 } }, 'call ["tap",{"id":1}]'],
    [{ back: true }, 'back [1]'],
    [{ back: 2 }, 'back [2]'],
    [{ hide: true }, 'hide [null]'],
    [{ hide: '6s' }, 'hide [6000]'],
    [{ show: true }, 'show []'],
    [{ offline: true }, 'network ["none",null]'],
    [{ offline: '500ms' }, 'network ["none",500]'],
    [{ online: true }, 'network ["wifi"]'],
    [{ wait: '1m' }, 'wait [60000]'],
    [{ wait: 5 }, 'wait [5]'],
    [{ waitFor: 'GET https://a' }, 'waitFor ["GET https://a",null]'],
    [{ waitFor: 'GET https://a', within: '2s' }, 'waitFor ["GET https://a",2000]'],
    [{ expect: 'no refusal' }, 'expect ["no refusal"]'],
    [{ answer: { showModal: { confirm: true } } }, 'answer ["showModal",{"confirm":true}]'],
  ])('%j is done by the driver', async (step, done) => {
    const log: string[] = [];
    const app = new Proxy({} as AppDriver, {
      get:
        (_driver, name) =>
        (...args: unknown[]) =>
          void log.push(`${String(name)} ${JSON.stringify(args)}`),
    });
    await runStep(app, step);

    expect(log).toEqual([done]);
  });
});
