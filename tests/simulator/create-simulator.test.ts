import { lastValueFrom, NEVER, takeWhile, timer } from 'rxjs';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { fastClock } from '../support/fast-clock.js';
import { useHarness } from './harness.js';

describe('createSimulator', () => {
  it.each<[unknown, string]>([
    [
      { dialect: 'ios' },
      "dialect: expected one of 'android-cronet', 'ios-cronet', 'ios-old', 'devtools', 'doubled-fail'; got ios",
    ],
    [{ domain: {} }, "Unknown option 'domain'; known: answers, appId, backgroundCalls"],
    [{ domains: { requests: [] } }, 'domains.requests: there is no such list'],
    [
      { domains: { request: ['http://a.com'] } },
      '[DOM-2] request takes https:// only; got http://a.com; write https://a.com',
    ],
    [{ device: { localip: 'localhost' } }, 'device: expected an object such as'],
    [{ networkTimeout: { request: 0 } }, 'networkTimeout: expected milliseconds for each API'],
    [{ maxRedirects: -1 }, 'maxRedirects: expected a whole number from 0; got -1'],
    [{ freeze: 'yes' }, 'freeze: expected true or false; got yes'],
    [{ scheduler: {} }, 'scheduler: expected an RxJS scheduler'],
    [{ urlCheck: false, envVersion: 'release' }, 'urlCheck: a release always checks; set envVersion'],
    [
      { wire: () => NEVER, ca: 'pem' },
      'wire: lookup, ca and neighbours belong to real sockets; leave wire out, or leave them out',
    ],
  ])('does not take %j', (options, message) => {
    expect(() => createSimulator(options as SimulatorOptions)).toThrow(message);
  });

  it('takes undefined for "by default"', () => {
    expect(() =>
      createSimulator({ dialect: undefined, domains: undefined, networkTimeout: { request: undefined } }),
    ).not.toThrow();
  });

  it('has functions that work without their object', async () => {
    const simulator = createSimulator({ wire: () => NEVER });
    const { request, onAppShow, getNetworkType, getLocalIPAddress, canIUse } = simulator.wx;
    const shown: number[] = [];
    onAppShow(({ scene }) => shown.push(scene));
    simulator.enterBackground();
    simulator.enterForeground();

    expect(shown).toEqual([1001]);
    expect(() => request({ url: 'https://api.example.com' }).abort()).not.toThrow();
    expect((await getNetworkType()).networkType).toBe('wifi');
    expect(await new Promise((success) => getLocalIPAddress({ success }))).toEqual({
      localip: '192.168.1.100',
      netmask: '255.255.255.0',
      errMsg: 'getLocalIPAddress:ok',
    });
    expect(canIUse('request')).toBe(true);
  });

  it('tells hide and show with their options, to those who still listen', () => {
    const { wx, enterBackground, enterForeground } = createSimulator();
    const heard: unknown[] = [];
    const first = () => heard.push('first');
    wx.onAppHide(({ reason }) => heard.push(reason));
    wx.onAppShow(first);
    wx.onAppShow(() => heard.push('second'));
    wx.offAppShow(first);
    enterBackground(2);
    enterBackground(2);
    enterForeground();
    wx.offAppShow();
    wx.offAppHide();
    enterBackground();
    enterForeground();

    expect(heard).toEqual([2, 'second']);
  });

  it('knows the connection', async () => {
    const { wx, setNetwork } = createSimulator({ networkType: '4g' });
    const heard: unknown[] = [];
    wx.onNetworkStatusChange((status) => heard.push(status));
    setNetwork('4g');
    setNetwork('none');
    const told = await new Promise((success) => wx.getNetworkType({ success }));

    expect(told).toMatchObject({ networkType: 'none', errMsg: 'getNetworkType:ok' });
    expect(heard).toEqual([{ isConnected: false, networkType: 'none' }]);
  });

  it.each([
    ['android-cronet', 'develop', 'android'],
    ['ios-old', 'release', 'ios'],
    ['devtools', 'develop', 'devtools'],
    ['android-cronet', 'devtools', 'devtools'],
  ] as const)('tells what it runs in: %s, %s', (dialect, envVersion, platform) => {
    const { wx } = createSimulator({ dialect, envVersion, appId: 'wxabc', version: '42' });

    expect(wx.getDeviceInfo().platform).toBe(platform);
    expect(wx.getSystemInfoSync()).toMatchObject({ platform, SDKVersion: wx.getAppBaseInfo().SDKVersion });
    expect(wx.getAccountInfoSync()).toEqual({
      miniProgram: {
        appId: 'wxabc',
        envVersion: envVersion === 'devtools' ? 'develop' : envVersion,
        version: envVersion === 'release' ? '42' : '',
      },
    });
  });

  it.each([
    ['request', true],
    ['request.object.enableChunked', true],
    ['request.object.enableCookie', false],
    ['request.success.cookies', true],
    ['RequestTask.onChunkReceived', true],
    ['RequestTask.pause', false],
    ['getLocalIPAddress', true],
    ['connectSocket', true],
    ['connectSocket.object.perMessageDeflate', true],
    ['connectSocket.object.forceCellularNetwork', false],
    ['SocketTask.onClose', true],
    ['connectWifi', false],
    ['toString', false],
    [undefined as never, false],
    [{} as never, false],
    ['uploadFile.object.formData', true],
    ['downloadFile.success.filePath', true],
    ['UploadTask.onProgressUpdate', true],
    ['getFileSystemManager', true],
  ])('canIUse %s: %p', (schema, expected) => {
    expect(createSimulator().wx.canIUse(schema)).toBe(expected);
  });
});

describe('close', () => {
  const { phone } = useHarness(() => ({ afterMs: 2_000 }));

  it('aborts what runs and waits, tells the app, and completes events$', async () => {
    const simulator = phone();
    const told: string[] = [];
    let completed = false;
    simulator.events$.subscribe({ complete: () => (completed = true) });
    const ended = Array.from(
      { length: 12 },
      () =>
        new Promise<void>((resolve) => {
          const complete = ({ errMsg }: { errMsg: string }) => resolve(void told.push(errMsg));
          simulator.wx.request({ url: 'https://api.example.com/', complete });
        }),
    );
    await simulator.close();
    await Promise.all(ended);

    expect(completed).toBe(true);
    expect(told).toEqual(Array.from({ length: 12 }, () => 'request:fail abort'));
  });

  it('wakes a suspended app', async () => {
    const simulator = phone({ scheduler: fastClock(1_000) });
    simulator.enterBackground();
    await lastValueFrom(simulator.events$.pipe(takeWhile(({ type }) => type !== 'suspended', true)));
    await lastValueFrom(timer(20));
    const told = new Promise((complete) => void simulator.wx.request({ url: 'https://api.example.com/', complete }));
    await simulator.close();

    expect(await told).toMatchObject({ errMsg: expect.stringContaining('runningState=suspend') });
  });
});
