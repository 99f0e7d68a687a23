import { VirtualTimeScheduler } from 'rxjs';
import { createHttp, createNetwork, type NetworkOptions, type WxRequestOption } from '../../src/index.js';

const wx = { request: () => ({ abort: () => {} }) };

describe('createNetwork', () => {
  it.each<[string, NetworkOptions, string]>([
    [
      'a misspelt option',
      { domain: {} } as NetworkOptions,
      "createNetwork: Unknown option 'domain'; known: wx, domains",
    ],
    ['[K2.8] nothing', null as never, 'createNetwork: expected an object with options; got null'],
    [
      '[K2.8] a decoder that is none',
      { decoders: [undefined as never] },
      'createNetwork: decoders[0] must be a decoder, such as gb18030 of rx-miniprogram/charsets',
    ],
    [
      '[K2.8] a scheduler that is none',
      { scheduler: {} as never },
      'createNetwork: scheduler must be one of RxJS, such as asyncScheduler',
    ],
    ['an option by a name of Object', { toString: 1 } as unknown as NetworkOptions, "Unknown option 'toString'"],
    [
      'a baseUrl without a scheme',
      { baseUrl: 'api.example.com' },
      "createNetwork: baseUrl 'api.example.com': it has no scheme",
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
    [
      'a number as text',
      { totalMs: '500' as unknown as number },
      "totalMs must be a positive number of milliseconds below 2^31; got '500'",
    ],
    [
      '[TIME-1] a longest timeout that is none',
      { maxTimeoutMs: NaN },
      'maxTimeoutMs must be a positive number of milliseconds below 2^31; got NaN',
    ],
    [
      '[TIME-2] an API that has no timeout',
      { networkTimeout: { requets: 5 } as object },
      "createNetwork: networkTimeout: Unknown option 'requets'; known: request, connectSocket",
    ],
    [
      'an interceptor that is no function',
      { interceptors: [null as never] },
      'createNetwork: interceptors must be functions',
    ],
    ['a policy that is none', { onRefusal: 'Warn' as 'warn' }, "onRefusal must be one of error, warn; got 'Warn'"],
    [
      'a boolean that is none',
      { interruptInBackground: 'no' as never },
      "interruptInBackground must be a boolean; got 'no'",
    ],
    [
      'a baseUrl with a query',
      { baseUrl: 'https://a.com/v1?k=secret' },
      "baseUrl 'https://a.com/v1': it cannot have a query or a fragment",
    ],
    [
      'a baseUrl of a socket',
      { baseUrl: 'wss://a.com' },
      "baseUrl 'wss://a.com': it must be https, or http on the local network",
    ],
    ['a concurrency that is none', { concurrency: 0 }, 'concurrency must be a whole number from 1, or Infinity; got 0'],
    [
      '[TIME-2] a networkTimeout that is none',
      { networkTimeout: { request: -1 } },
      'createNetwork: networkTimeout: request must be a positive number of milliseconds below 2^31; got -1',
    ],
    ['[DOM-8] a wildcard', { domains: { request: ['https://*.example.com'] } }, '[DOM-8] there are no wildcards'],
  ])('refuses %s when it is made', (_title, options, message) => {
    expect(() => createNetwork(options && { wx, ...options })).toThrow(message);
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

  it('[LIM-2] warns of more places than the platform has', () => {
    const warnings: string[] = [];

    createNetwork({ wx, concurrency: 20, onWarning: (message) => warnings.push(message) });

    expect(warnings).toEqual([
      'rx-miniprogram: [LIM-2] the platform runs 10 at once; the rest of 20 wait where they cannot be overtaken',
    ]);
  });

  it('listens from the moment it is made, so that a call made in the background is held', () => {
    let hide = () => {};
    const network = createNetwork({
      wx: { ...wx, onAppShow: () => {}, onAppHide: (listener) => (hide = listener) },
      // In real time the grace of the background would outlive the test.
      scheduler: new VirtualTimeScheduler(),
    });

    hide();

    expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: true });
  });

  it('[K2.8] reads the options of a class', () => {
    const headers: unknown[] = [];
    class Options {
      get wx() {
        return {
          request({ header }: WxRequestOption) {
            headers.push(header);
            return { abort: () => {} };
          },
        };
      }
      get scheduler() {
        return new VirtualTimeScheduler();
      }
      get baseUrl() {
        return 'https://api.example.com';
      }
      get header() {
        return { token: 'a' };
      }
    }
    createHttp(createNetwork(new Options()))('/').subscribe().unsubscribe();

    expect(headers).toEqual([{ token: 'a' }]);
  });
});
