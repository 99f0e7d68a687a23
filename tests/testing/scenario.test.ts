import axios, { createAdapter, type AxiosStatic } from 'axios-miniprogram';
import { firstValueFrom, map, timer } from 'rxjs';
import { createHttp, createNetwork } from '../../src/index.js';
import { installGlobalWx, json, scenario, text } from '../../src/testing/index.js';
import type { SimulatedWx } from '../../src/simulator/index.js';

const users = 'https://api.example.com/users';

/** A wrapper as an app might have it. */
const get = (wx: SimulatedWx, url = users) =>
  new Promise<unknown>((resolve, reject) =>
    wx.request({
      url,
      success: ({ data }) => resolve(data),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    }),
  );

const messageOf = (error: unknown) => (error as Error).message;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('scenario', () => {
  it('is one at a time: the next one is refused, and the timers come back', async () => {
    const before = [setTimeout, Date.now];
    const first = scenario(async ({ advance }) => advance(5));
    const messages = await Promise.all([first, scenario(async ({ advance }) => advance(50)).catch(messageOf)]);

    expect(messages).toEqual([undefined, 'scenario: another one is running, and there is one clock; await it first']);
    expect([setTimeout, Date.now]).toEqual(before);
  });

  let again: (wx: SimulatedWx) => unknown;

  it('lets time pass when it is told to, and promises settle in every frame', () =>
    scenario(async ({ wx, server, advance, now }) => {
      server
        .get(users)
        .replies('--r|', { r: json([1]) })
        .replies('--r|', { r: json([2]) });
      const log: string[] = [];
      const both = (async () => {
        log.push(`${now()} ${JSON.stringify(await get(wx))}`);
        // In the frame of the first answer, not after all of the time asked for.
        log.push(`${now()} ${JSON.stringify(await get(wx))}`);
        log.push(`${now()}`);
      })();

      await advance(2);
      expect(log).toEqual([]);
      await advance(100);
      await both;

      expect(log).toEqual(['0 [1]', '3 [2]', '6']);
      expect(now()).toBe(102);
    }));

  it.each([
    ['a timer', () => setTimeout(again, 0)],
    ['a refused call', (wx: SimulatedWx) => wx.request({ url: 'no address', fail: () => again(wx) })],
  ])('says so where %s that makes itself anew lets no frame end', async (_, make) => {
    again = make;
    await expect(
      scenario(async ({ wx, advance }) => {
        again(wx);
        await advance(5);
      }),
    ).rejects.toThrow('advance: 200000 turns at 0 ms and no end');
  });

  it('moves setTimeout, setInterval, Date.now and rxjs along', () =>
    scenario(async ({ advance }) => {
      const log: string[] = [];
      void sleep(1_000).then(() => log.push(`slept @${Date.now()}`));
      void firstValueFrom(timer(1_500)).then(() => log.push(`rxjs @${Date.now()}`));
      const ticks = setInterval(() => {
        log.push(`tick @${Date.now()}`);
        if (Date.now() === 1_200) clearInterval(ticks);
      }, 600);
      const never = setTimeout(() => log.push('cancelled'), 5);
      clearTimeout(never);

      await advance(60_000);

      expect(log).toEqual(['tick @600', 'slept @1000', 'tick @1200', 'rxjs @1500']);
    }));

  it('gives the timers back', async () => {
    const { setTimeout: before } = globalThis;
    const { now } = Date;
    await scenario(() => expect(setTimeout).not.toBe(before));
    await expect(scenario(() => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(setTimeout).toBe(before);
    expect(Date.now).toBe(now);
  });

  it('[BG-1][BG-2] plays an app that leaves and comes back', () =>
    scenario(async ({ wx, server, app, advance, expectCalls }) => {
      const route = server
        .get(users)
        .replies('-')
        .replies('-r|', { r: text('here') });
      app('-h 9s s');
      const first = get(wx).catch(messageOf);
      await advance(6_000);
      const refused = get(wx).catch(messageOf);
      await advance(4_100);

      expect(await first).toBe('request:fail interrupted');
      expect(await refused).toMatch(/runningState=suspend/);
      const second = get(wx);
      await advance(2);
      expect(await second).toBe('here');
      expectCalls(route).toBe(['^ 5000ms !', '10100ms ^']);
    }));

  it('takes the connection away', () =>
    scenario(async ({ wx, server, network, advance }) => {
      server.get(users).replies('--------|');
      network('--o');
      const call = get(wx).catch(messageOf);
      await advance(2);

      expect(await call).toBe('request:fail -106:net::ERR_INTERNET_DISCONNECTED');
    }));

  it('runs streams too, on its clock', () =>
    scenario(async ({ wx, server, scheduler, advance }) => {
      server.get(users).replies('--r|', { r: json([1]) });
      const http$ = createHttp(createNetwork({ wx, scheduler }));
      const answer = firstValueFrom(http$(users).pipe(map(({ body }) => body)));
      await advance(3);

      expect(await answer).toEqual([1]);
    }));

  it('draws in larger steps where a frame is longer', () =>
    scenario(
      async ({ wx, server, advance, expectCalls }) => {
        server.get(users).replies('--r|', { r: json([1]) });
        const call = get(wx);
        await advance(30);
        expect(await call).toEqual([1]);
        expectCalls(server.get(users)).toBe('^');
      },
      { frameMs: 10 },
    ));

  it('fails for unknown calls and unused promises', async () => {
    await expect(
      scenario(async ({ wx, server, advance }) => {
        server.post(users).replies('-r|');
        get(wx).catch(() => {});
        await advance(1);
      }),
    ).rejects.toThrow('server: 1 call came that no answer was promised to; 1 promised answer was never asked for');
  });

  it('does not wait for ever for a clock that stands still', async () => {
    await expect(
      scenario(
        async ({ wx, server }) => {
          server.get(users).replies('-r|');
          await get(wx);
        },
        { patienceMs: 20 },
      ),
    ).rejects.toThrow(/nothing has happened for 20 ms of real time, at 0 ms of its own: .*`await advance\(ms\)`/);
  });

  it('says that the clock is going already', () =>
    scenario(async ({ advance }) => {
      const going = advance(5);
      await expect(advance(5)).rejects.toThrow('advance: the clock is going already; await the call before');
      await going;
      await expect(advance(-1)).rejects.toThrow('advance: expected milliseconds from 0; got -1');
    }));
});

describe('with clients that have promises', () => {
  beforeAll(() => installGlobalWx());
  afterAll(() => {
    for (const name of ['wx', 'uni']) Reflect.deleteProperty(globalThis, name);
  });

  it('axios-miniprogram', async () => {
    await scenario(async ({ wx, server, advance }) => {
      server
        .get(users)
        .replies('--r|', { r: json([{ id: 1 }]) })
        .replies('--#', {}, 'interrupted');
      const { request } = wx;
      const unused = () => undefined;
      const client = (axios as unknown as AxiosStatic).create({
        adapter: createAdapter({ request, upload: unused, download: unused } as never),
      });
      const answer = client.get(users);
      await advance(3);
      expect((await answer).data).toEqual([{ id: 1 }]);

      const failed = client.get(users).catch((error: unknown) => error);
      await advance(3);
      expect(await failed).toMatchObject({ response: { data: { errno: 600003 } } });
    });
  });

  it('is loud about a call outside of a test', () => {
    const { wx } = globalThis as unknown as { wx: SimulatedWx };
    expect(() => wx.request({ url: users })).toThrow('wx.request was called outside of marbles() and scenario()');
  });
});
