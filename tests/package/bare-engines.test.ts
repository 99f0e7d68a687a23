import { runInQuickJs, runInVm } from './support/engines.js';
import { packedModules } from './support/packed.js';
import { WHAT_HAPPENS } from './support/what-happens.js';

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(180_000);

describe.each([
  ['node:vm', runInVm],
  ['QuickJS', runInQuickJs],
])('what “build npm” copies, in %s with timers, console and wx only', (_, run) => {
  it.each([
    ['its own promises', false],
    ['promises made of setTimeout', true],
  ])('keeps the rules, with %s', async (__, promiseByTimers) => {
    expect(await run(packedModules(), promiseByTimers)).toEqual(WHAT_HAPPENS);
  });

  it('fails on any other global', async () => {
    const modules = new Map(packedModules()).set('app.js', '').set('miniprogram_npm/rx-miniprogram/index.js', 'URL;');
    await expect(run(modules, false)).rejects.toThrow('URL');
  });
});
