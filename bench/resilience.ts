/**
 * The claims: who asks for what is on its way already joins in 3 µs with a JIT, and ten thousand items that are on the device are
 * listed in 50 ms, both from memory and when the app starts and they are read. That is our own time, on a phone that answers at
 * once; a real one takes far longer to hand them over. What one call a value costs, before base library 2.25.0, is shown, too.
 */
import { asyncScheduler } from 'rxjs';
import { createHttp, createNetwork, type WxPort } from '../src/index.js';
import { createOutbox, createStore, shareInFlight } from '../src/resilience.js';
import { atMost, NO_JIT, report, ROUNDS } from './measure.js';

const HITS = 5_000;
const COMPONENTS = 20;
const ITEMS = 10_000;
const URL = 'https://api.example.com/me';

/** What our own code takes, in milliseconds: the least of several times, as others run beside it. */
function leastOf(work: () => void, rounds = ROUNDS * 4): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** Never answers. */
const request = () => ({ abort() {} });

function joining(interceptors: Parameters<typeof createNetwork>[0]): number {
  const http$ = createHttp(createNetwork({ wx: { request } as unknown as WxPort, concurrency: 10, ...interceptors }));
  const first = http$(URL).subscribe();
  // As the components of a page do: they come together, and go together.
  const join = () => {
    for (let page = 0; page < HITS / COMPONENTS; page++) {
      const joined = Array.from({ length: COMPONENTS }, () => http$(URL).subscribe());
      for (const one of joined) one.unsubscribe();
    }
  };
  const least = leastOf(join);
  first.unsubscribe();
  return (least * 1_000) / HITS;
}

const joined = joining({ interceptors: [shareInFlight()] });
const passed = joining({ interceptors: [(request, next) => next(request)] });
report([
  {
    at: 'GET of what is on its way',
    who: 'shareInFlight, joins and leaves',
    value: joined,
    unit: 'µs',
    ours: true,
    verdict: NO_JIT ? undefined : atMost(joined, 3, 'µs'),
  },
  {
    at: 'GET of what is on its way',
    who: 'an interceptor that does nothing: a call of its own',
    value: passed,
    unit: 'µs',
  },
]);

/** A phone that answers at once. */
function phoneWith(values: ReadonlyMap<string, string>, hasBatches: boolean): WxPort {
  interface Option {
    readonly key: string;
    readonly keyList: readonly string[];
    readonly success?: (result: object) => void;
  }
  const wx = {
    request,
    getStorageInfo: ({ success }: Option) => success?.({ keys: [...values.keys()] }),
    getStorage: ({ key, success }: Option) => success?.({ data: values.get(key) }),
    setStorage: ({ success }: Option) => success?.({}),
    removeStorage: ({ success }: Option) => success?.({}),
    getNetworkType: ({ success }: Option) => success?.({ networkType: 'none' }),
    onNetworkStatusChange: () => undefined,
    ...(hasBatches && {
      batchGetStorage: ({ keyList, success }: Option) => success?.({ dataList: keyList.map((key) => values.get(key)) }),
    }),
  };
  return wx;
}

const stored = new Map<string, string>();
const drafts = new Map<string, string>();
for (let index = 1; index <= ITEMS; index++) {
  const id = `${`000000000${index.toString(36)}`.slice(-9)}-abcdefghi`;
  const request = { url: '/likes', method: 'POST', data: { post: index }, idempotencyKey: `likes-${id}` };
  const item = { lane: '', request, owner: 'ann', at: asyncScheduler.now(), sent: false, parked: false };
  stored.set(`rx-miniprogram/outbox.likes/v1/${id}`, JSON.stringify(item));
  drafts.set(`rx-miniprogram/drafts/v1/${id}`, JSON.stringify({ text: `draft ${index}` }));
}

const outboxOf = (hasBatches: boolean) => {
  let listed = 0;
  const network = createNetwork({ wx: phoneWith(stored, hasBatches) });
  const outbox = createOutbox(network, { name: 'likes', owner: () => 'ann', maxItems: ITEMS, maxBytes: 9e6 });
  outbox.items$.subscribe((items) => (listed = items.length));
  if (listed !== ITEMS) throw new Error(`listed ${listed}`);
  return outbox;
};
const storeOf = (hasBatches: boolean) => {
  let listed = 0;
  const network = createNetwork({ wx: phoneWith(drafts, hasBatches) });
  const store = createStore<object>(network, { name: 'drafts', maxItems: ITEMS });
  store.entries().subscribe(({ size }) => (listed = size));
  if (listed !== ITEMS) throw new Error(`listed ${listed}`);
  return store;
};
const outbox = outboxOf(true);
const store = storeOf(true);
const AT_START = '10 000 items read and listed at the start';
const ONE_BY_ONE = `${AT_START}, one by one`;
for (const [at, who, work] of [
  ['10 000 items listed', 'createOutbox', () => outbox.items$.subscribe().unsubscribe()],
  ['10 000 items listed', 'createStore', () => void store.entries().subscribe()],
  [AT_START, 'createOutbox', () => outboxOf(true)],
  [AT_START, 'createStore', () => storeOf(true)],
  [ONE_BY_ONE, 'createOutbox', () => outboxOf(false)],
  [ONE_BY_ONE, 'createStore', () => storeOf(false)],
] as const) {
  const value = leastOf(() => {
    work();
  });
  const verdict = NO_JIT || at === ONE_BY_ONE ? undefined : atMost(value, 50, 'ms');
  report([{ at, who, value, unit: 'ms', ours: who === 'createOutbox', verdict }]);
}
let floor = 0;
const parse = () => stored.forEach((text) => (floor += (JSON.parse(text) as { readonly at: number }).at));
report([
  {
    at: AT_START,
    who: 'JSON.parse alone',
    value: leastOf(parse),
    unit: 'ms',
    note: floor > 0 ? undefined : 'nothing',
  },
]);
