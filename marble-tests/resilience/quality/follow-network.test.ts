import { asyncScheduler, type Subscription } from 'rxjs';
import {
  createHttp,
  createNetwork,
  type Http,
  type HttpCallOptions,
  type NetworkError,
  type NetworkOptions,
} from '../../../src/index.js';
import { followNetwork, shareInFlight, whenOffline, type FollowNetworkOptions } from '../../../src/resilience.js';
import { json, marbles, type MarbleHelpers } from '../../../src/testing/index.js';

const URL = 'https://api.example.com';

/** A followed network on a phone, and what is told of its calls. */
function follow(helpers: MarbleHelpers, options: FollowNetworkOptions = {}, given: NetworkOptions = {}) {
  const { simulator } = helpers;
  const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler, baseUrl: URL, ...given });
  const followed: Subscription = followNetwork(network, { random: () => 0.5, ...options });
  const http$: Http = createHttp(network);
  const told: string[] = [];
  const call = (name: string, more: HttpCallOptions = {}) =>
    http$.get(`/a?${name}`, more).subscribe({
      next: () => told.push(`${name} ${simulator.scheduler.now()}`),
      error: ({ code, phase }: NetworkError) => told.push(`${name} #${code} ${phase}`),
    });
  const names = () => told.map((line) => line.split(' ')[0]);
  return { network, http$, followed, told, call, names };
}

const at = (ms: number, work: () => void) => void asyncScheduler.schedule(work, ms);

describe('followNetwork', () => {
  it(
    'holds calls without a network, and sends them in order of priority a random part of a second after its return',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('(a|)', { a: json(1) });
      simulator.setNetwork('none');
      const { call, told, names, network } = follow(helpers);
      at(10, () => {
        call('low', { priority: 'low' });
        call('normal', { maxWaitMs: 100 });
        call('high', { priority: 'high' });
      });
      at(1_000, () => {
        expect(network.requestQueue.snapshot()).toMatchObject({ size: 0, running: 0 });
        simulator.setNetwork('wifi');
      });
      flush();
      expect(names()).toEqual(['high', 'normal', 'low']);
      const [high = 0, normal = 0] = told.map((line) => Number(line.split(' ')[1]));
      expect(high).toBeLessThan(1_100);
      expect(normal).toBeGreaterThanOrEqual(1_500);
    }),
  );

  it(
    'refuses at once, or sends all the same, where a call says so',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).replies('(a|)', { a: json(1) });
      const { call, told } = follow(helpers);
      at(5, () => simulator.setNetwork('none'));
      at(10, () => {
        call('refused', whenOffline('refuse'));
        call('sent', whenOffline('send'));
        const waits = call('waits', { totalMs: 50 });
        expect(waits.closed).toBe(false);
      });
      flush();
      expect(told).toEqual(['refused #offline wait', 'sent #offline attempt', 'waits #timeout total']);
      simulator.setNetwork('wifi');
      flush();
      call('later', whenOffline('refuse'));
      flush();
      expect(told.at(-1)).toMatch(/^later \d/);
    }),
  );

  it(
    'refuses what waits for its place when the network goes, and takes the rest out of the line',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('20ms a|', { a: json(1) });
      const { call, told, network } = follow(helpers, { offline: 'refuse' }, { concurrency: 1 });
      call('runs');
      call('waits', whenOffline('wait'));
      call('refused');
      at(5, () => simulator.setNetwork('none'));
      at(10, () => {
        expect(told).toEqual(['refused #offline wait', 'runs #offline attempt']);
        expect(network.requestQueue.snapshot().size).toBe(0);
        simulator.setNetwork('4g');
      });
      flush();
      expect(told.at(-1)).toMatch(/^waits \d/);
    }),
  );

  it(
    'takes an answer for a sign that there is a network, whatever the phone says',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('--a|', { a: json(1) });
      // A phone that says so, and is wrong.
      const wrong = Object.assign(Object.create(simulator.wx) as typeof simulator.wx, {
        getNetworkType: ({ success }: { success?: (told: object) => void }) =>
          success?.({ networkType: 'none', weakNet: false }),
      });
      const { call, names } = follow(helpers, {}, { wx: wrong });
      call('waits');
      at(1_000, () => void call('sent', whenOffline('send')));
      flush();
      expect(names()).toEqual(['sent', 'waits']);
    }),
  );

  it(
    'does not take another connection for none',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('--a|', { a: json(1) });
      const { call, told } = follow(helpers, { offline: 'refuse' });
      at(5, () => simulator.setNetwork('4g'));
      at(6, () => void call('a'));
      at(10, () => simulator.setNetwork('unknown'));
      at(11, () => void call('b'));
      flush();
      expect(told).toEqual([expect.stringMatching(/^a \d/), expect.stringMatching(/^b \d/)]);
    }),
  );

  it.each([
    ['tells nothing of its network', ['onNetworkStatusChange', 'getNetworkType', 'onNetworkWeakChange']],
    ['tells of no changes', ['onNetworkStatusChange']],
  ])('sends as ever on a phone that %s', (_, missing) => {
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('--a|', { a: json(1) });
      const wx = { ...simulator.wx, ...Object.fromEntries(missing.map((name) => [name, undefined])) };
      const { call, names, told } = follow(helpers, { offline: 'refuse' }, { wx });
      for (const name of ['a', 'b', 'c']) call(name);
      flush();
      expect(names()).toEqual(['a', 'b', 'c']);
      // What a call finds is believed for a second.
      simulator.setNetwork('none');
      call('lost');
      at(100, () => void call('refused'));
      at(2_000, () => {
        simulator.setNetwork('wifi');
        call('again');
      });
      flush();
      expect(told.slice(3)).toEqual([
        'lost #offline attempt',
        'refused #offline wait',
        expect.stringMatching(/^again \d/),
      ]);
    })();
  });

  it.each([
    ['wifi', '4g'],
    ['4g', 'none'],
    [
      { networkType: '2g', weak: true },
      { networkType: '4g', weak: false },
    ],
  ] as const)(
    'stands a network that flaps between %j and %j: each call ends once, and no place is lost',
    (one, other) => {
      marbles((helpers) => {
        const { server, simulator, flush } = helpers;
        server.get(`${URL}/a`).alwaysReplies('7ms a|', { a: json(1) });
        const { call, told, network } = follow(helpers);
        for (let turn = 0; turn < 200; turn++) at(turn * 3, () => simulator.setNetwork(turn % 2 === 0 ? other : one));
        for (let name = 0; name < 50; name++) at(name * 10, () => void call(String(name)));
        flush();
        expect(told).toHaveLength(50);
        expect(new Set(told.map((line) => line.split(' ')[0])).size).toBe(50);
        const failed = told.filter((line) => line.includes('#'));
        if (other !== 'none') expect(failed).toEqual([]);
        expect(network.requestQueue.snapshot()).toMatchObject({ size: 0, running: 0 });
      })();
    },
  );

  it(
    'runs fewer calls on a weak network, keeps a place for what is urgent, and lets low go when nothing else does',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('10ms a|', { a: json(1) });
      simulator.setNetwork({ networkType: '2g', weak: true });
      const { call, names, network } = follow(helpers, { weakConcurrency: 3 });
      const running = () => network.requestQueue.snapshot().running;
      at(1, () => {
        call('low', { priority: 'low' });
        for (const name of ['n1', 'n2', 'n3', 'n4']) call(name);
      });
      // The one of low priority came first, when nothing else ran.
      at(3, () => {
        expect(running()).toBe(2);
        call('low2', { priority: 'low' });
        call('high', { priority: 'high' });
        call('high2', { priority: 'high' });
        expect(running()).toBe(3);
      });
      flush();
      expect(names()).toEqual(['low', 'n1', 'high', 'high2', 'n2', 'n3', 'n4', 'low2']);
    }),
  );

  it(
    'gives all places back when the network is well again, and when it is no longer followed',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('20ms a|', { a: json(1) });
      simulator.setNetwork({ weak: true });
      const { call, network, followed } = follow(helpers, { weakConcurrency: 1 });
      const running = () => network.requestQueue.snapshot().running;
      at(1, () => {
        for (let index = 0; index < 5; index++) call(String(index));
        expect(running()).toBe(1);
      });
      at(5, () => simulator.setNetwork({ weak: false }));
      at(10, () => {
        expect(running()).toBe(5);
        simulator.setNetwork('none');
      });
      at(100, () => {
        call('held');
        followed.unsubscribe();
        expect(running()).toBe(1);
      });
      flush();
      followNetwork(network);
      expect(() => followNetwork(network)).toThrow('followNetwork: the network is followed already; do it once');
    }),
  );

  it(
    'ends a call that waits too long for a place on a weak network, and lets go of one that is left',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).replies('50ms a|', { a: json(1) });
      simulator.setNetwork({ weak: true });
      const { call, told } = follow(helpers, { weakConcurrency: 1 });
      at(1, () => {
        call('runs');
        call('late', { maxWaitMs: 20 });
        call('left').unsubscribe();
      });
      flush();
      expect(told).toEqual(['late #timeout wait', expect.stringMatching(/^runs \d/)]);
    }),
  );

  it(
    'refuses in the background what does not want to wait for the front',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      simulator.setNetwork('none');
      const { call, told } = follow(helpers);
      at(1, () => {
        call('held');
        call('refused', { background: 'refuse' });
      });
      at(2, () => simulator.enterBackground());
      at(3, () => expect(told).toEqual(['refused #background wait']));
      at(4, () => simulator.destroy());
      flush();
    }),
  );

  it(
    'raises a call that waits, where one joins it with a higher priority, and heeds what it does without a network',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      server.get(`${URL}/a`).alwaysReplies('10ms a|', { a: json(1) });
      simulator.setNetwork({ weak: true });
      const { call, names, told } = follow(helpers, { weakConcurrency: 1 }, { interceptors: [shareInFlight()] });
      at(1, () => {
        call('runs');
        call('first');
        call('shared', { priority: 'low' });
        call('shared', { priority: 'high' });
      });
      flush();
      expect(names()).toEqual(['runs', 'shared', 'shared', 'first']);
      simulator.setNetwork('none');
      flush();
      call('refused', whenOffline('refuse'));
      flush();
      expect(told.at(-1)).toBe('refused #offline wait');
    }),
  );

  it(
    'refuses options that are not what they should be',
    marbles((helpers) => {
      expect(() => follow(helpers, { offline: 'hold' as never })).toThrow('offline must be one of wait, refuse, send');
      expect(() => follow(helpers, { weakConcurrency: 0 })).toThrow('weakConcurrency must be a whole number from 1');
      expect(() => whenOffline('hold' as never)).toThrow('whenOffline: policy must be one of wait, refuse, send');
    }),
  );
});
