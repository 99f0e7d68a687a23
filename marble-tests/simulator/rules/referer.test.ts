import { json, marbles } from '../../../src/testing/index.js';

const url = 'https://api.example.com/';

describe('referer', () => {
  it.each([
    ['develop', '0'],
    ['trial', '0'],
    ['devtools', 'devtools'],
    ['release', '42'],
  ] as const)('[LIM-1] is that of a %s build, whatever the app says', (envVersion, shown) => {
    marbles(
      ({ wx, server, flush }) => {
        const route = server.get(url).replies('(r|)', { r: json({}) });
        wx.request({ url, header: { referer: 'https://evil.example.org/' } });
        flush();

        const fields = Object.entries(route.requests[0]!.header).filter(([name]) => name.toLowerCase() === 'referer');
        expect(fields).toEqual([['Referer', `https://servicewechat.com/wxabc/${shown}/page-frame.html`]]);
      },
      { simulator: { appId: 'wxabc', version: '42', envVersion, domains: { request: ['https://api.example.com'] } } },
    )();
  });
});
