import { withReferer } from '../../../src/simulator/rules/referer.js';
import { useHarness } from '../harness.js';

describe('referer', () => {
  const { call } = useHarness(({ header }) => ({ body: JSON.stringify(header) }));

  it.each(['Referer', 'referer', 'REFERER', 'ReFeReR'])('[LIM-1] overwrites the %s of the app', async (name) => {
    const { success } = await call(
      { url: '/', header: { [name]: 'https://evil.example.org/' } },
      { appId: 'wxabc', version: '42', envVersion: 'release' },
    );

    expect(success?.data).toMatchObject({ referer: 'https://servicewechat.com/wxabc/42/page-frame.html' });
  });

  it.each([
    ['develop', '0'],
    ['trial', '0'],
    ['devtools', 'devtools'],
    ['release', '42'],
  ] as const)('[LIM-1] of a %s build it has the version %s', (envVersion, shown) => {
    expect(withReferer({ 'X-A': '1' }, { appId: 'wxabc', version: '42', envVersion })).toEqual({
      'X-A': '1',
      Referer: `https://servicewechat.com/wxabc/${shown}/page-frame.html`,
    });
  });
});
