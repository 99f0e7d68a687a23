import { map, mergeMap, of, type Observable } from 'rxjs';
import type { Http } from '../network/calls/http.js';
import type { HttpRequest } from '../network/calls/http-request.js';
import { answer$, textOf, type Question, type Reply } from './question.js';
import type { QueryOptions, QueryState } from './query-state.js';

/** How a list goes on. */
export interface PagesOptions<Page> extends QueryOptions {
  /** The request for what comes behind the last page, by its cursor, say; `undefined` at the end. */
  readonly next: (last: Page, pages: readonly Page[]) => string | HttpRequest | undefined;
}

/** What a watcher of a list is shown. */
export interface PagedState<Page> extends QueryState<readonly Page[]> {
  readonly hasMore: boolean;
}

/** A list that is read page by page. */
export interface PagedQuery<Page> {
  /** Asked for again, all pages are, one after the other, by the cursors that come then: none is shown that belongs to another time. */
  readonly watch$: Observable<PagedState<Page>>;
  /** Asks for the next page, after what is being asked for; nothing where nobody watches, or there is none. */
  more(): void;
}

interface Keeper {
  watch$(question: Question, options: QueryOptions): Observable<QueryState<never>>;
  more(question: Question, more: Question): void;
}

type Next = (last: unknown, pages: readonly unknown[]) => string | HttpRequest | undefined;

/** One query of all pages that have been read. */
export function pagedQuery<Page>(
  first: { readonly id: string; readonly request: HttpRequest },
  given: PagesOptions<Page>['next'],
  options: QueryOptions,
  keeper: Keeper,
): PagedQuery<Page> {
  if (typeof given !== 'function') {
    throw new TypeError('pages: write next: (last) => the request for what comes behind it, or undefined');
  }
  const next = given as Next;
  const question: Question = {
    id: `pages ${first.id}`,
    ask$: (http$, before) => pages$(http$, first.request, next, [], pagesOf(before).length),
  };
  const more: Question = {
    id: question.id,
    ask$(http$, before) {
      const pages = pagesOf(before);
      const request = following(next, pages);
      return request === undefined ? of(before as Reply) : pages$(http$, request, next, pages, pages.length + 1);
    },
  };
  return {
    watch$: keeper.watch$(question, options).pipe(
      map((state: QueryState<readonly Page[]>) => ({
        ...state,
        hasMore: following(next, state.value) !== undefined,
      })),
    ),
    more: () => keeper.more(question, more),
  };
}

/** Reads on behind `before`, until there are so many pages, or no more. */
function pages$(
  http$: Http,
  request: HttpRequest,
  next: Next,
  before: readonly unknown[],
  count: number,
): Observable<Reply> {
  return answer$(http$, request, undefined).pipe(
    mergeMap(({ value }) => {
      const pages = [...before, value];
      const behind = following(next, pages);
      if (pages.length < count && behind) return pages$(http$, behind, next, pages, count);
      return of({ value: pages, text: textOf(pages) });
    }),
  );
}

function following(next: Next, pages: readonly unknown[]): HttpRequest | undefined {
  const request = next(pages[pages.length - 1], pages);
  return typeof request === 'string' ? { url: request } : request;
}

function pagesOf(before: Reply | undefined): readonly unknown[] {
  return (before?.value ?? []) as readonly unknown[];
}
