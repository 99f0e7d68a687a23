import { checkPort, globalWx } from '../../src/platform/wx.js';

describe('globalWx', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it('gives the global wx', () => {
    const wx = { request: () => ({ abort: () => undefined }) };
    Reflect.set(globalThis, 'wx', wx);

    expect(globalWx()).toBe(wx);
  });

  it('says what to pass where there is none', () => {
    expect(() => globalWx()).toThrow(
      'invalid-argument: there is no global wx here. Outside a mini program pass one: { wx: createSimulator(…).wx }',
    );
  });
});

describe('checkPort', () => {
  const request = () => ({ abort: () => undefined });

  it('takes what has a request', () => {
    expect(() => checkPort({ request })).not.toThrow();
  });

  it.each([[null], [undefined], ['wx'], [{}], [{ request: 'GET' }], [Object.assign(() => undefined, { request })]])(
    'refuses %p',
    (port) => {
      expect(() => checkPort(port as never)).toThrow(
        new TypeError('rx-miniprogram: wx must be the platform’s object, with a function request'),
      );
    },
  );

  it.each([
    ['Taro', 'Taro', { request, ENV_TYPE: {} }],
    ['uni', 'uni-app', { request, upx2px: () => 0 }],
  ])('refuses the wrapper %s', (name, framework, wrapper) => {
    expect(() => checkPort(wrapper)).toThrow(
      new TypeError(
        `rx-miniprogram: do not pass ${name} as wx; pass nothing. On WeChat the global wx is there, also with ${framework}, ` +
          'while the wrapper turns calls into promises that cannot be aborted',
      ),
    );
  });
});
