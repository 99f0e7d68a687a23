import { asyncScheduler, take, toArray } from 'rxjs';
import { createHttp, createNetwork, type NetworkOptions } from '../../../src/index.js';
import { networkQuality$, type NetworkQuality } from '../../../src/resilience.js';
import { json, marbles, type MarbleHelpers } from '../../../src/testing/index.js';

const URL = 'https://api.example.com/a';

/** A phone that says nothing of how good its connection is. */
function mute({ simulator }: MarbleHelpers): NetworkOptions['wx'] {
  const { onNetworkWeakChange, ...others } = simulator.wx;
  expect(onNetworkWeakChange).toBeDefined();
  return others;
}

function networkOn({ simulator }: MarbleHelpers, options: NetworkOptions = {}) {
  return createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler, ...options });
}

/** What is told, from now on. */
function toldOf(quality$: ReturnType<typeof networkQuality$>): NetworkQuality[] {
  const told: NetworkQuality[] = [];
  quality$.subscribe((quality) => told.push(quality));
  return told;
}

describe('networkQuality$', () => {
  it(
    'tells what the platform tells: now, and at each change',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      simulator.setNetwork({ networkType: '4g', weak: true });
      const network = networkOn(helpers);
      const told = toldOf(networkQuality$(network));
      asyncScheduler.schedule(() => simulator.setNetwork({ weak: false }), 10);
      asyncScheduler.schedule(() => simulator.setNetwork('none'), 20);
      flush();
      expect(told.map(({ networkType, weak }) => `${networkType} ${weak}`).slice(-3)).toEqual([
        '4g true',
        '4g false',
        'none false',
      ]);
      expect(told.at(-1)).toEqual({
        isConnected: false,
        networkType: 'none',
        weak: false,
        rttMs: undefined,
        source: 'platform',
      });
      // One for all that ask.
      expect(networkQuality$(network)).toBe(networkQuality$(network));
    }),
  );

  it.each([
    ['three timeouts', '---#', 'timeout', true],
    ['three lost connections', '---#', 'reset', true],
    ['three names that were not found', '---#', 'dns', false],
  ] as const)('measures where the platform is silent: %s', (_, marblesOfReply, failure, weak) => {
    marbles((helpers) => {
      const { server, flush } = helpers;
      const network = networkOn(helpers, { wx: mute(helpers) });
      const told = toldOf(networkQuality$(network));
      server.get(URL).replies('a|', { a: json(1) });
      server.get(URL).alwaysReplies(marblesOfReply, {}, failure);
      const http$ = createHttp(network);
      for (let call = 0; call < 4; call++) http$(URL).subscribe({ error: () => undefined });
      flush();
      expect(told.at(-1)).toMatchObject({ weak, source: 'measured' });
    })();
  });

  it(
    'counts slow answers, forgets all but the last eight, and begins anew with another connection',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const network = networkOn(helpers, { wx: mute(helpers) });
      const told = toldOf(networkQuality$(network));
      const http$ = createHttp(network);
      const weak = () => told.at(-1)?.weak;
      const calls = (count: number, marblesOfReply: string) => {
        for (let call = 0; call < count; call++) {
          server.get(URL).replies(marblesOfReply, { a: json(1) });
          http$(URL).subscribe();
        }
        flush();
      };
      calls(2, '5s a|');
      expect(weak()).toBe(false);
      calls(1, '5s a|');
      expect(weak()).toBe(true);
      calls(6, 'a|');
      expect(weak()).toBe(false);
      calls(3, '5s a|');
      expect(weak()).toBe(true);
      simulator.setNetwork('4g');
      flush();
      expect(weak()).toBe(false);
    }),
  );

  it(
    'goes by the round trips that the phone tells of',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const network = networkOn(helpers);
      const told = toldOf(networkQuality$(network));
      const http$ = createHttp(network);
      simulator.setNetwork({ rttMs: 600 });
      server.get(URL).alwaysReplies('a|', { a: json(1) });
      for (let call = 0; call < 3; call++) http$(URL).subscribe();
      flush();
      // The platform's own verdict counts, whatever we measured.
      expect(told.at(-1)).toMatchObject({ weak: false, source: 'platform' });
    }),
  );

  it(
    'counts a phone that tells nothing as connected, and does not mind one that throws',
    marbles(({ wx, flush }) => {
      const throws = () => {
        throw new Error('not here');
      };
      const bare = { request: wx.request, onNetworkWeakChange: throws } as never;
      const told = toldOf(networkQuality$(createNetwork({ wx: bare })));
      flush();
      expect(told).toEqual([
        { isConnected: true, networkType: 'unknown', weak: false, rttMs: undefined, source: 'measured' },
      ]);
      const all: NetworkQuality[][] = [];
      networkQuality$(createNetwork({ wx: { request: wx.request } }))
        .pipe(take(1), toArray())
        .subscribe((list) => all.push(list));
      expect(all).toHaveLength(1);
    }),
  );
});
