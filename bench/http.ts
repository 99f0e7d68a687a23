/**
 * The claim: `http$()` with all its policies on costs less a call than axios-miniprogram or luch-request behind p-limit,
 * which have a cap and nothing else; without a JIT, no more than half as much again than the smaller of them. A call that
 * waits holds 1 100 bytes, one that runs 3 000, and no other face holds half as much again.
 */
import pLimit from 'p-limit';
import { createHttp, createNetwork, type WxPort, type WxRequestOption } from '../src/index.js';
import { heldFigures } from './held-calls.js';
import { atLeast, grouped, NO_JIT, QUICK, report, sideBySide, type Figure, type Verdict } from './measure.js';

const URL_OF = (index: number) => `https://api.example.com/items/${index}`;

/** A platform that answers in the next turn. Its own JavaScript parses where it is asked to, as the real one's does. */
const answer = (option: WxRequestOption & { complete?: (result: unknown) => void }) => {
  const text = '{"id":1}';
  const result = {
    data: option.dataType === 'json' || option.dataType === undefined ? (JSON.parse(text) as unknown) : text,
    statusCode: 200,
    header: { 'Content-Type': 'application/json' },
    cookies: [],
    errMsg: 'request:ok',
  };
  const immediate = setImmediate(() => {
    option.success?.(result);
    option.complete?.(result);
  });
  return { abort: () => clearImmediate(immediate), onHeadersReceived: () => {}, offHeadersReceived: () => {} };
};
const wx = {
  request: answer,
  uploadFile: answer,
  downloadFile: answer,
  onAppShow: () => {},
  onAppHide: () => {},
  canIUse: () => true,
};
Object.assign(globalThis, { wx, uni: wx });

// They look for the global at load.
const { default: axios } = (await import('axios-miniprogram')) as unknown as {
  default: (url: string) => Promise<unknown>;
};
const { default: Luch } = (await import('luch-request')) as unknown as {
  default: new () => { get(url: string): Promise<unknown> };
};

const http$ = createHttp(
  createNetwork({ wx: wx as unknown as WxPort, domains: { request: ['https://api.example.com'] } }),
);
const luch = new Luch();
const limitAxios = pLimit(10);
const limitLuch = pLimit(10);

/** So many at once, and again until there is enough to be timed: a page's ten calls are over within a millisecond. */
async function microsecondsEach(calls: number, send: (index: number) => Promise<unknown>): Promise<number> {
  const batches = Math.max(1, (NO_JIT ? 2_000 : 10_000) / calls);
  const startedAt = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    await Promise.all(Array.from({ length: calls }, (_, index) => send(index)));
  }
  return ((performance.now() - startedAt) * 1_000) / (calls * batches);
}

const OURS = 'http$, all policies';
const LUCH = 'luch-request + p-limit';

/** Without a JIT each stage of RxJS costs: a promise and a cap are cheaper then, and a bigger client is not. */
function verdictOn(who: string, calls: number, ratio: number): Verdict | undefined {
  if (who !== LUCH) return atLeast(ratio, NO_JIT ? 1.6 : 2.5, '× ours');
  if (NO_JIT && calls !== 10 && calls !== 10_000) return undefined;
  return atLeast(ratio, NO_JIT ? 0.65 : 1, '× ours');
}

for (const calls of QUICK || NO_JIT ? [10, 100, 1_000, 10_000] : [10, 100, 1_000, 10_000, 100_000]) {
  const candidates = {
    [OURS]: () =>
      microsecondsEach(
        calls,
        (index) => new Promise((resolve, reject) => http$(URL_OF(index)).subscribe({ next: resolve, error: reject })),
      ),
    'axios-miniprogram + p-limit': () => microsecondsEach(calls, (index) => limitAxios(() => axios(URL_OF(index)))),
    [LUCH]: () => microsecondsEach(calls, (index) => limitLuch(() => luch.get(URL_OF(index)))),
  };
  const results = await sideBySide(candidates, { warmUp: calls < 100_000 });
  const ourValue = results[OURS] as number;
  report(
    Object.entries(results).map(([who, value]): Figure => {
      const ours = who === OURS;
      const verdict = ours ? undefined : verdictOn(who, calls, value / ourValue);
      return { at: `${grouped(calls)} at once`, who, value, unit: 'µs a call', ours, verdict };
    }),
  );
}

// Bytes are the same with and without a JIT.
if (!NO_JIT) report(heldFigures());
