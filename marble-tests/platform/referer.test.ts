import { refererOf, type EnvVersion } from '../../src/platform/referer.js';

describe('refererOf', () => {
  it.each<[EnvVersion, string, string]>([
    ['develop', '', '0'],
    ['develop', '1.2.3', '0'],
    ['trial', '1.2.3', '0'],
    ['devtools', '1.2.3', 'devtools'],
    ['release', '17', '17'],
    ['release', '1.2.3', '1.2.3'],
  ])('[LIM-1] shows a %s build of version %j as %s', (envVersion, version, shown) => {
    expect(refererOf('wx0123456789abcdef', envVersion, version)).toBe(
      `https://servicewechat.com/wx0123456789abcdef/${shown}/page-frame.html`,
    );
  });
});
