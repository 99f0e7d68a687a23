import type { Observable } from 'rxjs';
import type { Http } from '../src/index.js';
import type { CookieJar } from '../src/cookies.js';
import type { PagedQuery, QueryState } from '../src/queries.js';
import { json, marbles } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf } from './support/readme.js';

const API = 'https://api.example.com';

interface Items {
  readonly items$: Observable<QueryState<readonly { readonly id: number; readonly likes: number }[]>>;
  readonly refresh: () => void;
  readonly like: (id: number) => void;
}

describe.each([
  ['en', ENGLISH],
  ['zh', CHINESE],
])('guide/queries.md, %s', (_, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it(
    'the list: is there at once, liked at once, and right in the end',
    marbles(({ wx, server, flush }) => {
      Object.assign(globalThis, { wx });
      const likes = (count: number) => ({ r: json([{ id: 1, likes: count }]) });
      server.get(`${API}/items`).replies('r|', likes(1)).replies('r|', likes(2));
      server.post(`${API}/items/1/likes`).replies('--r|', { r: json({}) });
      const { items$, like } = loaderOf(pages)<Items>('items');
      const seen: string[] = [];
      items$.subscribe(({ value, from }) => seen.push(`${value[0]?.likes} ${from}`));
      flush();
      like(1);
      flush();
      expect(seen).toEqual(['1 network', '2 memory']);
    }),
  );

  it(
    'the list: a like that the server does not take is taken back',
    marbles(({ wx, server, flush }) => {
      Object.assign(globalThis, { wx });
      server.get(`${API}/items`).replies('r|', { r: json([{ id: 1, likes: 1 }]) });
      server.post(`${API}/items/1/likes`).replies('--r|', { r: json({}, { status: 409 }) });
      const { items$, like } = loaderOf(pages)<Items>('items');
      const seen: unknown[] = [];
      items$.subscribe(({ value }) => seen.push(value[0]?.likes));
      flush();
      like(1);
      flush();
      expect(seen).toEqual([1, 2, 1]);
    }),
  );

  it(
    'the feed: reads on',
    marbles(({ wx, server, flush }) => {
      Object.assign(globalThis, { wx });
      server.get(`${API}/feed`).replies('r|', { r: json({ posts: ['a'], cursor: 'x' }) });
      server.get(`${API}/feed?after=x`).replies('r|', { r: json({ posts: ['b'] }) });
      const { feed, showFeed } = loaderOf(pages)<{
        readonly feed: PagedQuery<unknown>;
        readonly showFeed: (show: (posts: readonly string[], hasMore: boolean) => void) => void;
      }>('posts');
      const seen: string[] = [];
      showFeed((posts, hasMore) => seen.push(`${posts.join()} ${hasMore}`));
      flush();
      feed.more();
      flush();
      expect(seen).toEqual(['a true', 'a,b false']);
    }),
  );

  it(
    'the session: sends back what the login set, until the logout',
    marbles(({ wx, server, flush }) => {
      Object.assign(globalThis, { wx });
      server
        .post(`${API}/login`)
        .replies('r|', { r: json({}, { headers: { 'Set-Cookie': 'sid=1; Path=/; Max-Age=60' } }) });
      const me = server
        .get(`${API}/me`)
        .replies('r|', { r: json({}) })
        .replies('r|', { r: json({}) });
      const { session$, logout } = loaderOf(pages)<{ session$: Http; logout: () => void; jar: CookieJar }>(
        'cookie-session',
      );
      for (const step of [
        () => session$.post('/login', {}).subscribe(),
        () => session$('/me').subscribe(),
        logout,
        () => session$('/me').subscribe(),
      ]) {
        step();
        flush();
      }
      expect(me.requests.map(({ header }) => header['Cookie'])).toEqual(['sid=1', undefined]);
    }),
  );
});

describe.each([
  ['en', ENGLISH],
  ['zh', CHINESE],
])('guide/simulator-life.md, %s', (_, pages) => {
  it('the offline list: a call goes out while the network is good, and is looked up on a weak one', () => {
    const { simulator } = loaderOf(pages)<{ simulator: { wx: object; close(): Promise<void> } }>('offline-list');
    const { request } = simulator.wx as { request(option: object): unknown };
    const failure = new Promise((fail) => request({ url: `${API}/list?page=1`, fail }));
    return expect(failure)
      .resolves.toEqual(expect.objectContaining({ errMsg: expect.stringContaining('no cache') }))
      .finally(() => simulator.close());
  });
});
