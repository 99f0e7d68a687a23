import { finalize, Observable, Subject, type Subscription } from 'rxjs';
import { NetworkError, type Http, type HttpRequest, type HttpResponse } from '../../../src/index.js';
import { createQueries, type QueriesOptions, type QueryState } from '../../../src/queries.js';
import { httpResponse } from '../../../src/testing/index.js';

/** An `http$` by hand: each question is answered when the test says so. */
export function desk(options: QueriesOptions = {}) {
  const asked: { readonly request: HttpRequest; readonly answer$: Subject<HttpResponse<unknown>> }[] = [];
  const open = new Set<number>();
  const http$ = ((request: HttpRequest) =>
    new Observable((subscriber) => {
      const index = asked.length;
      const answer$ = new Subject<HttpResponse<unknown>>();
      asked.push({ request, answer$ });
      open.add(index);
      return answer$.pipe(finalize(() => open.delete(index))).subscribe(subscriber);
    })) as unknown as Http;
  const warnings: string[] = [];
  return {
    queries: createQueries(http$, { onWarning: (message) => warnings.push(message), ...options }),
    warnings,
    /** What is being asked. */
    open: () => [...open].map((index) => asked[index]?.request.url),
    count: () => asked.length,
    header: (index: number) => asked[index]?.request.header,
    answer(index: number, body: unknown, fields: Partial<HttpResponse<unknown>> = {}) {
      const { answer$, request } = asked[index] as (typeof asked)[number];
      answer$.next(httpResponse({ body, url: request.url, ...fields }));
      answer$.complete();
    },
    fail: (index: number, error: unknown) => asked[index]?.answer$.error(error),
  };
}

/** `1 memory stale`, `2 network`, `1 network stale: offline`. */
export function shown({ value, from, stale, problem }: QueryState<unknown>): string {
  const why = problem === undefined ? '' : `: ${problem.code}`;
  return `${JSON.stringify(value)} ${from}${stale ? ' stale' : ''}${why}`;
}

export function watching(watch$: Observable<QueryState<unknown>>): {
  readonly seen: string[];
  readonly subscription: Subscription;
} {
  const seen: string[] = [];
  const subscription = watch$.subscribe({
    next: (state) => seen.push(shown(state)),
    error: (error: NetworkError) => seen.push(`# ${error.code ?? error.message}`),
    complete: () => seen.push('|'),
  });
  return { seen, subscription };
}

export const offline = new NetworkError('no network', { code: 'offline' });
