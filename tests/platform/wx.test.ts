import { globalWx } from '../../src/platform/wx.js';

describe('globalWx', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it('gives the global wx', () => {
    const wx = { request: () => ({ abort: () => undefined }) };
    Reflect.set(globalThis, 'wx', wx);

    expect(globalWx()).toBe(wx);
  });

  it('says what to pass where there is none', () => {
    expect(() => globalWx()).toThrow(
      new TypeError(
        'rx-miniprogram: there is no global wx here. Outside a mini program pass one: { wx: createSimulator(…).wx }',
      ),
    );
  });
});
