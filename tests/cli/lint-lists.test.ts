import { cli, folderWith } from './support/cli.js';

const CLEAN = {
  'rx-miniprogram.config.json': {
    domains: {
      request: ['https://api.example.com', 'https://api.example.com:8443'],
      uploadFile: ['https://up.example.com'],
      downloadFile: ['https://cdn.example.com'],
      socket: ['wss://push.example.com'],
      udp: ['udp://udp.example.com'],
      tcp: ['tcp://tcp.example.com'],
    },
  },
  'project.config.json': { appid: 'wx0123456789abcdef', miniprogramRoot: 'app/', setting: { urlCheck: true } },
  'app/app.json': { pages: ['pages/index'], networkTimeout: { request: 10_000 } },
  'app/app.js': `wx.request({ url: 'https://api.example.com/items' });`,
};

/** The findings over a list of one API. */
async function findingsOf(domains: object | string): Promise<string> {
  const folder = folderWith({ 'rx-miniprogram.config.json': { domains } });
  return (await cli(folder, ['lint'])).output;
}

describe('rx-miniprogram lint, the lists', () => {
  it('[DOM-6] has nothing to say of a clean app but the note on filing', async () => {
    const { code, output, errors } = await cli(folderWith(CLEAN), ['lint']);

    expect(errors).toBe('');
    expect(code).toBe(0);
    expect(output).toMatch(
      /^rx-miniprogram\.config\.json {2}note {2}DOM-6 {2}example\.com: no code can tell whether there is an ICP filing; the platform wants one\n {4}→ look them up at https:\/\/beian\.miit\.gov\.cn\n0 errors, 0 warnings, 1 note; 1 source file in \d+\.\d s\n$/,
    );
  });

  it.each([
    ['DOM-1', 'https://api.example.com/v1', 'an entry has no path or query', 'write https://api.example.com'],
    ['DOM-1', 'https://api.example.com/', 'an entry has no path or query', 'write https://api.example.com'],
    ['DOM-1', ' https://api.example.com', 'it has a space at position 0', 'take it out'],
    ['DOM-2', 'http://api.example.com', 'request takes https:// only', 'write https://api.example.com'],
    ['DOM-2', 'api.example.com', 'it has no scheme', 'write https://api.example.com'],
    [
      'DOM-2',
      'wss://push.example.com',
      'request takes https:// only',
      'add wss://push.example.com to the socket domains',
    ],
    ['DOM-3', 'https://8.8.8.8', 'no IP address can be configured', 'take it out'],
    ['DOM-3', 'https://localhost:3000', 'no IP address can be configured, nor localhost', 'take it out'],
    ['DOM-4', 'https://api.example.com:443', 'it allows only URLs that write :443', 'write https://api.example.com'],
    ['DOM-6', 'https://me.github.io', 'github.io belongs to a hosting service', 'use a domain of your own'],
    [
      'DOM-7',
      'https://api.weixin.qq.com',
      'api.weixin.qq.com can be neither configured',
      'keep the AppSecret on your server',
    ],
    ['DOM-8', 'https://*.example.com', 'there are no wildcards', 'list each subdomain'],
    ['public-suffix', 'https://com.cn', 'com.cn is a public suffix', 'write the whole name'],
    ['public-suffix', 'https://github.io', 'github.io is a public suffix', 'write the whole name'],
    ['public-suffix', 'https://api.example.cmo', "there is no top-level domain 'cmo'", 'slip of the pen'],
  ])('[%s] says of %s: %s', async (rule, entry, what, fix) => {
    const output = await findingsOf({ request: [entry] });

    const [first, second] = output.split('\n');
    expect(first).toMatch(/^rx-miniprogram\.config\.json:4:7 {2}(error|warning) /);
    expect(first).toContain(`  ${rule}  request "${entry}": `);
    expect(first).toContain(what);
    expect(second).toMatch(/^ {4}→ /);
    expect(second).toContain(fix);
  });

  it('tells of doubles and where the first stands', async () => {
    const output = await findingsOf({ request: ['https://api.example.com', 'https://API.example.com'] });

    expect(output).toContain(
      'rx-miniprogram.config.json:5:7  warning  duplicate  request "https://API.example.com": it stands there twice, first at rx-miniprogram.config.json:4',
    );
  });

  it('tells of more than 200 entries', async () => {
    const output = await findingsOf({ request: Array.from({ length: 201 }, (_, n) => `https://a${n}.example.com`) });

    expect(output).toContain('error  list-size  the request domains have 201 entries; the platform takes 200');
  });

  it('[DOM-8] tells of a parent that covers nothing of what is called', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': { domains: { request: ['https://example.com', 'https://api.example.com'] } },
      'app.js': `wx.request({ url: 'https://api.example.com/' });`,
    });

    expect((await cli(folder, ['lint'])).output).toContain(
      'warning  DOM-8  request "https://example.com" covers no subdomain, and the source calls only such, as api.example.com in app.js:1',
    );
  });
});

describe('the file of truth', () => {
  it.each([
    ['ours', { domains: { request: ['http://a.example.com'] } }],
    ['a list as one text', { domains: { request: 'http://a.example.com;https://b.example.com' } }],
    ['getwxadevinfo', { errcode: 0, requestdomain: ['http://a.example.com'], bizdomain: ['x'] }],
    ['modify_domain, inside', { domains: { requestdomain: ['http://a.example.com'], wsrequestdomain: [] } }],
  ])('is read in the shape of %s', async (_name, config) => {
    const { output } = await cli(folderWith({ 'rx-miniprogram.config.json': config }), ['lint']);

    expect(output).toContain('DOM-2  request "http://a.example.com"');
    expect(output).not.toContain('  config  ');
  });

  it('is read in the shape of a third-party platform, whose hosts stand for each API', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': { domains: 'a.example.com;b.example.com' },
      'app.js': `wx.request({ url: 'https://a.example.com/' }); wx.connectSocket({ url: 'wss://b.example.com/' });`,
    });

    expect(await cli(folder, ['lint'])).toMatchObject({ code: 0 });
  });

  it.each([
    [{ domain: {} }, "2:13  error  config  there is no 'domain'; there are domains, ignore, source"],
    [{ domains: { sockets: [] } }, "3:16  error  config  there is no 'domains.sockets'; there are request, uploadFile"],
    [{ domains: { request: [1] } }, '3:16  error  config  domains.request: expected Array or string; got Array'],
    [{ domains: 7 }, '2:14  error  config  domains: expected Object; got 7'],
    [{ ignore: 'x' }, '2:13  error  config  ignore: expected Array; got "x"'],
    ['{ "domains": { "request": [ ', '1:29  error  config  it is not JSON here: '],
    ['', '1:1  error  config  it is not JSON here: ValueExpected'],
    ['[]', '1:1  error  config  it: expected Object; got Array'],
    [Buffer.from([0x7b, 0xc4, 0xe3, 0x7d]), '  error  config  it is not UTF-8; save it as UTF-8'],
    ['['.repeat(200_000), '  error  config  it is '],
  ])('%# is refused with the place', async (config, message) => {
    const { code, output } = await cli(folderWith({ 'rx-miniprogram.config.json': config }), ['lint']);

    expect(code).toBe(1);
    expect(output).toContain(`rx-miniprogram.config.json${message.startsWith(' ') ? '' : ':'}${message}`);
  });

  it('is proposed when it is missing, and nothing is an error for want of it', async () => {
    const { code, output } = await cli(folderWith({ 'app.js': `wx.request({ url: 'https://api.example.com/' })` }), [
      'lint',
    ]);

    expect(code).toBe(0);
    expect(output).toMatch(
      /^the lists that the source implies:\n {2}request {6}https:\/\/api\.example\.com {2}certain {2}app\.js:1\n/,
    );
    expect(output).toContain('rx-miniprogram.config.json  warning  config  there is no such file yet');
  });

  it('may have another name', async () => {
    const folder = folderWith({ 'domains.json': { domains: { request: ['ftp://a.example.com'] } } });

    expect((await cli(folder, ['lint', '--config', 'domains.json'])).output).toContain(
      'domains.json:4:7  error  DOM-2',
    );
  });
});

describe("the developer tools' files", () => {
  it('[TIME-1] [TIME-2] are checked, the private one last', async () => {
    const folder = folderWith({
      ...CLEAN,
      'project.private.config.json': { setting: { urlCheck: false } },
      'app/app.json': { networkTimeout: { request: 90_000, socket: 1, uploadFile: '5' } },
    });
    const { code, output } = await cli(folder, ['lint']);

    expect(code).toBe(1);
    expect(output).toContain('project.private.config.json:3:17  warning  url-check  urlCheck is false');
    expect(output).toContain('app/app.json:3:16  warning  TIME-1  networkTimeout.request: 90000 ms is cut to 60000');
    expect(output).toContain("app/app.json:4:15  error  TIME-2  networkTimeout has no 'socket'");
    expect(output).toContain('app/app.json:5:19  error  TIME-2  networkTimeout.uploadFile: expected a positive number');
  });

  it('that are no JSON are told of, and the rest is checked', async () => {
    const folder = folderWith({ ...CLEAN, 'project.config.json': '{ "appid": ' });
    const { code, output } = await cli(folder, ['lint']);

    expect(code).toBe(1);
    expect(output).toContain('project.config.json:1:12  error  config  it is not JSON here: ValueExpected');
    expect(output).toContain('1 source file in');
  });
});
