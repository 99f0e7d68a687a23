import { defer, forkJoin, map, tap, type Observable, type SchedulerLike } from 'rxjs';
import { createHttp, createNetwork, requireOk, type HttpHandler, type WxPort } from '../../src/index.js';
import { createOutbox, followNetwork, loginOnce, retrySafely, type Outbox } from '../../src/resilience.js';
import { inspected } from '../stage/inspected.js';

/** One life of the app: after it was killed there is another, on the same phone. */
export interface ErrandsApp {
  readonly outbox: Outbox;
  readonly like: (post: number) => Observable<unknown>;
  readonly order: (sku: string) => Observable<unknown>;
  /** What a page loads at once. */
  readonly page$: Observable<readonly string[]>;
  readonly price: (sku: string) => Observable<number>;
}

/** What an app has of its phone. */
export interface AppPhone {
  readonly wx: WxPort & { getStorageSync(key: string): unknown; setStorageSync(key: string, value: string): void };
  readonly scheduler: SchedulerLike;
}

/** A shop whose user goes through tunnels, written as its author would write it. */
export function createApp({ wx, scheduler }: AppPhone): ErrandsApp {
  const token = () => String(wx.getStorageSync('token'));
  const login = (send: HttpHandler) =>
    send({ url: '/login', method: 'POST', priority: 'high' }).pipe(
      requireOk(),
      tap(({ body }) => wx.setStorageSync('token', (body as { readonly token: string }).token)),
    );
  const network = inspected(
    'errands',
    createNetwork({
      wx,
      scheduler,
      baseUrl: 'https://api.example.com',
      domains: { request: ['https://api.example.com'] },
      beforeSend: (request) => ({ ...request, header: { ...request.header, authorization: `Bearer ${token()}` } }),
      interceptors: [loginOnce(login, { isLoggedIn: () => token() !== '' })],
    }),
  );
  followNetwork(network);
  const http$ = createHttp(network);
  const outbox = createOutbox(network, { name: 'errands' });

  return {
    outbox,
    like: (post) => outbox.put({ url: '/likes', data: { what: `like ${post}` } }),
    order: (sku) => outbox.put({ url: '/orders', data: { what: `order ${sku}` } }),
    page$: defer(() =>
      forkJoin(
        ['me', 'cart', 'feed', 'news', 'friends', 'coupons'].map((part) =>
          http$.get<string>(`/page/${part}`).pipe(
            requireOk(),
            map(({ body }) => body),
          ),
        ),
      ),
    ),
    price: (sku) =>
      http$.get<number>(`/prices/${sku}`).pipe(
        retrySafely(network),
        requireOk(),
        map(({ body }) => body),
      ),
  };
}
