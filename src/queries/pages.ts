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
  questionOf: (request: string | HttpRequest) => { readonly id: string; readonly request: HttpRequest },
  first: string | HttpRequest,
  given: PagesOptions<Page>['next'],
  options: QueryOptions,
  keeper: Keeper,
): PagedQuery<Page> {
  if (typeof given !== 'function') {
    throw new TypeError('pages: write next: (last) => the request behind it');
  }
  const { id, request } = questionOf(first);
  /** The request behind the last page, which must be safe to ask twice as the first one. */
  const following = (pages: readonly unknown[]): HttpRequest | undefined => {
    const next = (given as Next)(pages[pages.length - 1], pages);
    return next === undefined ? next : questionOf(next).request;
  };
  /** Reads on behind `before`, until there are so many pages, or no more. */
  const pages$ = (http$: Http, request: HttpRequest, before: readonly unknown[], count: number): Observable<Reply> =>
    answer$(http$, request, undefined).pipe(
      mergeMap(({ value }) => {
        const pages = [...before, value];
        const behind = following(pages);
        if (pages.length < count && behind) return pages$(http$, behind, pages, count);
        return of({ value: pages, text: textOf(pages) });
      }),
    );
  const question: Question = {
    id: `pages ${id}`,
    ask$: (http$, before) => pages$(http$, request, [], pagesOf(before).length),
  };
  const more: Question = {
    id: question.id,
    ask$(http$, before) {
      const pages = pagesOf(before);
      const request = following(pages);
      return request === undefined ? of(before as Reply) : pages$(http$, request, pages, pages.length + 1);
    },
  };
  return {
    watch$: keeper
      .watch$(question, options)
      .pipe(map((state: QueryState<readonly Page[]>) => ({ ...state, hasMore: following(state.value) !== undefined }))),
    more: () => keeper.more(question, more),
  };
}

function pagesOf(before: Reply | undefined): readonly unknown[] {
  const { value = [] } = { ...before };
  return value as readonly unknown[];
}
