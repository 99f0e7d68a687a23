// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import type { Observable } from 'rxjs';
import { createHttp, createNetwork, http$, type HttpResponse, type WxPort } from '../../src/index.js';
import { exactly } from './exactly.js';

interface User {
  readonly name: string;
}
declare const wx: WxPort;
const url = 'https://api.example.com/me';

export function whatComesBack(): void {
  // The caller says what it expects …
  exactly<Observable<HttpResponse<User>>>()(http$<User>(url), true);
  exactly<Observable<HttpResponse<User>>>()(http$<User>({ url, method: 'PUT' }), true);
  exactly<Observable<HttpResponse<User[]>>>()(http$.get<User[]>(url, { priority: 'high' }), true);
  exactly<Observable<HttpResponse<User>>>()(http$.post<User>(url, { name: 'Ada' }), true);
  // … and who says nothing must look before he believes.
  exactly<Observable<HttpResponse<unknown>>>()(http$(url), true);
  exactly<Observable<HttpResponse<unknown>>>()(http$.delete(url), true);
  // `as` says it better than any parameter.
  exactly<Observable<HttpResponse<string>>>()(http$({ url, as: 'text' }), true);
  exactly<Observable<HttpResponse<ArrayBuffer>>>()(http$({ url, as: 'arraybuffer' }), true);
  exactly<Observable<HttpResponse<string>>>()(http$.get(url, { as: 'text' }), true);
  exactly<Observable<HttpResponse<ArrayBuffer>>>()(http$.post(url, undefined, { as: 'arraybuffer' }), true);
  // A network of one's own makes the same.
  exactly<Observable<HttpResponse<User>>>()(createHttp(createNetwork({ wx }))<User>(url), true);
}

export function wrongUse(): void {
  // @ts-expect-error -- the platform has no PATCH
  http$({ url, method: 'PATCH' });
  // @ts-expect-error -- it is called attemptMs: the unit is in the name
  http$({ url, timeout: 1_000 });
  // @ts-expect-error -- it is called header, as the platform has it
  http$({ url, headers: {} });
  // @ts-expect-error -- without an address there is no call
  http$({ method: 'GET' });
  // @ts-expect-error -- a priority that the queue does not have
  http$.get(url, { priority: 'urgent' });
  // @ts-expect-error -- text is a string, whatever the caller hopes for
  exactly<Observable<HttpResponse<User>>>()(http$({ url, as: 'text' }), true);
  // @ts-expect-error -- there is no success callback: subscribe
  http$({ url, success: () => undefined });
  // @ts-expect-error -- an answer is judged by status, not by the platform's statusCode
  http$<User>(url).subscribe(({ statusCode }) => statusCode);
  // @ts-expect-error -- lists are arrays
  createNetwork({ wx, domains: { request: 'https://api.example.com' } });
  // @ts-expect-error -- a policy that there is not
  createNetwork({ wx, background: 'wait' });
  // @ts-expect-error -- an option of the platform has its type, for a call and for a network
  http$({ url, platform: { enableHttp2: 'yes' } });
  // @ts-expect-error -- a redirect is followed, or it is not
  createNetwork({ wx, platform: { redirect: 'error' } });
  // What is newer than the types is taken.
  http$({ url, platform: { newerThanTheTypes: 1 } });
}
