import { map, mergeMap, timer } from 'rxjs';
import { createNetwork, requireOk, type NetworkOptions } from '../../../src/index.js';
import { createOutbox, loginOnce, type OutboxItem, type OutboxOptions } from '../../../src/resilience.js';
import { json, marbles, type MarbleHelpers } from '../../../src/testing/index.js';
import { countingServer } from './counting-server.js';

const BASE = 'https://api.example.com';
const LIKES = `${BASE}/likes`;
const PREFIX = 'rx-miniprogram/outbox.likes/v1/';
const DAY_MS = 86_400_000;

function outboxOn(
  { simulator }: MarbleHelpers,
  options: Partial<OutboxOptions> = {},
  network: Partial<NetworkOptions> = {},
) {
  const { wx, scheduler } = simulator;
  const made = createNetwork({ wx, scheduler, baseUrl: BASE, ...network });
  const outbox = createOutbox(made, { name: 'likes', random: () => 0.5, ...options });
  let items: readonly OutboxItem[] = [];
  outbox.items$.subscribe((now) => (items = now));
  return Object.assign(outbox, { items: () => items });
}

const like = (name: string, more = {}) => ({ url: '/likes', data: { like: name }, ...more });

const kept = (more: object = {}, request: object = {}) =>
  JSON.stringify({
    lane: '',
    owner: '',
    at: 0,
    sent: false,
    parked: false,
    request: { url: '/likes', method: 'POST', data: { like: 'kept' }, idempotencyKey: 'k', ...request },
    ...more,
  });

describe('createOutbox, where nobody was careful', () => {
  it.each([
    ['bytes that are no text', { bytes: 5 }, {}],
    ['a request that is null', { request: null }, {}],
    ['a lane that is a number', { lane: 1 }, {}],
  ])('drops %s, and sends the rest', (_, more, request) => {
    marbles((helpers) => {
      const { wx, server, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      wx.setStorageSync(`${PREFIX}000000001-a`, kept(more, request));
      wx.setStorageSync(`${PREFIX}000000002-b`, kept());
      const outbox = outboxOn(helpers);
      flush();
      expect(counting.effects).toEqual(['kept']);
      expect(outbox.snapshot()).toMatchObject({ waiting: 0, dropped: 1 });
    })();
  });

  it.each([
    ['a header that is a number', { header: 5 }],
    ['a method that there is not', { method: 'FROB' }],
    ['an option of another time', { retries: 3 }],
  ])('parks %s, and sends the rest', (_, request) => {
    marbles((helpers) => {
      const { wx, server, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      wx.setStorageSync(`${PREFIX}000000001-a`, kept({}, request));
      wx.setStorageSync(`${PREFIX}000000002-b`, kept());
      const outbox = outboxOn(helpers);
      flush();
      expect(counting.effects).toEqual(['kept']);
      expect(outbox.items()).toMatchObject([{ state: 'parked', problem: { code: 'invalid-argument' } }]);
    })();
  });

  it.each(['-', 'zzzzzzzzzzzzzzzzzzzz-x', '__proto__', 'a/b'])(
    'keeps its order where a key is none of its own: %s',
    (key) => {
      marbles((helpers) => {
        const { wx, server, simulator, flush } = helpers;
        const counting = countingServer();
        server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
        wx.setStorageSync(`${PREFIX}${key}`, kept());
        simulator.setNetwork('none');
        const outbox = outboxOn(helpers);
        for (const name of ['a', 'b', 'c']) outbox.put(like(name)).subscribe();
        flush();
        const ids = outbox.items().map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        simulator.setNetwork('wifi');
        flush();
        expect(counting.effects.filter((name) => name !== 'kept')).toEqual(['a', 'b', 'c']);
        expect(outbox.items()).toEqual([]);
      })();
    },
  );

  it(
    'parks an upload whose copy is gone, and sends the rest',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const files = simulator.wx.getFileSystemManager();
      const folder = `${simulator.wx.env.USER_DATA_PATH}/rx-miniprogram-outbox-likes`;
      const filePath = `${simulator.wx.env.USER_DATA_PATH}/photo.jpg`;
      files.writeFileSync(filePath, 'the photo');
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      simulator.setNetwork('none');
      const outbox = outboxOn(helpers);
      outbox.put({ url: '/photos', filePath, name: 'photo' }).subscribe();
      outbox.put(like('b')).subscribe();
      flush();
      for (const file of files.readdirSync(folder)) files.unlinkSync(`${folder}/${file}`);
      simulator.setNetwork('wifi');
      flush();
      expect(outbox.items()).toMatchObject([{ state: 'parked', request: { url: '/photos' } }]);
      expect(counting.effects).toEqual(['b']);
    }),
  );

  it(
    'does not take the refusal of a login for that of the item',
    marbles((helpers) => {
      const { server, flush } = helpers;
      const counting = countingServer();
      let token = 'old';
      let login = 403;
      server.post(LIKES).alwaysReplies('a|', {
        a: (request) => (token === 'new' ? counting.answer(request) : json({}, { status: 401 })),
      });
      server.post(`${BASE}/login`).alwaysReplies('a|', { a: () => json({}, { status: login }) });
      const interceptors = [
        loginOnce((send) =>
          send({ url: '/login', method: 'POST' }).pipe(
            requireOk(),
            map(() => (token = 'new')),
          ),
        ),
      ];
      const outbox = outboxOn(helpers, {}, { interceptors });
      outbox.put(like('a')).subscribe();
      timer(5_000).subscribe(() => (login = 200));
      const states = new Set<string>();
      outbox.items$.subscribe((items) => items.forEach(({ state }) => states.add(state)));
      flush();
      expect([...states]).not.toContain('parked');
      expect(counting.effects).toEqual(['a']);
    }),
  );

  it(
    'parks what an interceptor refuses for the item’s own answer',
    marbles((helpers) => {
      const { server, flush } = helpers;
      server.post(LIKES).alwaysReplies('a|', { a: json({}, { status: 422 }) });
      const ok: NonNullable<NetworkOptions['interceptors']>[number] = (request, next) =>
        next(request).pipe(
          requireOk(),
          mergeMap((answer) => [answer]),
        );
      const outbox = outboxOn(helpers, {}, { interceptors: [ok] });
      outbox.put(like('a')).subscribe();
      flush();
      expect(outbox.items()).toMatchObject([{ state: 'parked', problem: { status: 422 } }]);
    }),
  );

  it(
    'sends in order where the clock is set back by a month',
    marbles((helpers) => {
      const { wx, server, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      wx.setStorageSync(`${PREFIX}000000001-a`, kept({ at: 30 * DAY_MS }));
      const outbox = outboxOn(helpers);
      outbox.put(like('b')).subscribe();
      flush();
      expect(counting.effects).toEqual(['kept', 'b']);
    }),
  );

  it(
    'takes a lane and an owner of any name for a name',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      simulator.setNetwork('none');
      const outbox = outboxOn(helpers, { lanes: 9, owner: () => '__proto__' });
      const lanes = ['', '__proto__', 'constructor', 'a/b', '订单', ' ', '\n', '\ud800', 'x'.repeat(1_000)];
      for (const lane of lanes) outbox.put(like(JSON.stringify(lane).slice(1, 9), { lane })).subscribe();
      flush();
      expect(outbox.items().map(({ lane }) => lane)).toEqual(lanes);
      simulator.setNetwork('wifi');
      flush();
      expect(counting.effects).toHaveLength(lanes.length);
    }),
  );

  it(
    'refuses an owner that is no text, and so would not be known after a restart: when it is made, and at each put',
    marbles((helpers) => {
      for (const id of [7, undefined, null]) {
        const network = createNetwork({ wx: helpers.wx, scheduler: helpers.simulator.scheduler });
        const numbered = { name: 'likes', owner: () => id as never };
        const words = `createOutbox: owner() must be text; got ${id}`;
        expect(() => createOutbox(network, numbered)).toThrow(new TypeError(words));
      }
      let id: unknown = 'ann';
      const outbox = outboxOn(helpers, { owner: () => id as string });
      helpers.flush();
      id = 7;
      const errors: unknown[] = [];
      outbox.put(like('a')).subscribe({ error: (error) => errors.push(error) });
      expect(errors).toEqual([new TypeError('createOutbox: owner() must be text; got 7')]);
      expect(outbox.items()).toEqual([]);
    }),
  );

  it(
    'tells of an item that no phone would keep how much a value may have',
    marbles((helpers) => {
      const errors: string[] = [];
      const outbox = outboxOn(helpers, { maxBytes: 9e6 });
      outbox.put(like('x'.repeat(1_100_000))).subscribe({ error: ({ code, what }) => errors.push(code, what) });
      helpers.flush();
      expect(errors).toEqual(['storage-full', expect.stringContaining('a value may have 1 MB')]);
      expect(outbox.snapshot()).toMatchObject({ waiting: 0 });
    }),
  );

  it(
    'leaves alone an item that is retried or discarded when it is done, or when nobody knows it',
    marbles((helpers) => {
      const { server, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      const told: string[] = [];
      outbox.results$.subscribe(({ item: { id } }) => {
        for (const done of [id, 'nobody']) {
          outbox.retry(done).subscribe({ complete: () => told.push('retried') });
          outbox.discard(done).subscribe({ complete: () => told.push('discarded') });
        }
      });
      outbox.put(like('a')).subscribe();
      flush();
      expect(told).toEqual(['retried', 'discarded', 'retried', 'discarded']);
      expect(counting.effects).toEqual(['a']);
      expect(counting.requests).toBe(1);
    }),
  );

  it(
    'has room again once an item has gone, where maxItems was reached',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      simulator.setNetwork('none');
      const outbox = outboxOn(helpers, { maxItems: 2 });
      const told: string[] = [];
      const put = (name: string) =>
        outbox.put(like(name)).subscribe({
          next: () => told.push(name),
          error: ({ code }: { readonly code: string }) => told.push(`${name} ${code}`),
        });
      for (const name of ['a', 'b', 'c']) put(name);
      flush();
      const [first] = outbox.items();
      outbox.discard(first?.id ?? '').subscribe({ complete: () => put('d') });
      flush();
      simulator.setNetwork('wifi');
      flush();
      // One that does not fit is told before those that are written.
      expect(told.sort()).toEqual(['a', 'b', 'c storage-full', 'd']);
      expect(counting.effects).toEqual(['b', 'd']);
    }),
  );

  it('loses nothing and does nothing twice, at whichever write the storage is full', () => {
    const live = (fullAt: number) => {
      const told: string[] = [];
      let writes = 0;
      const counting = countingServer();
      let parked: readonly OutboxItem[] = [];
      let keys: readonly string[] = [];
      marbles(
        (helpers) => {
          const { server, simulator, flush } = helpers;
          server.post(LIKES).alwaysReplies('--a|', {
            a: (request) => (request.text.includes('"no"') ? json({}, { status: 422 }) : counting.answer(request)),
          });
          const outbox = outboxOn(helpers);
          for (const name of ['a', 'no', 'b']) {
            outbox.put(like(name)).subscribe({ next: () => told.push(name), error: () => undefined });
          }
          flush();
          // What could not be removed, or parked, is sent once more, under its key.
          simulator.destroy();
          simulator.restart();
          parked = (() => {
            const next = outboxOn(helpers);
            flush();
            return next.items();
          })();
          keys = simulator.wx.getStorageInfoSync().keys;
        },
        {
          simulator: {
            storage: {
              latencyMs: 1,
              fails: ({ write }) => {
                writes = Math.max(writes, write);
                return write === fullAt ? ':quota reached' : undefined;
              },
            },
          },
        },
      )();
      const names = parked.map(({ request }) => (request.data as { like: string }).like);
      return { told, effects: counting.effects, parked: names, keys, writes };
    };
    const { writes, told } = live(-1);
    expect(told).toEqual(['a', 'no', 'b']);
    for (let write = 1; write <= writes; write++) {
      const life = live(write);
      const arrived = new Set([...life.effects, ...life.parked]);
      expect(life.told.filter((name) => !arrived.has(name))).toEqual([]);
      expect(life.effects).toEqual([...new Set(life.effects)].sort());
      expect(life.parked.filter((name) => name !== 'no')).toEqual([]);
      expect(life.keys).toHaveLength(life.parked.length);
    }
    expect(writes).toBeGreaterThan(8);
  });
});
