/**
 * The claim: an answer that is there is shown in 3 µs with a JIT, and in 60 without; one of 100 kB that has not changed emits
 * nothing. Side by side with alova and TanStack's query-core: what a hit costs, and what is shown after a change of the user and
 * after an invalidation.
 */
import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { createAlova, invalidateCache } from 'alova';
import { from, map, of, take } from 'rxjs';
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
  // It writes a line for each hit otherwise.
  cacheLogger: false,
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
const TANSTACK = "TanStack's query-core";
const ALOVA = 'alova';
const hits = await sideBySide({
  [OURS]: () => microsecondsInARow(() => queries.watch$('/items', { freshMs: 1e9 }).subscribe().unsubscribe()),
  [TANSTACK]: () =>
    microsecondsInARow(() => new QueryObserver(tanstack, { queryKey: ['/items'] }).subscribe(() => {})()),
  [ALOVA]: () => microsecondsEach(get),
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

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A server that says who asks, and what it had when it was asked. */
function server() {
  const told = { user: 'a', items: 1 };
  const waiting: (() => void)[] = [];
  let slow = false;
  const answer = () => {
    const body = { ...told };
    return slow ? new Promise<typeof body>((resolve) => waiting.push(() => resolve(body))) : Promise.resolve(body);
  };
  return {
    told,
    answer,
    hold: () => (slow = true),
    release: () => {
      slow = false;
      waiting.splice(0).forEach((resolve) => resolve());
    },
  };
}
type Server = ReturnType<typeof server>;
type Told = Server['told'];

interface Candidate {
  /** One who shows the answer, from memory where that is held to be fresh. */
  readonly show: () => Promise<Told>;
  readonly invalidate: () => unknown;
}

const CANDIDATES: { readonly [who: string]: (server: Server) => Candidate } = {
  [OURS]: ({ told, answer }) => {
    const http$ = (() => from(answer()).pipe(map((body) => httpResponse({ body })))) as unknown as Http;
    const queries = createQueries(http$, { identity: () => told.user });
    const options = { freshMs: 1e9, tags: ['items'] };
    return {
      show: () =>
        new Promise((resolve) => {
          queries
            .watch$<Told>('/items', options)
            .pipe(take(1))
            .subscribe(({ value }) => resolve(value));
        }),
      invalidate: () => queries.invalidate('items'),
    };
  },
  [TANSTACK]: ({ answer }) => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } });
    return {
      show: () => client.query({ queryKey: ['items'], queryFn: answer }),
      invalidate: () => client.invalidateQueries({ queryKey: ['items'] }),
    };
  },
  [ALOVA]: ({ answer }) => {
    const alova = createAlova({
      baseURL: '',
      requestAdapter: () => ({ response: answer, headers: () => Promise.resolve({}), abort() {} }),
      cacheFor: { GET: Infinity },
      cacheLogger: false,
    });
    const items = () => alova.Get<Told>('/items', { name: 'items' });
    return { show: () => items(), invalidate: () => invalidateCache(items()) };
  },
};

const SCENES: { readonly [what: string]: (server: Server, candidate: Candidate) => Promise<boolean> } = {
  "after a switch of the user, is it the other one's answer?": async ({ told }, { show }) => {
    await show();
    told.user = 'b';
    return (await show()).user !== 'b';
  },
  'asked for before an invalidation, answered after it: is it shown as fresh?': async (
    { told, hold, release },
    { show, invalidate },
  ) => {
    hold();
    show().catch(() => undefined);
    await pause();
    told.items = 2;
    invalidate();
    await pause();
    release();
    await pause();
    return (await show()).items !== 2;
  },
};

for (const [what, isWrong] of Object.entries(SCENES)) {
  const figures: Figure[] = [];
  for (const [who, make] of Object.entries(CANDIDATES)) {
    const asked = server();
    const wrong = Number(await isWrong(asked, make(asked)));
    const ours = who === OURS;
    const verdict = ours ? atMost(wrong, 0, 'wrong answers') : undefined;
    figures.push({ at: what, who, value: wrong, unit: 'wrong answers', ours, verdict });
  }
  report(figures);
}
