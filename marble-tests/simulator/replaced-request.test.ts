import { createHttp, createNetwork } from '../../src/index.js';
import type { CacheManager, CacheRequestEvent } from '../../src/simulator/apis/cache-manager-types.js';
import type { RequestOption, RequestSuccess } from '../../src/simulator/apis/request-types.js';
import type { SimulatedWx } from '../../src/simulator/index.js';
import { chunk, closes, headers, json, scenario } from '../../src/testing/index.js';
import { faces, LISTS, LIVE, outcomes$ } from './faces.js';
import { API, at } from './phone.js';

/**
 * A `wx` whose `request` is the gateway's, as the platform's page tells people to put it there: its own words, header names
 * in lower case without `x-wx-*`, and a promise beside the callbacks that nobody waits for (discoveries/domain-lists.md#the-gateway).
 */
function behindGateway(wx: SimulatedWx, returns: 'a task that is a promise' | 'a promise'): SimulatedWx {
  const call = (option: RequestOption) => {
    let told: { readonly resolve: (result: unknown) => void; readonly reject: (failure: unknown) => void };
    const promise = new Promise((resolve, reject) => (told = { resolve, reject }));
    const task = wx.request({
      ...option,
      success: (result) => {
        const kept = Object.entries(result.header).filter(([name]) => !/^x-wx-/i.test(name));
        const header = Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), value]));
        const changed: RequestSuccess = { ...result, header, errMsg: 'gateway.call: ok' };
        option.success?.(changed);
        told.resolve(changed);
      },
      fail: (failure) => {
        const changed = { ...failure, errMsg: failure.errMsg.replace('request:', 'gateway.call:') };
        option.fail?.(changed);
        told.reject(changed);
      },
    });
    return returns === 'a promise' ? promise : Object.assign(promise, task);
  };
  return { ...wx, request: call as unknown as SimulatedWx['request'] };
}

describe.each(['a task that is a promise', 'a promise'] as const)('[F16] a gateway that returns %s', (returns) => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));

  const taken = 'a task that is a promise' === returns;

  it('serves all faces of the library', () =>
    scenario(
      async ({ wx, server, advance }) => {
        server.get(`${API}/http`).replies('-r|', { r: json('hello') });
        server.upload(`${API}/upload`).replies('-r|', { r: json({ id: 1 }) });
        server.download(`${API}/download`).replies('-r|', { r: json('a file') });
        server.get(`${API}/stream`).replies('-hc|', { h: headers(), c: chunk('piece') });
        server.socket(LIVE).plays('-om-x', { m: '"news"', x: closes(1000, 'bye') });
        let told: unknown;
        const gateway = behindGateway(wx, returns);
        outcomes$(faces(gateway, createNetwork({ wx: gateway, domains: LISTS }))).subscribe((all) => (told = all));
        await advance(60);

        expect(told).toEqual([
          ['http$', 'hello'],
          ['upload$', { id: 1 }],
          ['download$', 200],
          // Chunks are told to a task alone: said at once, in the place of an empty answer.
          ['stream$', taken ? 'piece' : 'invalid-argument'],
          ['socket$', 'news'],
        ]);
        expect(unhandled).toEqual([]);
      },
      { simulator: { domains: LISTS } },
    ));

  it('fails once in each face, and leaves no rejection unhandled', () =>
    scenario(
      async ({ wx, server, advance }) => {
        server.get(`${API}/http`).replies('-#');
        server.upload(`${API}/upload`).replies('-#');
        server.download(`${API}/download`).replies('-#');
        server.get(`${API}/stream`).replies('-#');
        server.socket(LIVE).plays('-om-x', { m: '"news"', x: closes(1000, 'bye') });
        let told: unknown;
        const gateway = behindGateway(wx, returns);
        outcomes$(faces(gateway, createNetwork({ wx: gateway, domains: LISTS }))).subscribe((all) => (told = all));
        await advance(60);
        // Rejections are told of a turn later.
        await new Promise(jest.requireActual<typeof import('node:timers')>('node:timers').setImmediate);

        expect(told).toEqual([
          ['http$', 'connection'],
          ['upload$', 'connection'],
          ['download$', 'connection'],
          ['stream$', taken ? 'connection' : 'invalid-argument'],
          ['socket$', 'news'],
        ]);
        expect(unhandled).toEqual([]);
      },
      { simulator: { domains: LISTS } },
    ));
});

describe('http$ with a cache manager', () => {
  /** A call in the good network, then one in none. */
  const twoCalls = (answers: (manager: CacheManager) => (event: CacheRequestEvent) => unknown) =>
    new Promise<unknown[]>((resolve, reject) => {
      scenario(
        async ({ wx, simulator, server, advance }) => {
          server.get(`${API}/list`).replies('r|', { r: json([1]) });
          const manager = wx.createCacheManager({ origin: API });
          manager.addRule('/list');
          manager.on('request', answers(manager));
          const http$ = createHttp(createNetwork({ wx, domains: LISTS }));
          const told: unknown[] = [];
          const ask = () =>
            http$(`${API}/list`).subscribe({
              next: ({ status, body }) => told.push([status, body]),
              error: ({ code, message }: { code: string; message: string }) => told.push([code, message]),
            });
          ask();
          at(20, () => simulator.setNetwork('none'));
          at(30, ask);
          await advance(60);
          resolve(told);
        },
        { simulator: { domains: LISTS } },
      ).catch(reject);
    });

  it('has the answer that was kept', async () => {
    expect(await twoCalls((manager) => (event) => Promise.resolve(manager.match(event).data))).toEqual([
      [200, [1]],
      [200, [1]],
    ]);
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => Promise.resolve(null)],
    ['text for a failure', () => Promise.reject('no cache')],
    ['an object of its own for a failure', () => Promise.reject({ code: 7 })],
    ['an empty failure', () => Promise.reject(undefined)],
  ])('makes one NetworkError of %s', async (_what, answer) => {
    const told = await twoCalls(() => answer);

    expect(told).toHaveLength(2);
    expect(told[1]).toEqual(['unknown', expect.stringContaining(`GET ${API}/list`)]);
  });
});
