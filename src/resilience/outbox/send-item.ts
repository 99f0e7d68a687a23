import { catchError, defaultIfEmpty, defer, filter, map, of, take, type Observable } from 'rxjs';
import { createHttp } from '../../network/calls/http.js';
import type { HttpRequest } from '../../network/calls/http-request.js';
import { createUpload } from '../../network/calls/upload.js';
import type { UploadRequest } from '../../network/calls/upload-request.js';
import type { Network } from '../../network/create-network.js';
import { statusError } from '../../operators/require-ok.js';
import type { HttpResponse } from '../../platform/http-response.js';
import { isNetworkError, type NetworkErrorCode } from '../../platform/network-error.js';
import { retryAfterMs } from '../retry-after.js';
import type { OutboxItem, OutboxProblem } from './outbox-item.js';

/** What becomes of an item that was sent. */
export type Verdict =
  | { readonly next: 'done'; readonly response: HttpResponse<unknown> }
  /** It can never arrive as it is. */
  | { readonly next: 'park'; readonly problem: OutboxProblem }
  /** Nobody is logged in. */
  | { readonly next: 'login'; readonly problem: OutboxProblem }
  /** The same may arrive later, `askedMs` from now at the earliest. */
  | {
      readonly next: 'again';
      readonly problem: OutboxProblem;
      readonly askedMs: number | undefined;
      readonly blameless: boolean;
    };

/** Of a 4xx: too slow, too early, too often. */
const PASSING = [408, 425, 429];
const HOPELESS: readonly NetworkErrorCode[] = [
  'invalid-argument',
  'invalid-url',
  'domain-not-allowed',
  'too-large',
  'too-many-redirects',
];
/** It was not the server's fault, so it costs nothing of the budget. */
const BLAMELESS: readonly NetworkErrorCode[] = ['interrupted', 'background', 'offline', 'aborted'];

/** Makes the function that sends an item once, and judges what came: one verdict, never an error. */
export function itemSender(network: Network): (item: OutboxItem) => Observable<Verdict> {
  const http$ = createHttp(network);
  const upload$ = createUpload(network);
  const now = () => network.scheduler.now();

  const call$ = (item: OutboxItem): Observable<unknown> => {
    const { request } = item;
    // Sent again by the outbox, which knows whose it is, and not by the network behind its back.
    const call = { ...request, background: 'refuse' } as const;
    return request.filePath === undefined ? http$(call as HttpRequest) : upload$(call as UploadRequest);
  };
  return (item) =>
    defer(() => call$(item)).pipe(
      filter(isAnswer),
      take(1),
      map((answer) => verdictOf(answer, now())),
      catchError((error: unknown) => of(verdictOfError(error, item, now()))),
      defaultIfEmpty<Verdict, Verdict>(again('unknown', 'the call ended without an answer')),
    );
}

function verdictOf(answer: HttpResponse<unknown>, now: number): Verdict {
  const { ok, status } = answer;
  if (ok) return { next: 'done', response: answer };
  const problem = { code: 'status', what: statusError(answer).what, status } as const;
  if (status === 401) return { next: 'login', problem };
  if (status < 500 && !PASSING.includes(status)) return { next: 'park', problem };
  return { next: 'again', problem, askedMs: retryAfterMs(answer, now), blameless: false };
}

function verdictOfError(error: unknown, { request }: OutboxItem, now: number): Verdict {
  // An interceptor of the app's, such as a login that failed.
  if (!isNetworkError(error)) return again('unknown', error instanceof Error ? error.message : String(error));
  const { code, what, response } = error;
  // It has arrived, and was answered, whatever can be made of the answer. Or a login was: nobody has refused the item then.
  const isOurs = response && pathOf(response.url).endsWith(pathOf(request.url));
  if (response && (isOurs || response.status === 401)) return verdictOf(response, now);
  return HOPELESS.includes(code) ? { next: 'park', problem: { code, what } } : again(code, what);
}

function pathOf(url: string): string {
  return url.replace(/[?#][^]*/, '');
}

function again(code: NetworkErrorCode, what: string): Verdict {
  return { next: 'again', problem: { code, what }, askedMs: undefined, blameless: BLAMELESS.includes(code) };
}

function isAnswer(value: unknown): value is HttpResponse<unknown> {
  return typeof (value as Partial<HttpResponse<unknown>>).ok === 'boolean';
}
