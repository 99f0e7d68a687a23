import { createSimulator } from '../../../src/simulator/create-simulator.js';

describe('the calls that tell what the app runs in', () => {
  const { wx } = createSimulator();

  it('agree with the older one', async () => {
    const system = wx.getSystemInfoSync();

    expect(system).toMatchObject(wx.getSystemSetting());
    expect(wx.getWindowInfo()).toEqual({
      pixelRatio: system.pixelRatio,
      safeArea: system.safeArea,
      screenHeight: 852,
      screenTop: 0,
      screenWidth: 393,
      statusBarHeight: 54,
      windowHeight: 852,
      windowWidth: 393,
    });
    expect(await wx.getSystemInfo()).toEqual({ ...system, errMsg: 'getSystemInfo:ok' });
    expect(await new Promise((success) => wx.getSystemInfoAsync({ success }))).toMatchObject(system);
    expect(wx.getAppAuthorizeSetting().cameraAuthorized).toBe('authorized');
    expect(wx.getLaunchOptionsSync()).toEqual(wx.getEnterOptionsSync());
  });

  it('give a new object each time', () => {
    wx.getLaunchOptionsSync().query['a'] = '1';
    wx.getWindowInfo().safeArea.top = 0;

    expect(wx.getLaunchOptionsSync().query).toEqual({});
    expect(wx.getWindowInfo().safeArea.top).toBe(59);
  });
});
