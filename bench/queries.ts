/**
 * The claim: an answer that is there is shown in 3 µs with a JIT, and in 60 without; one of 100 kB that has not changed emits
 * nothing. Side by side with alova and TanStack's query-core, which have no rules and no identity.
 */
import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { createAlova } from 'alova';
import { of } from 'rxjs';
import type { Http } from '../src/index.js';
import { createQueries } from '../src/queries.js';
import { httpResponse } from '../src/testing/http-response.js';
import { atMost, NO_JIT, report, sideBySide, type Figure } from './measure.js';

const HITS = 2_000;
const items = Array.from({ length: 20 }, (_, id) => ({ id, title: `item ${id}` }));
const large = Array.from({ length: 2_000 }, (_, id) => ({ id, title: `item ${id}`, likes: id * 7 }));

const answering = (body: () => unknown) => (() => of(httpResponse({ body: body() }))) as unknown as Http;

const queries = createQueries(answering(() => items));
queries.watch$('/items', { freshMs: 1e9 }).subscribe();

const tanstack = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } });
await tanstack.query({ queryKey: ['/items'], queryFn: () => Promise.resolve(items) });

const alova = createAlova({
  baseURL: '',
  requestAdapter: () => ({ response: () => Promise.resolve(items), headers: () => Promise.resolve({}), abort() {} }),
  cacheFor: { GET: Infinity },
});
const get = () => alova.Get('/items', { cacheFor: Infinity });
await get();

async function microsecondsEach(hit: () => unknown): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < HITS; index++) await hit();
  return ((performance.now() - startedAt) * 1_000) / HITS;
}
/** What awaits costs itself is not a hit's. */
function microsecondsInARow(hit: () => void): number {
  const startedAt = performance.now();
  for (let index = 0; index < HITS; index++) hit();
  return ((performance.now() - startedAt) * 1_000) / HITS;
}

const OURS = 'watch$';
const hits = await sideBySide({
  [OURS]: () => microsecondsInARow(() => queries.watch$('/items', { freshMs: 1e9 }).subscribe().unsubscribe()),
  "TanStack's QueryObserver": () =>
    microsecondsInARow(() => new QueryObserver(tanstack, { queryKey: ['/items'] }).subscribe(() => {})()),
  'alova, a hit of its memory': () => microsecondsEach(get),
});
report(
  Object.entries(hits).map(([who, value]): Figure => {
    const ours = who === OURS;
    return {
      at: 'an answer that is there',
      who,
      value,
      unit: 'µs',
      ours,
      verdict: ours ? atMost(value, NO_JIT ? 60 : 3, 'µs') : undefined,
    };
  }),
);

const anew = createQueries(answering(() => large.map((item) => ({ ...item }))));
let emitted = 0;
const watched = anew.watch$('/large', { tags: ['large'] }).subscribe(() => emitted++);
for (let time = 0; time < 20; time++) anew.invalidate('large');
watched.unsubscribe();
report([
  {
    at: '100 kB, asked 20 times over, the same',
    who: OURS,
    value: emitted - 1,
    unit: 'emissions',
    ours: true,
    verdict: atMost(emitted - 1, 0, 'emissions'),
  },
]);
