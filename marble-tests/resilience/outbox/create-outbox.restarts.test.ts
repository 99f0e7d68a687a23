import { asyncScheduler } from 'rxjs';
import { createNetwork } from '../../../src/index.js';
import { createOutbox, type Outbox, type OutboxItem } from '../../../src/resilience.js';
import { marbles, type MarbleHelpers } from '../../../src/testing/index.js';
import { countingServer } from './counting-server.js';

const BASE = 'https://api.example.com';
const LIKES = `${BASE}/likes`;
const MONTH_MS = 30 * 86_400_000;

function outboxOn({ simulator }: MarbleHelpers): Outbox {
  const { wx, scheduler } = simulator;
  return createOutbox(createNetwork({ wx, scheduler, baseUrl: BASE }), { name: 'likes', random: () => 0.5 });
}

const like = (name: string) => ({ url: '/likes', data: { like: name } });

function itemsOf(outbox: Outbox): readonly OutboxItem[] {
  let now: readonly OutboxItem[] = [];
  outbox.items$.subscribe((items) => (now = items)).unsubscribe();
  return now;
}

describe('createOutbox, started again', () => {
  it(
    'does nothing twice where the developer tools load the app anew, and the old one lives on',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('30ms a|', { a: counting.answer });
      const old = outboxOn(helpers);
      for (const name of ['a', 'b', 'c']) old.put(like(name)).subscribe();
      asyncScheduler.schedule(() => {
        const other = outboxOn(helpers);
        other.put(like('d')).subscribe();
      }, 20);
      flush();
      expect(counting.effects).toHaveLength(4);
      expect(counting.effects.filter((name) => name !== 'd')).toEqual(['a', 'b', 'c']);
      // Both have sent what both had.
      expect(counting.requests).toBeGreaterThan(4);
      expect(simulator.wx.getStorageInfoSync().keys).toEqual([]);
    }),
  );

  it(
    'leaves alone what a newer app has put, and goes on where that is back',
    marbles((helpers) => {
      const { wx, flush } = helpers;
      const newer = 'rx-miniprogram/outbox.likes/v2/000000001-x';
      wx.setStorageSync(newer, '{"of":"another shape"}');
      const outbox = outboxOn(helpers);
      flush();
      expect(outbox.snapshot()).toEqual({ waiting: 0, parked: 0, sleeping: 0, dropped: 0 });
      expect(wx.getStorageInfoSync().keys).toEqual([newer]);
    }),
  );

  it(
    'parks after a month what it could not send, says whether it had gone out, and gives new items their place behind',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('20ms a|', { a: counting.answer });
      const first = outboxOn(helpers);
      for (const name of ['a', 'b']) first.put(like(name)).subscribe();
      // Killed while the first was on its way; the phone lies in a drawer.
      asyncScheduler.schedule(() => {
        simulator.destroy();
        simulator.setNetwork('none');
      }, 10);
      let last: Outbox | undefined;
      asyncScheduler.schedule(() => {
        simulator.restart();
        simulator.setNetwork('wifi');
        last = outboxOn(helpers);
        last.put(like('c')).subscribe();
      }, MONTH_MS);
      flush();
      const items = itemsOf(last as Outbox);
      expect(items).toMatchObject([
        { state: 'parked', sent: true, problem: { code: 'timeout' } },
        { state: 'parked', sent: false, problem: { code: 'timeout' } },
      ]);
      expect(counting.effects).toContain('c');
      const retried = items.map(({ id }) => (last as Outbox).retry(id).subscribe());
      flush();
      expect(retried.every(({ closed }) => closed)).toBe(true);
      expect([...counting.effects].sort()).toEqual(['a', 'b', 'c']);
      expect(new Set(counting.effects).size).toBe(counting.effects.length);
    }),
  );
});
