import { defer, finalize, map, NEVER, timer } from 'rxjs';
import { createPools } from '../../../src/simulator/rules/concurrency.js';
import { wireHeaders } from '../../../src/simulator/wires/wire.js';
import { at, call$, createLog, failure, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

const TEN_MS = { '/ten-ms': { body: 'ok', afterMs: 10 } };

describe('concurrency', () => {
  it(
    '[LIM-2] runs ten at once and queues the others, first come first served',
    marbles(({ flush }) => {
      const simulator = phone(TEN_MS);
      const { lines, note } = createLog();
      for (let id = 1; id <= 25; id++) call$(simulator, '/ten-ms').subscribe(() => note(`${id}`));
      flush();

      const upTo = (from: number, to: number, when: number) =>
        Array.from({ length: to - from + 1 }, (_, index) => `${when} ${from + index}`);
      expect(lines).toEqual([...upTo(1, 10, 10), ...upTo(11, 20, 20), ...upTo(21, 25, 30)]);
    }),
  );

  it(
    '[LIM-2] never runs an eleventh',
    marbles(({ flush }) => {
      const simulator = phone(TEN_MS);
      const running: number[] = [];
      simulator.events$.subscribe((event) => event.type === 'started' && running.push(event.running));
      for (let id = 1; id <= 200; id++) call$(simulator, '/ten-ms').subscribe();
      flush();

      expect(running).toHaveLength(200);
      expect(Math.max(...running)).toBe(10);
    }),
  );

  it(
    "[LIM-2] fails the eleventh with overLimit: 'fail'",
    marbles(({ expectObservable }) => {
      const simulator = phone(TEN_MS, { overLimit: 'fail' });
      for (let id = 1; id <= 10; id++) call$(simulator, '/ten-ms').subscribe();

      expectObservable(call$(simulator, '/ten-ms')).toBe(
        '#',
        undefined,
        failure('request:fail exceed max task count', 600007),
      );
    }),
  );

  it(
    '[LIM-2] counts a call that is made inside a callback as the eleventh',
    marbles(({ flush }) => {
      const simulator = phone(TEN_MS, { overLimit: 'fail' });
      const { lines, note } = createLog();
      const again = () => call$(simulator, '/ten-ms').subscribe({ next: note, error: ({ errMsg }) => note(errMsg) });
      call$(simulator, '/ten-ms').subscribe(again);
      for (let id = 2; id <= 10; id++) call$(simulator, '/ten-ms').subscribe();
      flush();

      expect(lines).toEqual(['10 request:fail exceed max task count']);
    }),
  );

  it(
    '[LIM-2] gives the place back before the callback with slotFreedAfterCallback: false',
    marbles(({ flush }) => {
      const simulator = phone(TEN_MS, { overLimit: 'fail', slotFreedAfterCallback: false });
      const { lines, note } = createLog();
      const again = () => call$(simulator, '/ten-ms').subscribe({ next: note, error: ({ errMsg }) => note(errMsg) });
      call$(simulator, '/ten-ms').subscribe(again);
      for (let id = 2; id <= 10; id++) call$(simulator, '/ten-ms').subscribe();
      flush();

      expect(lines).toEqual(['20 200 ok']);
    }),
  );

  it(
    '[LIM-2] gives the place of an aborted call to the next',
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/never': NEVER, '/ten-ms': { body: 'ok', afterMs: 10 } });
      const first = call$(simulator, '/never').subscribe();
      for (let id = 2; id <= 10; id++) call$(simulator, '/never').subscribe({ error: () => {} });
      at(5, () => first.unsubscribe());

      expectObservable(call$(simulator, '/ten-ms')).toBe('15ms (a|)', { a: '200 ok' });
    }),
  );

  it(
    '[LIM-2] never sends a call that is aborted while it waits',
    marbles(({ flush }) => {
      const simulator = phone(TEN_MS);
      const started: number[] = [];
      simulator.events$.subscribe((event) => event.type === 'started' && started.push(event.id));
      for (let id = 1; id <= 10; id++) call$(simulator, '/ten-ms').subscribe();
      const eleventh = call$(simulator, '/ten-ms').subscribe();
      call$(simulator, '/ten-ms').subscribe();
      at(5, () => eleventh.unsubscribe());
      flush();

      expect(started).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
    }),
  );

  it(
    '[LIM-2] reports the wait, in an event and in the profile',
    marbles(({ flush }) => {
      const simulator = phone(TEN_MS);
      const queued: unknown[] = [];
      const profiles: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'queued' && queued.push(event));
      for (let id = 1; id <= 10; id++) call$(simulator, '/ten-ms').subscribe();
      simulator.wx.request({
        url: 'https://api.example.com/ten-ms',
        success: ({ profile: { invokeStart, queueStart, queueEnd, fetchStart, responseEnd } }) =>
          profiles.push({ invokeStart, queueStart, queueEnd, fetchStart, responseEnd }),
      });
      flush();

      expect(queued).toEqual([{ type: 'queued', id: 11, waiting: 1, at: 0 }]);
      expect(profiles).toEqual([{ invokeStart: 0, queueStart: 0, queueEnd: 10, fetchStart: 10, responseEnd: 20 }]);
    }),
  );

  it.each([true, false])(
    '[LIM-2] does not start a call that was aborted just before its turn (place freed after the callback: %p)',
    (slotFreedAfterCallback) => {
      marbles(({ flush }) => {
        const simulator = phone(TEN_MS, { slotFreedAfterCallback });
        const started: number[] = [];
        simulator.events$.subscribe((event) => event.type === 'started' && started.push(event.id));
        const calls = Array.from({ length: 12 }, () => call$(simulator, '/ten-ms').subscribe());
        // Before the first of the wire's answers, and between the answers and the callbacks.
        at(slotFreedAfterCallback ? 10 : 9, () => calls[10]?.unsubscribe());
        flush();

        expect(started).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
      })();
    },
  );

  it.each([true, false])(
    '[LIM-2] never has an eleventh on the wire, whatever is aborted (place freed after the callback: %p)',
    (slotFreedAfterCallback) => {
      marbles(({ flush }) => {
        let onWire = 0;
        let most = 0;
        const hop$ = defer(() => {
          most = Math.max(most, ++onWire);
          return timer(10).pipe(
            map(() => wireHeaders(200)),
            finalize(() => onWire--),
          );
        });
        const simulator = phone({ '/ten-ms': hop$ }, { slotFreedAfterCallback });
        let settled = 0;
        simulator.events$.subscribe((event) => event.type === 'settled' && settled++);
        for (let id = 1; id <= 60; id++) {
          const call = call$(simulator, '/ten-ms').subscribe();
          if (id % 3 === 0) at(id % 20, () => call.unsubscribe());
        }
        flush();

        expect({ most, onWire, settled }).toEqual({ most: 10, onWire: 0, settled: 60 });
      })();
    },
  );

  it('starts a backlog of twenty thousand that end in the turn they start', () => {
    const pool = createPools({ overLimit: 'queue', concurrencyScope: 'per-api' }).of('request');
    const first = Array.from({ length: 10 }, () => pool.enter(() => {}));
    let started = 0;
    for (let index = 0; index < 20_000; index++) {
      const place = pool.enter(() => {
        started++;
        place?.leave();
      });
    }
    first.forEach((place) => place?.leave());

    expect({ started, running: pool.running, waiting: pool.waiting }).toEqual({
      started: 20_000,
      running: 0,
      waiting: 0,
    });
  });

  it('[LIM-2] counts each API for itself, or all three together', () => {
    const places = (concurrencyScope: 'per-api' | 'shared') => {
      const pools = createPools({ overLimit: 'fail', concurrencyScope });
      for (let index = 0; index < 10; index++) pools.of('request').enter(() => {});
      return pools.of('uploadFile').enter(() => {});
    };

    expect(places('per-api')).toBeDefined();
    expect(places('shared')).toBeUndefined();
  });
});
