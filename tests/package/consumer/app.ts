// An app of somebody else. Compiled by several compilers, never run; tests/package/typings.test.ts appends a check of
// each entry.
import {
  createHttp,
  createNetwork,
  http$,
  isNetworkError,
  requireOk,
  takeUntilUnload,
  type HttpInterceptor,
  type HttpResponse,
  type NetworkOptions,
  type WxPort,
} from 'rx-miniprogram';
import { map, of, switchMap, type Observable } from 'rx-miniprogram/rxjs';
import { createSimulator, type Simulator } from 'rx-miniprogram/simulator';

interface User {
  readonly name: string;
}

const interceptor: HttpInterceptor = (request, next) => next({ ...request, header: { 'X-App': '1' } });
const options: NetworkOptions = { baseUrl: 'https://api.example.com', interceptors: [interceptor], concurrency: 5 };

export function app(wx: WxPort, page: { onUnload(): void }): Observable<string> {
  const call$ = createHttp(createNetwork({ ...options, wx }));
  return call$.get<User>('/me', { priority: 'high', totalMs: 5_000 }).pipe(
    requireOk(),
    map(({ body, status }) => body.name + status.toFixed()),
    switchMap((name) => of(name)),
    takeUntilUnload(page),
  );
}

// Nothing is `any`.
type IsAny<T> = 0 extends 1 & T ? true : false;
type Not<T extends false> = T;
type ResponseOf<T> = T extends Observable<infer R> ? R : never;
export const users$ = http$<User[]>('https://api.example.com/users');
export const text$ = http$({ url: 'https://api.example.com/users', as: 'text' });
export type NoneIsAny = [
  Not<IsAny<typeof users$>>,
  Not<IsAny<ResponseOf<typeof users$>>>,
  Not<IsAny<ResponseOf<typeof users$>['body']>>,
  Not<IsAny<HttpResponse<User>['headers' & keyof HttpResponse<User>]>>,
  Not<IsAny<WxPort['request']>>,
  Not<IsAny<Simulator['wx']['request']>>,
  Not<IsAny<Parameters<typeof createSimulator>[0]>>,
];
export const answers: Observable<HttpResponse<string>> = text$;

export function reason(error: unknown): string {
  if (isNetworkError(error, 'status')) return error.response.status.toFixed();
  return isNetworkError(error) ? error.code : 'unknown';
}

export function wrong(): void {
  // @ts-expect-error -- the platform has no PATCH
  http$({ url: 'https://api.example.com', method: 'PATCH' });
  // @ts-expect-error -- an option of other libraries
  http$({ url: 'https://api.example.com', timeout: 1_000 });
  // @ts-expect-error -- url is missing
  http$({ method: 'GET' });
  // @ts-expect-error -- not a priority
  http$.get('https://api.example.com', { priority: 'urgent' });
  // @ts-expect-error -- a list is an array
  createNetwork({ domains: { request: 'https://api.example.com' } });
  // @ts-expect-error -- no wx
  createNetwork({ wx: { connect: () => undefined } });
  // @ts-expect-error -- a code that there is not
  isNetworkError(undefined, 'broken');
  // @ts-expect-error -- an option of the simulator that there is not
  createSimulator({ dialect: 'ios' });
}
