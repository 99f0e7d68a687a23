import { folderWith, type Files } from '../cli/support/cli.js';
import { createDriver } from '../../src/miniprogram/driver.js';
import { createMiniProgram } from '../../src/miniprogram/mini-program.js';
import { readAppFolder } from '../../src/miniprogram/app-folder.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const driver of running.splice(0)) await driver.close();
});

/** What an app of three pages says, whose first page does `work` when it is tapped. */
async function said(work: string, files: Files = {}): Promise<string[]> {
  const lines: string[] = [];
  const simulator = createSimulator();
  const app = createMiniProgram({
    folder: readAppFolder(
      folderWith({
        'app.json': {
          pages: ['pages/a/a', 'pages/b/b', 'pages/c/c'],
          tabBar: { list: [{ pagePath: 'pages/a/a' }, { pagePath: 'pages/c/c' }] },
        },
        'app.js': 'App({})',
        'pages/a/a.js': `const end = ({ errMsg }) => console.log(errMsg); Page({ tap() { ${work} } })`,
        'pages/b/b.js': `Page({ onLoad({ id }) { console.log('b', id); this.channel = this.getOpenerEventChannel() } })`,
        'pages/c/c.js': `Page({ onLoad() { console.log('c') } })`,
        ...files,
      }),
    ),
    simulator,
    said: (_level, line) => lines.push(line),
    onThrown: ({ message }) => lines.push(`thrown ${message}`),
  });
  const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms + 5));
  const driver = createDriver(app, simulator, { pass, close: () => simulator.close() });
  running.push(driver);
  app.start(undefined);
  await driver.call('tap');
  await driver.wait(20);
  return lines;
}

describe('the navigation of an app', () => {
  it.each([
    ['a URL that is no text', 'wx.navigateTo({ url: 5, fail: end })', /^navigateTo:fail parameter error/],
    ['a page that there is not', 'wx.navigateTo({ url: "/pages/x/x", fail: end })', /^navigateTo:fail .*pages\/x\/x/],
    ['a tab by navigateTo', 'wx.navigateTo({ url: "/pages/c/c", fail: end })', /^navigateTo:fail .*tab/],
    ['what is no tab by switchTab', 'wx.switchTab({ url: "/pages/b/b", fail: end })', /^switchTab:fail/],
    ['going back from the first page', 'wx.navigateBack({ fail: end })', /^navigateBack:fail cannot navigate back/],
  ])('refuses %s, in the words of the platform', async (_what, work, words) => {
    expect(await said(work)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    ['redirectTo', 'wx.redirectTo({ url: "../b/b?id=1", success: end })', ['b 1', 'redirectTo:ok']],
    ['reLaunch', 'wx.reLaunch({ url: "/pages/b/b?id=2", success: end })', ['b 2', 'reLaunch:ok']],
    ['switchTab', 'wx.switchTab({ url: "/pages/c/c", success: end })', ['c', 'switchTab:ok']],
    ['a promise', 'wx.navigateTo({ url: "../b/b?id=3" }).then(end)', ['b 3', 'navigateTo:ok']],
    [
      'back by more pages than there are',
      'wx.navigateTo({ url: "../b/b?id=4", success: () => wx.navigateBack({ delta: 9, success: end }) })',
      ['b 4', 'navigateBack:ok'],
    ],
  ])('opens by %s', async (_what, work, lines) => {
    expect(await said(work)).toEqual(lines);
  });

  it('tells of a page that throws while it opens', async () => {
    const lines = await said('wx.navigateTo({ url: "../b/b", fail: end })', {
      'pages/b/b.js': 'throw new Error("broken")',
    });

    expect(lines).toContain('navigateTo:fail page "pages/b/b" could not be opened');
    expect(lines.some((line) => line.includes('broken'))).toBe(true);
  });

  it('has a channel of events both ways, which keeps what nobody heard yet', async () => {
    const lines = await said(
      `wx.navigateTo({
        url: '../b/b?id=5',
        events: { answer: (what) => console.log('heard', what) },
        success: ({ eventChannel }) => { eventChannel.emit('ask', 1); eventChannel.emit('ask', 2); },
      })`,
      {
        'pages/b/b.js': `Page({ onLoad() {
          const channel = this.getOpenerEventChannel();
          channel.once('ask', (n) => channel.emit('answer', 'once ' + n));
          const all = (n) => console.log('asked', n);
          channel.on('ask', all);
          setTimeout(() => { channel.off('ask', all); channel.off('answer'); }, 10);
        } })`,
      },
    );

    expect(lines).toContain('heard once 1');
    expect(lines.filter((line) => line.startsWith('asked')).length).toBeGreaterThan(0);
  });
});
