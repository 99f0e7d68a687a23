import { asyncScheduler, merge, timer } from 'rxjs';
import { createNetwork, type NetworkError, type NetworkOptions } from '../../../src/index.js';
import { createOutbox, type Outbox, type OutboxItem, type OutboxOptions } from '../../../src/resilience.js';
import { json, marbles, type KitOptions, type MarbleHelpers } from '../../../src/testing/index.js';
import { countingServer } from './counting-server.js';

const BASE = 'https://api.example.com';
const LIKES = `${BASE}/likes`;

interface Making extends Partial<OutboxOptions> {
  readonly network?: NetworkOptions;
}

/** An outbox on the phone as it is now; after a restart, another one. */
function outboxOn({ simulator }: MarbleHelpers, { network: given, ...options }: Making = {}): Outbox {
  const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler, baseUrl: BASE, ...given });
  return createOutbox(network, { name: 'likes', random: () => 0.5, ...options });
}

const like = (name: string, more = {}) => ({ url: '/likes', data: { like: name }, ...more });

function restart({ simulator }: MarbleHelpers): void {
  simulator.destroy();
  simulator.restart();
}

/** The states of the items, as they are shown. */
function shown(outbox: Outbox): string[] {
  const lists: string[] = [];
  outbox.items$.subscribe((items) => {
    const list = items.map(({ state, request }) => `${(request.data as { like: string }).like} ${state}`).join(', ');
    if (lists.at(-1) !== list) lists.push(list);
  });
  return lists;
}

function itemsOf(outbox: Outbox): readonly OutboxItem[] {
  let now: readonly OutboxItem[] = [];
  outbox.items$.subscribe((items) => (now = items)).unsubscribe();
  return now;
}

const storage = (options: NonNullable<NonNullable<KitOptions['simulator']>['storage']>): KitOptions => ({
  simulator: { storage: options },
});

describe('createOutbox', () => {
  it(
    'tells that a call is kept once it is on the device, then sends it, and removes it',
    marbles((helpers) => {
      const { server, wx, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('-----a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      const lists = shown(outbox);
      const told: unknown[] = [];
      const keys = () => wx.getStorageInfoSync().keys;
      outbox.put(like('a')).subscribe({
        next: (item) => told.push(item.state, keys().length),
        complete: () => told.push('|'),
      });
      outbox.results$.subscribe(({ item, response }) => told.push(item.state, response.body));
      const idle: boolean[] = [];
      outbox.idle$.subscribe((is) => idle.push(is));
      flush();

      expect(told).toEqual(['waiting', 1, '|', 'done', { done: 'a' }]);
      expect(lists).toEqual(['', 'a waiting', 'a sending', '']);
      expect(idle).toEqual([true, false, true]);
      expect(counting.effects).toEqual(['a']);
      expect(keys()).toEqual([]);
    }),
  );

  it(
    'makes one write for a call that is put',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      simulator.setNetwork('none');
      const outbox = outboxOn(helpers);
      flush();
      const calls: string[] = [];
      simulator.events$.subscribe((event) => event.type === 'storage-called' && calls.push(event.api));
      outbox.put(like('a')).subscribe();
      flush();
      expect(calls).toEqual(['setStorage']);
    }),
  );

  it(
    'sends after a kill what it told of, with the same key and in order',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      simulator.setNetwork('none');
      const counting = countingServer();
      const before: string[] = [];
      const outbox = outboxOn(helpers);
      for (const name of ['a', 'b', 'c']) {
        outbox.put(like(name)).subscribe(({ request }) => before.push(request.idempotencyKey));
      }
      flush();
      restart(helpers);
      simulator.setNetwork('wifi');
      const route = server.post(LIKES).alwaysReplies('--a|', { a: counting.answer });
      outboxOn(helpers);
      flush();

      expect(counting.effects).toEqual(['a', 'b', 'c']);
      expect(route.requests.map(({ header }) => header['Idempotency-Key'])).toEqual(before);
      expect(new Set(before).size).toBe(3);
    }),
  );

  it(
    'is sent again with the same key where it was killed before the answer came',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      const route = server.post(LIKES);
      route.replies('a---|', { a: counting.answer }).replies('a|', { a: counting.answer });
      outboxOn(helpers).put(like('a')).subscribe();
      simulator.scheduler.schedule(() => {
        restart(helpers);
        expect(outboxOn(helpers).snapshot()).toMatchObject({ waiting: 0 });
      }, 2);
      flush();
      expect(route.requests).toHaveLength(2);
      expect(counting.effects).toEqual(['a']);
    }),
  );

  it(
    'keeps a lane in order, and lets other lanes go meanwhile, as many as it may',
    marbles((helpers) => {
      const { server, flush } = helpers;
      const at: string[] = [];
      server.post(LIKES).alwaysReplies('10ms a|', {
        a: ({ text, at: ms }) => {
          at.push(`${ms} ${JSON.parse(text).like}`);
          return json({});
        },
      });
      const outbox = outboxOn(helpers, { lanes: 2 });
      for (const name of ['x1', 'x2', 'y1', 'z1']) outbox.put(like(name, { lane: name.charAt(0) })).subscribe();
      flush();
      const order = at.map((line) => line.split(' ')[1]);
      expect(order).toEqual(['x1', 'y1', 'x2', 'z1']);
      const [x1, y1, x2] = at.map((line) => parseInt(line));
      expect(y1).toBe(x1);
      expect(x2).toBeGreaterThanOrEqual((x1 ?? 0) + 11);
    }),
  );

  it.each([400, 403, 404, 409, 422, 302])('parks what is refused with %d, and goes on with the rest', (status) => {
    marbles((helpers) => {
      const { server, flush } = helpers;
      const counting = countingServer();
      const route = server.post(LIKES);
      route.replies('a|', { a: json('no', { status }) }).alwaysReplies('a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      for (const name of ['a', 'b']) outbox.put(like(name)).subscribe();
      flush();
      expect(counting.effects).toEqual(['b']);
      expect(itemsOf(outbox)).toMatchObject([
        { state: 'parked', sent: true, problem: { code: 'status', status, what: expect.any(String) } },
      ]);

      restart(helpers);
      const next = outboxOn(helpers);
      flush();
      expect(itemsOf(next)).toMatchObject([{ state: 'parked', problem: { status } }]);
      expect(next.snapshot()).toEqual({ waiting: 0, parked: 1, sleeping: 0, dropped: 0 });
      const [{ id }] = itemsOf(next) as [OutboxItem];
      next.retry(id).subscribe();
      flush();
      expect(counting.effects).toEqual(['b', 'a']);
    })();
  });

  it.each([408, 425, 429, 500, 503])('tries again after %d, for as long as it takes', (status) => {
    marbles((helpers) => {
      const { server, flush } = helpers;
      const counting = countingServer();
      const route = server.post(LIKES);
      for (let times = 0; times < 12; times++) route.replies('(a|)', { a: json({}, { status }) });
      route.replies('(a|)', { a: counting.answer });
      const outbox = outboxOn(helpers);
      outbox.put(like('a')).subscribe();
      flush();
      expect(counting.effects).toEqual(['a']);
      const [first = 0, second = 0, ...others] = route.requests.map(({ at }) => at);
      expect(second - first).toBeGreaterThanOrEqual(500);
      expect(second - first).toBeLessThan(1_000);
      // Ten are paid for from the budget, half of a minute each in the end; the rest wait longer.
      expect((others.at(-1) ?? 0) - (others.at(-2) ?? 0)).toBeGreaterThanOrEqual(45_000);
    })();
  });

  it(
    'waits for what the server asks for by Retry-After',
    marbles((helpers) => {
      const { server, flush } = helpers;
      const route = server.post(LIKES);
      route
        .replies('(a|)', { a: json({}, { status: 503, headers: { 'Retry-After': '120' } }) })
        .replies('(a|)', { a: json({}) });
      outboxOn(helpers).put(like('a')).subscribe();
      flush();
      const [first = 0, second = 0] = route.requests.map(({ at }) => at);
      expect(second - first).toBeGreaterThanOrEqual(120_000);
    }),
  );

  it.each(['9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'waits as long as a timer can where the server asks for %s, but for one who retries by hand',
    (asked) => {
      marbles((helpers) => {
        const { server, flush } = helpers;
        const counting = countingServer();
        server
          .post(LIKES)
          .replies('(a|)', { a: json({}, { status: 503, headers: { 'Retry-After': asked } }) })
          .replies('(a|)', { a: counting.answer });
        const outbox = outboxOn(helpers, { maxAgeMs: Infinity });
        outbox.put(like('a')).subscribe();
        timer(1_000).subscribe(() => outbox.retry(itemsOf(outbox)[0]?.id ?? '').subscribe());
        flush();
        expect(counting.effects).toEqual(['a']);
        expect(asyncScheduler.now()).toBeLessThan(5_000);
      })();
    },
  );

  it(
    'stops the lane at a 401 until somebody has logged in',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      let token = false;
      const route = server.post(LIKES);
      route.alwaysReplies('(a|)', { a: (request) => (token ? counting.answer(request) : json({}, { status: 401 })) });
      const outbox = outboxOn(helpers);
      for (const name of ['a', 'b']) outbox.put(like(name)).subscribe();
      flush();
      expect(route.requests).toHaveLength(1);
      expect(itemsOf(outbox)).toMatchObject([{ state: 'waiting', problem: { status: 401 } }, { state: 'waiting' }]);

      simulator.enterBackground();
      simulator.enterForeground();
      flush();
      expect(route.requests).toHaveLength(1);
      token = true;
      outbox.resume();
      flush();
      expect(counting.effects).toEqual(['a', 'b']);
    }),
  );

  it(
    'waits while there is no network, and counts nothing meanwhile',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('--a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      flush();
      simulator.setNetwork('none');
      outbox.put(like('a')).subscribe();
      flush();
      expect(itemsOf(outbox)).toMatchObject([{ state: 'waiting', failures: 0, sent: false }]);
      simulator.setNetwork('4g');
      flush();
      expect(counting.effects).toEqual(['a']);
    }),
  );

  it(
    'goes on where a tunnel cut it, when the network is back',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('10ms a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      outbox.put(like('a')).subscribe();
      simulator.scheduler.schedule(() => simulator.setNetwork('none'), 5);
      simulator.scheduler.schedule(() => simulator.setNetwork('4g'), 60_000);
      flush();
      expect(counting.effects).toEqual(['a']);
    }),
  );

  it(
    'sends nothing in the background, and again what the background has cut',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      const route = server.post(LIKES);
      route.replies('20s a|', { a: counting.answer }).alwaysReplies('--a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      outbox.put(like('a')).subscribe();
      simulator.scheduler.schedule(() => {
        simulator.enterBackground();
        outbox.put(like('b')).subscribe();
      }, 10);
      // Of the test, as the app's own clock stands still.
      asyncScheduler.schedule(() => {
        expect(route.requests).toHaveLength(1);
        simulator.enterForeground();
      }, 60_000);
      flush();
      expect(counting.effects).toEqual(['a', 'b']);
      expect(new Set(route.requests.slice(0, 2).map(({ header }) => header['Idempotency-Key'])).size).toBe(1);
    }),
  );

  it(
    'lets the items of another owner sleep, and aborts what is on its way for the one who left',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      const tokens: string[] = [];
      let user = 'ann';
      server.post(LIKES).alwaysReplies('10ms a|', {
        a: (request) => {
          tokens.push(String(request.header['Authorization']));
          return counting.answer(request);
        },
      });
      const beforeSend: NetworkOptions['beforeSend'] = (request) => ({
        ...request,
        header: { ...request.header, Authorization: user },
      });
      const outbox = outboxOn(helpers, { owner: () => user, network: { beforeSend } });
      outbox.put(like('of ann')).subscribe();
      simulator.scheduler.schedule(() => {
        user = 'bob';
        outbox.resume();
        expect(itemsOf(outbox)).toEqual([]);
        expect(outbox.snapshot()).toMatchObject({ waiting: 0, sleeping: 1 });
        outbox.put(like('of bob')).subscribe();
      }, 6);
      flush();
      expect(counting.effects).toEqual(['of bob']);
      user = 'ann';
      outbox.resume();
      flush();
      expect(counting.effects).toEqual(['of bob', 'of ann']);
      expect(tokens).toEqual(['bob', 'ann']);
    }),
  );

  it(
    'parks what has waited for too long, and sends it when it is retried',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      simulator.setNetwork('none');
      const outbox = outboxOn(helpers, { maxAgeMs: 1_000 });
      outbox.put(like('a')).subscribe();
      simulator.scheduler.schedule(() => simulator.setNetwork('wifi'), 60_000);
      flush();
      const [item] = itemsOf(outbox);
      expect(item).toMatchObject({ state: 'parked', sent: false, problem: { code: 'timeout' } });
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('--a|', { a: counting.answer });
      outbox.retry(item?.id ?? '').subscribe();
      flush();
      expect(counting.effects).toEqual(['a']);
    }),
  );

  it(
    'retries at once what waits to be tried again, and leaves alone what is being sent',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      const route = server.post(LIKES);
      route.replies('(a|)', { a: json({}, { status: 503 }) }).replies('10ms a|', { a: counting.answer });
      const outbox = outboxOn(helpers, { random: () => 0.999 });
      let id = '';
      outbox.put(like('a')).subscribe((item) => (id = item.id));
      const retry = () => void outbox.retry(id).subscribe();
      simulator.scheduler.schedule(retry, 100);
      simulator.scheduler.schedule(retry, 105);
      flush();
      outbox.retry('there is none').subscribe();
      flush();
      expect(counting.requests).toBe(1);
      expect(route.requests.map(({ at }) => at)[1]).toBeLessThan(200);
    }),
  );

  it.each([
    ['waiting', undefined],
    ['sending', undefined],
    ['failed', 503],
    ['parked', 400],
  ])('does not send an item again that is discarded when it is told to be %s, and goes on', (moment, status) =>
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const route = server.post(LIKES);
      if (status) route.replies('-a|', { a: json({}, { status }) });
      route.replies('-a|', { a: json({}) });
      const outbox = outboxOn(helpers);
      outbox.items$.subscribe(([first]) => {
        const isMeant = (first?.request.data as { like: string } | undefined)?.like === 'a';
        if (isMeant && (first!.failures > 0 ? 'failed' : first!.state) === moment)
          outbox.discard(first!.id).subscribe();
      });
      for (const name of ['a', 'b']) outbox.put(like(name)).subscribe();
      flush();
      expect(route.requests.map(({ text }) => text)).toEqual([...(status ? ['{"like":"a"}'] : []), '{"like":"b"}']);
      expect(simulator.wx.getStorageInfoSync().keys).toEqual([]);
      expect(outbox.snapshot()).toMatchObject({ waiting: 0, parked: 0 });
    })(),
  );

  it(
    'goes on with what stands behind an item that is discarded',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const route = server.post(LIKES).replies('-a|', { a: json({}, { status: 503 }) });
      const arrives = route.replies('-b|', { b: json({}) });
      const outbox = outboxOn(helpers);
      let first = '';
      outbox.put(like('a')).subscribe(({ id }) => (first = id));
      outbox.put(like('b')).subscribe();
      simulator.scheduler.schedule(() => outbox.discard(first).subscribe(), 100);
      flush();
      expect(arrives.requests.map(({ text }) => text)).toEqual(['{"like":"a"}', '{"like":"b"}']);
    }),
  );

  it(
    'discards an item, also while it is sent, and says where that failed',
    marbles(
      (helpers) => {
        const { server, simulator, flush } = helpers;
        server.post(LIKES).alwaysReplies('50ms a|', { a: json({}) });
        const outbox = outboxOn(helpers);
        const ids: string[] = [];
        for (const name of ['a', 'b']) outbox.put(like(name)).subscribe(({ id }) => ids.push(id));
        const told: unknown[] = [];
        simulator.scheduler.schedule(() => {
          for (const id of ids.reverse()) {
            outbox.discard(id).subscribe({
              error: (error: NetworkError) => told.push(error.code),
              complete: () => told.push('|'),
            });
          }
        }, 20);
        flush();
        // The second removal failed, so that item is sent again, and arrives.
        expect(told).toEqual(['|', 'storage']);
        expect(server.requests).toHaveLength(2);
        expect(outbox.snapshot()).toMatchObject({ waiting: 0, parked: 0 });
      },
      storage({ fails: ({ api, write }) => (api === 'removeStorage' && write === 5 ? 'disk I/O error' : undefined) }),
    ),
  );

  it(
    'tells that there is no room, and neither shows nor sends what could not be kept',
    marbles((helpers) => {
      const { flush, simulator } = helpers;
      simulator.setNetwork('none');
      const outbox = outboxOn(helpers, { maxItems: 1 });
      const codes: string[] = [];
      for (const name of ['a', 'b']) outbox.put(like(name)).subscribe({ error: ({ code }) => codes.push(code) });
      flush();
      expect(codes).toEqual(['storage-full']);
      expect(outbox.snapshot()).toMatchObject({ waiting: 1 });
    }),
  );

  it(
    'sends although the mark could not be written, and forgets although it could not be removed',
    marbles(
      (helpers) => {
        const { server, flush } = helpers;
        const counting = countingServer();
        server.post(LIKES).alwaysReplies('--a|', { a: counting.answer });
        const outbox = outboxOn(helpers);
        outbox.put(like('a')).subscribe();
        outbox.put(like('b')).subscribe();
        flush();
        expect(counting.effects).toEqual(['a', 'b']);
        expect(outbox.snapshot()).toMatchObject({ waiting: 0, parked: 0 });
        // Four times it tried; the server hears of it once more, and does nothing.
        outboxOn(helpers);
        flush();
        expect(counting.effects).toEqual(['a', 'b']);
        expect(counting.requests).toBe(3);
      },
      storage({ fails: ({ write }) => (write >= 3 && write <= 7 ? ':quota reached' : undefined) }),
    ),
  );

  it(
    'tells a put that the storage fails, and reads again by itself',
    marbles(
      (helpers) => {
        const { server, flush } = helpers;
        const counting = countingServer();
        server.post(LIKES).alwaysReplies('--a|', { a: counting.answer });
        const outbox = outboxOn(helpers);
        const codes: string[] = [];
        outbox.put(like('a')).subscribe({ error: ({ code }) => codes.push(code) });
        const lists = shown(outbox);
        flush();
        expect(codes).toEqual(['storage']);
        expect(lists).toEqual(['']);
        outbox.put(like('b')).subscribe();
        flush();
        expect(counting.effects).toEqual(['b']);
      },
      storage({ fails: ({ operation }) => (operation === 1 ? 'internal error' : undefined) }),
    ),
  );

  it(
    'drops what is no item, and counts it',
    marbles((helpers) => {
      const { wx, flush } = helpers;
      wx.setStorageSync('rx-miniprogram/outbox.likes/v1/000000001-x', '{"request":{}}');
      wx.setStorageSync('rx-miniprogram/outbox.likes/v1/000000002-x', 'null');
      const outbox = outboxOn(helpers);
      flush();
      expect(outbox.snapshot()).toEqual({ waiting: 0, parked: 0, sleeping: 0, dropped: 2 });
    }),
  );

  it(
    'keeps bytes, and sends them as they were',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      simulator.setNetwork('none');
      const sent = Uint8Array.from({ length: 256 }, (_, index) => index);
      outboxOn(helpers).put({ url: '/likes', data: sent.buffer }).subscribe();
      flush();
      restart(helpers);
      const route = server.post(LIKES).replies('a|', { a: json({}) });
      simulator.setNetwork('wifi');
      outboxOn(helpers);
      flush();
      expect(route.requests.map(({ body }) => body && [...body])).toEqual([[...sent]]);
    }),
  );

  it(
    'copies a file, sends the copy after a restart, and removes it',
    marbles((helpers) => {
      const { server, simulator, flush } = helpers;
      const files = () => simulator.wx.getFileSystemManager();
      const folder = `${simulator.wx.env.USER_DATA_PATH}/rx-miniprogram-outbox-likes`;
      const filePath = `${simulator.wx.env.USER_DATA_PATH}/photo.jpg`;
      files().writeFileSync(filePath, 'the photo');
      simulator.setNetwork('none');
      outboxOn(helpers)
        .put({ url: '/photos', filePath, name: 'photo', formData: { like: 'a' } })
        .subscribe();
      flush();
      expect(files().readdirSync(folder)).toHaveLength(1);
      files().unlinkSync(filePath);
      restart(helpers);
      // Of a put that was killed before it was written.
      files().writeFileSync(`${folder}/orphan.jpg`, 'nobody knows it');
      const counting = countingServer();
      const route = server.upload(`${BASE}/photos`).replies('a|', { a: counting.answer });
      simulator.setNetwork('wifi');
      outboxOn(helpers);
      flush();
      expect(counting.effects).toEqual(['a']);
      expect(route.requests[0]?.text).toContain('the photo');
      expect(files().readdirSync(folder)).toEqual([]);
    }),
  );

  it(
    'tells that a file could not be copied, or that there is no place for files',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      const told: unknown[] = [];
      const watch = (outbox: Outbox) =>
        outbox
          .put({ url: '/photos', filePath: 'wxfile://tmp/there-is-none', name: 'photo' })
          .subscribe({ error: ({ code, what }: NetworkError) => told.push(code, what) });
      const outbox = outboxOn(helpers);
      watch(outbox);
      const { getFileSystemManager, ...wx } = simulator.wx;
      expect(getFileSystemManager).toBeDefined();
      watch(outboxOn(helpers, { name: 'without', network: { wx: wx } }));
      flush();
      expect(told).toEqual([
        'storage',
        expect.stringContaining('the file could not be copied'),
        'storage',
        expect.any(String),
      ]);
      expect(outbox.snapshot()).toMatchObject({ waiting: 0 });
    }),
  );

  it.each([
    [{ url: '/likes', priorty: 'low' }, "Unknown option 'priorty'"],
    [{ url: '/likes', timeout: 3 }, 'write attemptMs'],
    [{ url: '/likes', method: 'PATCH' }, 'PATCH'],
    [{ url: 'http://other.example.com/' }, 'https'],
    [{ filePath: 'wxfile://a', name: 'photo' }, 'a URL'],
    [{ url: '/photos', filePath: 'wxfile://a' }, 'name is missing'],
    [{ url: '/likes', data: { id: 2n } }, 'data.id is a BigInt'],
    [{ url: '/likes', data: { toJSON: () => JSON.parse('{') as unknown } }, 'cannot be kept'],
    [undefined, 'expected an object'],
  ])('refuses %p at once', (request, words) => {
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      const outbox = outboxOn(helpers);
      flush();
      const calls: string[] = [];
      simulator.events$.subscribe((event) => event.type === 'storage-called' && calls.push(event.api));
      const messages: string[] = [];
      outbox.put(request as never).subscribe({ error: ({ message }: Error) => messages.push(message) });
      flush();
      expect(messages).toEqual([expect.stringContaining(words)]);
      expect(calls).toEqual([]);
    })();
  });

  it(
    'goes on after a failure of the app’s own, such as a login that threw, and after an answer that is no JSON it is done',
    marbles((helpers) => {
      const { server, flush } = helpers;
      const counting = countingServer();
      let failing = 2;
      server.post(LIKES).alwaysReplies('a|', {
        a: (request) => {
          counting.answer(request);
          return 'no JSON';
        },
      });
      const interceptors: NetworkOptions['interceptors'] = [
        (request, next) => {
          failing--;
          if (failing >= 0) throw failing > 0 ? new Error('not now') : 'nor now';
          return next(request);
        },
      ];
      const outbox = outboxOn(helpers, { network: { interceptors } });
      const problems: (string | undefined)[] = [];
      const responses: unknown[] = [];
      outbox.items$.subscribe(([item]) => item?.problem && problems.push(item.problem.what));
      outbox.results$.subscribe(({ response }) => responses.push(response.body));
      outbox.put(like('a')).subscribe();
      flush();
      expect(new Set(problems)).toEqual(new Set(['not now', 'nor now']));
      expect(responses).toEqual(['no JSON']);
      expect(counting.effects).toEqual(['a']);
    }),
  );

  it(
    'parks what the platform would never send',
    marbles((helpers) => {
      const { flush } = helpers;
      const beforeSend: NetworkOptions['beforeSend'] = (request) => ({ ...request, method: 'PATCH' as never });
      const outbox = outboxOn(helpers, { network: { beforeSend } });
      outbox.put(like('a')).subscribe();
      flush();
      expect(itemsOf(outbox)).toMatchObject([{ state: 'parked', problem: { code: 'invalid-argument' } }]);
    }),
  );

  it(
    'does not mind that its subscribers leave, nor a put of many at once',
    marbles((helpers) => {
      const { server, flush } = helpers;
      const counting = countingServer();
      server.post(LIKES).alwaysReplies('a|', { a: counting.answer });
      const outbox = outboxOn(helpers);
      const names = Array.from({ length: 20 }, (_, index) => String(index));
      merge(...names.map((name) => outbox.put(like(name))))
        .subscribe()
        .unsubscribe();
      flush();
      expect(counting.effects).toEqual(names);
    }),
  );

  it('refuses options that are not what they should be', () => {
    marbles((helpers) => {
      expect(() => outboxOn(helpers, { lanes: 0 })).toThrow('createOutbox: lanes must be a whole number from 1; got 0');
      expect(() => outboxOn(helpers, { maxAgeMs: 0 })).toThrow(
        'createOutbox: maxAgeMs must be a whole number from 1, or Infinity; got 0',
      );
      expect(() => outboxOn(helpers, { name: 'a b' })).toThrow('name must be of letters');
    })();
  });
});
