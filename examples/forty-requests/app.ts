import { catchError, map, merge, mergeMap, of, timer, type Observable, type SchedulerLike } from 'rxjs';
import {
  createHttp,
  createNetwork,
  isNetworkError,
  type HttpInterceptor,
  type HttpRequest,
  type HttpResponse,
  type Network,
  type NetworkError,
  type WxPort,
} from '../../src/index.js';

/** How one call ended. */
export type Outcome =
  | { readonly request: HttpRequest; readonly response: HttpResponse<unknown> }
  | { readonly request: HttpRequest; readonly error: NetworkError };

/** The app, and what a look into it needs. */
export interface App {
  readonly network: Network;
  /** Sends everything once; emits an outcome a call. */
  readonly run$: Observable<Outcome>;
  readonly calls: readonly HttpRequest[];
}

const taps: HttpRequest[] = [1, 2, 3, 4].map((n) => ({ url: `/tap/${n}?ms=200`, priority: 'high' }));
const items: HttpRequest[] = Array.from({ length: 12 }, (_, index) => ({
  url: `/items/${index + 1}?ms=${300 + 70 * index}`,
}));
const prefetch: HttpRequest[] = [1, 2, 3, 4].map((n) => ({ url: `/prefetch/${n}?ms=400`, priority: 'low' }));
const slow: HttpRequest[] = [1, 2, 3].map((n) => ({ url: `/slow/${n}?ms=7000` }));

const special: HttpRequest[] = [
  { url: '/pay?ms=7000', method: 'POST', data: { amount: 1 } },
  { url: '/order?ms=7000', method: 'POST', data: { item: 1 }, idempotencyKey: 'order-1' },
  { url: '/missing' },
  { url: '/broken' },
  { url: '/gbk', as: 'text', charset: 'auto' },
  { url: '/two-marks', as: 'text' },
  { url: '/one-mark' },
  { url: '/cookies' },
  { url: '/gzip' },
  { url: '/login', method: 'POST', data: { code: 'wx-code' } },
];

const refused: HttpRequest[] = [
  { url: '/redirect' },
  { url: 'https://img.api.example.com/logo.png' },
  { url: 'https://api.example.com:443/items' },
  { url: 'https://api.weixin.qq.com/cgi-bin/token' },
  { url: 'http://api.example.com/items' },
];

/** What the app asks for after it was hidden: a timer that went off, a beacon in onHide. */
const whileHidden: HttpRequest[] = [{ url: '/refresh/1' }, { url: '/refresh/2', priority: 'high' }];

/** A small mini program, written as its author would write it. */
export function createApp(wx: WxPort, scheduler: SchedulerLike, watch: HttpInterceptor, hiddenAfterMs: number): App {
  const network = createNetwork({
    wx,
    scheduler,
    baseUrl: 'https://api.example.com',
    domains: { request: ['https://api.example.com'] },
    header: { 'X-App': 'forty-requests' },
    interceptors: [watch],
    onWarning: () => undefined,
  });
  const http$ = createHttp(network);

  const call = (request: HttpRequest): Observable<Outcome> =>
    http$(request).pipe(
      map((response) => ({ request, response })),
      catchError((error: unknown) => {
        if (isNetworkError(error)) return of({ request, error });
        throw error;
      }),
    );

  const now = [...slow, ...special, ...items, ...prefetch, ...refused, ...taps];
  const later$ = timer(hiddenAfterMs + 1_000, scheduler).pipe(mergeMap(() => merge(...whileHidden.map(call))));
  return { network, run$: merge(...now.map(call), later$), calls: [...now, ...whileHidden] };
}
