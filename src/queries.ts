/**
 * Answers that are already there: kept, shared and fresh.
 */

export { createQueries, type Queries, type QueriesOptions } from './queries/create-queries.js';
export type { QueryOptions, QueryOrigin, QueryState } from './queries/query-state.js';
export type { PagedQuery, PagedState, PagesOptions } from './queries/pages.js';
export type { StoredAnswer } from './queries/stored-answers.js';
