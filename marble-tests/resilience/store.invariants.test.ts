import fc from 'fast-check';
import { asyncScheduler, type Observable } from 'rxjs';
import { createNetwork } from '../../src/index.js';
import { createStore } from '../../src/resilience.js';
import { marbles } from '../../src/testing/index.js';

const HISTORIES = Number(process.env['STORE_HISTORIES'] ?? 60);

const step = fc.record({
  type: fc.constantFrom('set', 'set', 'remove', 'get', 'clear', 'list'),
  key: fc.constantFrom('a', 'b', '汉'),
  value: fc.constantFrom('', 'x', 'é', 'much longer'),
});
const history = fc.record({
  steps: fc.array(fc.tuple(fc.nat(6), step), { maxLength: 20 }),
  fails: fc.array(fc.nat(25), { maxLength: 5 }),
  latencyMs: fc.nat(5),
  broken: fc.boolean(),
});

describe('createStore, whatever is done', () => {
  it('has in the end what the device has, counts its items and bytes, and leaves nobody without an end', () => {
    fc.assert(
      fc.property(history, ({ steps, fails, latencyMs, broken }) => {
        let isOver = false;
        marbles(
          ({ wx, flush, simulator }) => {
            if (broken) wx.setStorageSync('rx-miniprogram/drafts/v1/a', '{');
            const storeOf = () =>
              createStore<string>(createNetwork({ wx, scheduler: simulator.scheduler }), {
                name: 'drafts',
                maxItems: 2,
              });
            const store = storeOf();
            let open = 0;
            let at = 0;
            for (const [afterMs, one] of steps) {
              at += afterMs;
              asyncScheduler.schedule(() => {
                open++;
                const ended = () => open--;
                const made: Record<typeof one.type, () => Observable<unknown>> = {
                  set: () => store.set(one.key, one.value),
                  remove: () => store.remove(one.key),
                  get: () => store.get(one.key),
                  clear: () => store.clear(),
                  list: () => store.entries(),
                };
                const work$ = made[one.type]();
                work$.subscribe({ error: ended, complete: ended });
              }, at);
            }
            flush();
            expect(open).toBe(0);
            isOver = true;

            const listed = new Map<string, string>();
            const read = new Map<string, string>();
            store.entries().subscribe({ next: (all) => all.forEach((value, name) => listed.set(name, value)) });
            flush();
            const again = storeOf();
            again.entries().subscribe((all) => all.forEach((value, name) => read.set(name, value)));
            flush();
            expect([...listed].sort()).toEqual([...read].sort());
            const { items, bytes, pending } = store.snapshot();
            expect(pending).toBe(0);
            expect({ items, bytes }).toEqual({ items: again.snapshot().items, bytes: again.snapshot().bytes });
          },
          {
            simulator: {
              storage: {
                latencyMs,
                fails: ({ operation }) =>
                  !isOver && operation > 1 && fails.includes(operation) ? 'disk I/O error' : undefined,
              },
            },
          },
        )();
      }),
      { numRuns: HISTORIES },
    );
  });
});
