import { createNetwork, type NetworkOptions } from '../../src/index.js';

const wx = { request: () => ({ abort: () => {} }) };

describe('createNetwork', () => {
  it.each<[string, NetworkOptions, string]>([
    [
      'a misspelt option',
      { domain: {} } as NetworkOptions,
      "createNetwork: there is no option 'domain'; there are wx, domains",
    ],
    ['an option by a name of Object', { toString: 1 } as unknown as NetworkOptions, "there is no option 'toString'"],
    [
      'a baseUrl without a scheme',
      { baseUrl: 'api.example.com' },
      "createNetwork: baseUrl 'api.example.com': it is not absolute",
    ],
    [
      'a background that is none',
      { background: 'wait' as 'hold' },
      "background must be one of hold, refuse, send; got 'wait'",
    ],
    [
      'a wait that no timer can wait',
      { maxWaitMs: Infinity },
      'maxWaitMs must be a positive number of milliseconds below 2^31; got Infinity',
    ],
    ['a concurrency that is none', { concurrency: 0 }, 'concurrency must be a whole number from 1, or Infinity; got 0'],
    [
      '[TIME-2] a networkTimeout that is none',
      { networkTimeout: { request: -1 } },
      'request: a timeout must be a positive number of milliseconds; got -1',
    ],
    ['[DOM-8] a wildcard', { domains: { request: ['https://*.example.com'] } }, '[DOM-8] there are no wildcards'],
  ])('refuses %s when it is made', (_title, options, message) => {
    expect(() => createNetwork({ wx, ...options })).toThrow(message);
  });

  it.each([
    [
      'Taro',
      { ...wx, ENV_TYPE: {}, getEnv: () => 'WEAPP' },
      'do not pass Taro as wx; pass nothing. On WeChat the global wx is there, also with Taro',
    ],
    [
      'uni',
      { ...wx, upx2px: () => 0 },
      'do not pass uni as wx; pass nothing. On WeChat the global wx is there, also with uni-app',
    ],
    ['nothing of the platform', {}, 'wx must be the platform’s object, with a function request'],
  ])('refuses %s passed as wx', (_title, wrapper, message) => {
    expect(() => createNetwork({ wx: wrapper as typeof wx })).toThrow(message);
  });

  it('listens from the moment it is made, so that a call made in the background is held', () => {
    let hide = () => {};
    const network = createNetwork({ wx: { ...wx, onAppShow: () => {}, onAppHide: (listener) => (hide = listener) } });

    hide();

    expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: true });
  });
});
