import { cli, folderWith, type Files } from './support/cli.js';

/** The errors of an app whose lists are empty: `api origin-of-the-entry`. */
async function errorsIn(files: Files, config: object = { domains: {} }): Promise<string[]> {
  const folder = folderWith({ 'rx-miniprogram.config.json': config, ...files });
  const { output } = await cli(folder, ['lint', '--json']);
  const { findings } = JSON.parse(output) as {
    findings: { severity: string; message: string; file: string; add?: { list: string; entry: string } }[];
  };
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ add, message }) => (add ? `${add.list} ${add.entry}` : message));
}

const SEND = `export const send = (path, base = 'https://a.example.com') => wx.request({ url: base + path })`;

describe('rx-miniprogram lint follows an address', () => {
  it.each<[what: string, files: Files, errors: readonly string[]]>([
    [
      'across files',
      {
        'c.js': `module.exports = { api: { base: 'https://a.example.com' } }`,
        'app.js': `const { api: { base } } = require('./c'); wx.request({ url: base + '/x' })`,
      },
      ['request https://a.example.com'],
    ],
    [
      'through a re-export',
      {
        'a.js': `export const A = 'https://a.example.com'`,
        'b.js': `export * from './a'`,
        'app.js': `import { A } from './b'; wx.request({ url: A })`,
      },
      ['request https://a.example.com'],
    ],
    [
      'through a wrapper that a hundred callers hand paths, and one an address',
      {
        's.js': `export const send = (url) => wx.request({ url: url.startsWith('http') ? url : 'https://a.example.com' + url })`,
        'app.js': `import { send } from './s'; ${Array.from({ length: 100 }, (_, n) => `send('/x${n}');`).join('')} send('https://b.example.com/y')`,
      },
      ['request https://b.example.com', 'request https://a.example.com'],
    ],
    [
      'into a default parameter',
      { 's.js': SEND, 'app.js': `import { send } from './s'; send('/x')` },
      ['request https://a.example.com'],
    ],
    [
      'that a caller gives',
      { 's.js': SEND, 'app.js': `import { send } from './s'; send('/x', 'https://b.example.com')` },
      ['request https://b.example.com'],
    ],
    [
      'through options that are written to',
      {
        'app.js': `function get(options) { options.url = 'https://a.example.com' + options.url; wx.request(options) } get({ url: '/x' })`,
      },
      ['request https://a.example.com'],
    ],
    [
      'through a class and its heir',
      {
        'app.js': `class A { get(p) { return wx.request({ url: this.base + p }) } } class B extends A { base = 'https://a.example.com' } new B().get('/')`,
      },
      ['request https://a.example.com'],
    ],
    [
      'through join, concat and replace',
      {
        'app.js': `const a = ['https:/', 'a.example.com'].join('/'); wx.connectSocket({ url: a.replace(/^http/, 'ws') }); wx.uploadFile({ url: 'https://'.concat('b.example.com', '/') })`,
      },
      ['socket wss://a.example.com', 'uploadFile https://b.example.com'],
    ],
    [
      'in the branch that is taken',
      { 'app.js': `const LIVE = true; wx.request({ url: LIVE ? 'https://a.example.com' : 'https://b.example.com' })` },
      ['request https://a.example.com'],
    ],
    [
      'in an element of a list',
      { 'app.js': `for (const url of ['https://a.example.com/1']) wx.downloadFile({ url })` },
      ['downloadFile https://a.example.com'],
    ],
    [
      'in .env.production, and not what is for developing',
      {
        '.env.production': `VITE_API="https://a.example.com"`,
        '.env.development': 'VITE_API=https://d.example.com',
        'app.js': `wx.request({ url: import.meta.env.VITE_API })`,
      },
      ['request https://a.example.com'],
    ],
    [
      'that is read by getImageInfo',
      { 'app.js': `wx.getImageInfo({ src: 'https://a.example.com/x' })` },
      ['downloadFile https://a.example.com'],
    ],
    [
      '[K4.9] that has no scheme, behind a base address',
      {
        'app.js': `import { createNetwork } from 'rx-miniprogram'; const { http$ } = createNetwork({ baseUrl: 'https://a.example.com' }); http$('//cdn.example.com/a.png')`,
      },
      ['request https://a.example.com', expect.stringContaining('//cdn.example.com/a.png has no scheme') as string],
    ],
    [
      "by each function that is made on one network, with its own list and the network's base address",
      {
        'network.js': `const { createDownload, createHttp, createNetwork, createUpload } = require('rx-miniprogram');
          const network = createNetwork({ baseUrl: 'https://a.example.com' });
          module.exports = { network, http$: createHttp(network), send: createUpload(network), fetchFile: createDownload(network) };`,
        'app.js': `const { createSocket } = require('rx-miniprogram/sockets');
          const { createWebSocket } = require('rx-miniprogram/websocket');
          const { fetchFile, http$, network, send } = require('./network');
          http$.get('/items');
          send({ url: '/photos', filePath, name: 'photo' });
          fetchFile('https://files.example.com/a.pdf');
          const chat = createSocket(network)({ url: 'wss://chat.example.com/1' });
          chat.send({ text: 'hello' });
          const WebSocket = createWebSocket(network);
          new WebSocket('wss://push.example.com');`,
      },
      [
        'uploadFile https://a.example.com',
        'downloadFile https://files.example.com',
        'socket wss://chat.example.com',
        'socket wss://push.example.com',
        'request https://a.example.com',
      ],
    ],
    [
      '[K8.2] api.weixin.qq.com over http',
      { 'app.js': `wx.request({ url: 'http://api.weixin.qq.com/x' })` },
      ['api.weixin.qq.com can be neither configured nor called'],
    ],
  ])('%s', async (_what, files, errors) => {
    expect(await errorsIn(files)).toEqual(errors);
  });

  it.each<[what: string, source: string]>([
    ['a picture', `Page({ data: { logo: 'https://a.example.com/logo' } })`],
    ['what is copied', `wx.setClipboardData({ data: 'https://a.example.com' })`],
    ['the cloud', `wx.cloud.uploadFile({ cloudPath: 'a', filePath: 'https://a.example.com' })`],
    ['a link', `wx.navigateTo({ url: '/web?src=https://a.example.com' })`],
    ['data of a call', `wx.request({ url: path(), data: { back: 'https://a.example.com' } })`],
    [
      'what a local variable of the same name says elsewhere',
      `{ const url = 'https://a.example.com' } { const url = path(); wx.request({ url }) }`,
    ],
  ])('says nothing of %s', async (_what, source) => {
    expect(await errorsIn({ 'app.js': source })).toEqual([]);
  });

  it('tells one finding a host and API, with its places', async () => {
    const call = `wx.request({ url: 'https://a.example.com/x' });\n`;
    const folder = folderWith({ 'rx-miniprogram.config.json': { domains: {} }, 'a.js': call + call, 'b.js': call });
    const { output } = await cli(folder, ['lint']);

    expect(output).toContain(
      'a.js:1:19  error  DOM-1  https://a.example.com is not in the request domains\n' +
        '    → add https://a.example.com to the request domains\n    also a.js:2:19, b.js:1:19\n',
    );
    expect(output).toContain('1 error, 0 warnings');
  });

  it('names the place where an address is lost, once', async () => {
    const source = `const host = wx.getStorageSync('host');\nwx.request({ url: host + '/a' }); wx.request({ url: host + '/b' })`;
    const folder = folderWith({ 'rx-miniprogram.config.json': { domains: {} }, 'a.js': source });
    const { code, output } = await cli(folder, ['lint']);

    expect(code).toBe(0);
    expect(output.match(/ {2}lost {2}/g)).toHaveLength(1);
    expect(output).toContain(
      "a.js:1:14  note  lost  the address of a request call was lost here: wx.getStorageSync('host')",
    );
  });

  it('counts what is shown, by host', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': { domains: {} },
      'a.wxml': `<image src="https://img.example.com/a.png"/><!-- <image src="https://old.example.com/b.png"/> -->\n<web-view src="https://h5.example.com/"></web-view>`,
      'a.js': `Page({ data: { cover: 'https://img.example.com/b' } })`,
    });
    const { output } = await cli(folder, ['lint']);

    expect(output).toContain('2 pictures from https://img.example.com: no list needed, unless downloaded\n');
    expect(output).toContain('1 page from https://h5.example.com: no call was found; a <web-view> needs the business');
    expect(output).not.toContain('old.example.com');
  });

  it("tells somebody else's code apart", async () => {
    const call = `wx.request({ url: 'https://sdk.example.com/x' })`;
    const folder = folderWith({ 'rx-miniprogram.config.json': { domains: {} }, 'libs/a-sdk.js': call, 'app.js': '' });
    const { code, output } = await cli(folder, ['lint']);

    expect(code).toBe(0);
    expect(output).toContain(
      "libs/a-sdk.js:1:19  warning  DOM-1  somebody else's code calls it: https://sdk.example.com",
    );
  });

  it('writes what it proposes', async () => {
    const folder = folderWith({ 'app.js': `wx.request({ url: 'https://a.example.com/x' })` });

    expect((await cli(folder, ['lint', '--fix'])).output).toContain('+    "request": [');
    expect(await cli(folder, ['lint'])).toMatchObject({ code: 0 });
  });
});

describe('rx-miniprogram lint, long inputs', () => {
  const MEGABYTE = 1_000_000;

  it.each<[what: string, name: string, text: string]>([
    ['[K7] scripts without an end', 'a.vue', '<script>'.repeat(MEGABYTE / 8)],
    ['tags without an end', 'a.vue', '<script '.repeat(MEGABYTE / 8)],
    ['comments without an end', 'a.wxml', `https://${'<!--'.repeat(MEGABYTE / 4)}`],
    ['one line of quotes', 'a.js', `const a = [${`'https://a.example.com/x',`.repeat(MEGABYTE / 26)}]`],
    ['one line of calls', 'a.js', `f('https://a.example.com/x');`.repeat(MEGABYTE / 30)],
    ['one long text', 'a.js', `const a = '${'https://'.repeat(MEGABYTE / 8)}'`],
    [
      'names that are made of each other',
      'a.js',
      Array.from({ length: 10_000 }, (_, n) => `const a${n + 1} = a${n} + 'x';`).join('') +
        `wx.request({ url: a10000 })`,
    ],
    [
      'functions that call each other',
      'a.js',
      Array.from(
        { length: 3_000 },
        (_, n) => `function f${n}(u) { return f${(n + 1) % 3_000}(u) + f${(n + 7) % 3_000}(u) }`,
      ).join('') + `wx.request({ url: f0('https://a.example.com') })`,
    ],
    [
      'objects that hold each other',
      'a.js',
      Array.from({ length: 30 }, (_, n) => {
        const others = Array.from({ length: 30 }, (_, k) => `...p${k}`).filter((_, k) => k !== n);
        return `const p${n} = { ${others.join(', ')}, k${n}: 'https://a.example.com' };`;
      }).join('') + `wx.request({ url: p0.none }); wx.request({ url: p0.k29 })`,
    ],
    ['deep nesting', 'a.js', `const a = ${'{a:'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ])(
    '%s: in the time of its size',
    async (_what, name, text) => {
      const folder = folderWith({ 'rx-miniprogram.config.json': { domains: {} }, [name]: text });
      const begun = performance.now();
      await cli(folder, ['lint']);

      // A second on a machine of its own.
      expect(performance.now() - begun).toBeLessThan(4_000);
    },
    60_000,
  );

  it("tells the place in the code of one's own before one in somebody else's", async () => {
    const call = `wx.request({ url: 'https://a.example.com/x' })`;
    const folder = folderWith({ 'a/vendor/sdk.js': call, 'z.js': call });
    const { output } = await cli(folder, ['lint', '--json']);

    expect((JSON.parse(output) as { proposed: unknown }).proposed).toEqual([
      expect.objectContaining({ confidence: 'certain', place: expect.objectContaining({ file: 'z.js' }) as unknown }),
    ]);
  });
});
