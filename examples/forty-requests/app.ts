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
import { gb18030 } from '../../src/charsets/gb18030.js';
import { inspected } from '../stage/inspected.js';

/** How one call ended. */
export type Outcome =
  | { readonly request: HttpRequest; readonly response: HttpResponse<unknown> }
  | { readonly request: HttpRequest; readonly error: NetworkError };

/** The app, and what a look into it needs. */
export interface App {
  readonly network: Network;
  /** Sends everything once; emits an outcome a call. */
  readonly run$: Observable<Outcome>;
  readonly groups: readonly CallGroup[];
}

/** Calls that have something in common. */
export interface CallGroup {
  readonly title: string;
  /** What the timeline says of them, where it has room. */
  readonly note?: string;
  readonly requests: readonly HttpRequest[];
}

const many = (count: number, request: (n: number) => HttpRequest) =>
  Array.from({ length: count }, (_, index) => request(index + 1));

/** What the app asks for at once, in this order. */
const atOnce: readonly CallGroup[] = [
  { title: '/slow', requests: many(3, (n) => ({ url: `/slow/${n}?ms=7000` })) },
  { title: '/pay', requests: [{ url: '/pay?ms=7000', method: 'POST', data: { amount: 1 } }] },
  {
    title: '/order',
    requests: [{ url: '/order?ms=7000', method: 'POST', data: { item: 1 }, idempotencyKey: 'order-1' }],
  },
  {
    title: 'assorted',
    requests: [
      { url: '/missing' },
      { url: '/broken' },
      { url: '/gbk', as: 'text', charset: 'auto' },
      { url: '/two-marks', as: 'text' },
      { url: '/one-mark' },
      { url: '/cookies' },
      { url: '/gzip' },
      { url: '/login', method: 'POST', data: { code: 'wx-code' } },
    ],
  },
  { title: '/items', requests: many(12, (n) => ({ url: `/items/${n}?ms=${230 + 70 * n}` })) },
  {
    title: '/prefetch',
    note: 'low: they go last',
    requests: many(4, (n) => ({ url: `/prefetch/${n}?ms=400`, priority: 'low' })),
  },
  {
    title: 'not listed',
    requests: [
      { url: '/redirect' },
      { url: 'https://img.api.example.com/logo.png' },
      { url: 'https://api.example.com:443/items' },
      { url: 'https://api.weixin.qq.com/cgi-bin/token' },
      { url: 'http://api.example.com/items' },
    ],
  },
  {
    title: '/tap',
    note: 'called last, priority high: they overtake',
    requests: many(4, (n) => ({ url: `/tap/${n}?ms=200`, priority: 'high' })),
  },
];

/** What the app asks for after it was hidden: a timer that went off, a beacon in onHide. */
const whileHidden: CallGroup = {
  title: '/refresh',
  requests: [{ url: '/refresh/1' }, { url: '/refresh/2', priority: 'high' }],
};

/** A small mini program, written as its author would write it. */
export function createApp(wx: WxPort, scheduler: SchedulerLike, watch: HttpInterceptor, hiddenAfterMs: number): App {
  const network = inspected(
    'forty requests',
    createNetwork({
      wx,
      scheduler,
      baseUrl: 'https://api.example.com',
      domains: { request: ['https://api.example.com'] },
      header: { 'X-App': 'forty-requests' },
      interceptors: [watch],
      decoders: [gb18030],
      onWarning: () => undefined,
    }),
  );
  const http$ = createHttp(network);

  const call = (request: HttpRequest): Observable<Outcome> =>
    http$(request).pipe(
      map((response) => ({ request, response })),
      catchError((error: unknown) => {
        if (isNetworkError(error)) return of({ request, error });
        throw error;
      }),
    );

  const now = atOnce.flatMap(({ requests }) => requests);
  const later$ = timer(hiddenAfterMs + 1_000, scheduler).pipe(mergeMap(() => merge(...whileHidden.requests.map(call))));
  return { network, run$: merge(...now.map(call), later$), groups: [...atOnce, whileHidden] };
}
