import { firstValueFrom, type Observable } from 'rxjs';
import type { Http } from '../src/index.js';
import { json, marbles, scenario, type ReceivedRequest } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf } from './support/readme.js';

describe.each([
  ['en', ENGLISH],
  ['zh', CHINESE],
])('guide/resilience.md, %s', (_, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it(
    'the drafts: are found after a restart, and say where there is no room',
    marbles(({ simulator, flush }) => {
      interface Drafts {
        readonly drafts: { get(post: string): Observable<unknown> };
        readonly saveDraft: (post: string, text: string, toast: (words: string) => void) => void;
      }
      const start = () => {
        Object.assign(globalThis, { wx: simulator.wx });
        return loaderOf(pages)<Drafts>('drafts');
      };
      const toasts: string[] = [];
      const { saveDraft } = start();
      saveDraft('7', 'half a sentence', (words) => toasts.push(words));
      flush();
      saveDraft('8', 'x'.repeat(1_048_577), (words) => toasts.push(words));
      flush();
      simulator.destroy();
      simulator.restart();

      const found: unknown[] = [];
      start()
        .drafts.get('7')
        .subscribe((draft) => found.push(draft));
      flush();
      expect(toasts).toEqual(['saved', 'no room left']);
      expect(found).toEqual([{ text: 'half a sentence' }]);
    }),
  );

  it(
    'the likes: arrive after a restart, once, and those of another user wait for them',
    marbles(({ simulator, server, flush }) => {
      interface Likes {
        readonly like: (post: number, toast: (words: string) => void) => void;
        readonly loggedIn: (id: string) => void;
      }
      const start = () => {
        Object.assign(globalThis, { wx: simulator.wx });
        return loaderOf(pages)<Likes>('outbox');
      };
      const toasts: string[] = [];
      simulator.setNetwork('none');
      const app = start();
      app.like(7, (words) => toasts.push(words));
      flush();
      app.loggedIn('bob');
      for (let post = 1; post <= 200; post++) app.like(post, (words) => toasts.push(words));
      flush();
      expect(toasts.sort()).toEqual([...Array.from({ length: 200 }, () => 'liked'), 'no room left']);
      simulator.destroy();
      simulator.restart();

      simulator.setNetwork('wifi');
      const likes = server.post('https://api.example.com/likes').alwaysReplies('(a|)', { a: json({}) });
      start().loggedIn('ann');
      flush();
      expect(likes.requests.map(({ text }) => text)).toEqual(['{"post":7}']);
    }),
  );

  it(
    'the feed: is refused without a network, and tells when pictures should be small',
    marbles(({ simulator, wx, server, flush }) => {
      Object.assign(globalThis, { wx });
      const { feed$, smallPictures$ } = loaderOf(pages)<{
        readonly feed$: Observable<string[]>;
        readonly smallPictures$: Observable<boolean>;
      }>('offline-feed');
      server.get('https://api.example.com/feed').replies('a|', { a: json(['news']) });
      const told: unknown[] = [];
      const load = () =>
        feed$.subscribe({ next: (feed) => told.push(feed), error: ({ code }: { code: string }) => told.push(code) });
      smallPictures$.subscribe((small) => told.push(small));
      flush();
      load();
      flush();
      simulator.setNetwork({ networkType: 'none', weak: true });
      flush();
      load();
      expect(told).toEqual([false, ['news'], true, 'offline']);
    }),
  );

  it(
    'prices and orders: are tried again, with the same key',
    marbles(({ wx, server, flush }) => {
      const bad = { b: json({}, { status: 503 }) };
      server.get('https://api.example.com/prices').replies('b|', bad);
      server.get('https://api.example.com/prices').replies('a|', { a: json([7]) });
      const orders = server.post('https://api.example.com/orders');
      orders.replies('b|', bad);
      orders.replies('a|', { a: json({}) });
      Object.assign(globalThis, { wx });
      const { prices$, order } = loaderOf(pages)<{
        readonly prices$: Observable<number[]>;
        readonly order: (sku: string, key: string) => Observable<unknown>;
      }>('prices');
      const seen: unknown[] = [];
      prices$.subscribe((prices) => seen.push(prices));
      order('tea', 'key-1').subscribe(() => seen.push('ordered'));
      flush();
      expect(seen).toEqual(expect.arrayContaining([[7], 'ordered']));
      const keys = orders.requests.map(({ header }) => header['Idempotency-Key'] ?? header['idempotency-key']);
      expect(keys).toEqual(['key-1', 'key-1']);
    }),
  );

  it('the session: logs in before the first call, and again when it is refused', () =>
    scenario(async ({ wx, server, advance }) => {
      const tokens: string[] = [];
      const login = () => json({ token: `token-${tokens.push('')}` });
      const me = ({ header }: ReceivedRequest) =>
        Object.values(header).includes('Bearer token-2') ? json('me') : json({}, { status: 401 });
      server.post('https://api.example.com/login').alwaysReplies('l|', { l: login });
      server.get('https://api.example.com/me').alwaysReplies('m|', { m: me });
      Object.assign(globalThis, { wx });
      const { http$ } = loaderOf(pages)<{ readonly http$: Http }>('login-session');
      const answered = firstValueFrom(http$('/me'));
      await advance(50);
      expect((await answered).body).toBe('me');
      expect(tokens).toHaveLength(2);
    }));

  it(
    'the shared call: is one for a user, and another for another',
    marbles(({ wx, server, flush }) => {
      const me = server.get('https://api.example.com/me');
      me.alwaysReplies('--m|', { m: json('me') });
      Object.assign(globalThis, { wx });
      const { http$, user } = loaderOf(pages)<{ readonly http$: Http; readonly user: { id: string } }>('shared');
      const seen: unknown[] = [];
      for (const id of ['ann', 'ann', 'bob']) {
        user.id = id;
        http$('/me').subscribe(({ body }) => seen.push(body));
      }
      flush();
      expect(seen).toEqual(['me', 'me', 'me']);
      expect(me.requests).toHaveLength(2);
    }),
  );
});
