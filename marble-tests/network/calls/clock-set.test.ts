import fc from 'fast-check';
import type { WireMark } from '../../../src/testing/index.js';
import { oneCall, type OneCall } from '../one-call.js';

const HOUR_MS = 3_600_000;
const PUT_BY_MS = [10_000, HOUR_MS, 24 * HOUR_MS, -10_000, -HOUR_MS, -24 * HOUR_MS];

/** What a limit may be late by where the clock was set: what calls share a timer for, and what a wait is counted in. */
const STEP_MS = 1_000;

describe('[K5.1] [K5.2] a wall clock that is set while a call is under way', () => {
  describe.each(PUT_BY_MS)('by %i ms', (byMs) => {
    it.each([100, 1_500, 7_900])(
      'ends the call when its time has passed, and not before, where that is after %i ms',
      (at) => {
        const puts = { [at]: byMs };

        isDue(61_000, { puts });
        isDue(61_000, { puts, face: 'upload' });
        isDue(20_000, { puts, request: { totalMs: 20_000 } });
        isDue(8_000, { puts, request: { maxWaitMs: 8_000 }, waits: true });
        isDue(9_000, { puts, request: { idleMs: 9_000 } });
      },
    );

    it('counts the silence of a stream from what it heard last', () => {
      for (const at of [2_950, 3_500, 5_000, 6_001]) {
        const wire: OneCall['wire'] = ({ cold }) => cold<WireMark>('h 3s c 3s c', CHUNKS);

        isDue(11_002, { puts: { [at]: byMs }, face: 'stream', request: { idleMs: 5_000 }, wire });
        isDue(16_000, { puts: { [at]: byMs }, face: 'stream', request: { idleMs: 15_000, attemptMs: 15_000 }, wire });
      }
    });

    it('lets a wait stand still in the background, however long the clock says that this was', () => {
      for (const at of [9_950, 10_500]) {
        const life = { lane: '10s h 999ms s', puts: { [at]: byMs } };

        isDue(21_000, { ...life, request: { totalMs: 20_000 } });
        isDue(21_000, { ...life, request: { maxWaitMs: 20_000 }, waits: true });
      }
    });

    it('gives a call its time that begins just after', () => {
      isDue(61_150, { puts: { 100: byMs }, beginsMs: 150 });
      isDue(8_150, { puts: { 100: byMs }, beginsMs: 150, request: { maxWaitMs: 8_000 }, waits: true });
      isDue(20_150, { puts: { 100: byMs }, beginsMs: 150, request: { totalMs: 20_000 } });
    });

    it('sends a call again in a moment that the platform interrupts', () => {
      const interrupted = { errMsg: 'request:fail interrupted', errno: 600003 };
      const { log } = oneCall({
        puts: { 500: byMs },
        wire: ({ cold }) => cold('-#', undefined, interrupted),
      });

      expect(log).toHaveLength(6);
      log.forEach((entry, index) => {
        const atMs = Number(entry.split('@')[1]);
        expect(atMs - index * 1_001).toBeGreaterThanOrEqual(0);
        expect(atMs - index * 1_001).toBeLessThanOrEqual(1);
      });
    });

    it('ends a call of the background that a clock has cut, which was put forward, and no background', () => {
      // The limit falls due while the clock says that five seconds of background are over; it holds two seconds after the return.
      const { code, atMs } = oneCall({ lane: '5s h 2999ms s', puts: { 5_500: byMs }, request: { attemptMs: 6_000 } });

      expect(code).toBe('timeout');
      expect([7_000, 10_000]).toContain(atMs);
    });
  });
});

describe('[K5.3] a moment in the background, in which the clock is set', () => {
  const answer: OneCall['wire'] = ({ cold }) => cold('20s r', { r: { statusCode: 200 } });

  it.each(PUT_BY_MS)('by %i ms: the call goes on', (byMs) => {
    for (const method of ['GET', 'POST'] as const) {
      const life = { request: { method }, wire: answer };

      goesOn({ ...life, lane: '3s h 99ms s', puts: { 3_050: byMs } });
      goesOn({ ...life, lane: '300ms h 99ms s', puts: { 350: byMs } });
      goesOn({ ...life, lane: '3s h 4700ms s', puts: { 3_050: byMs } });
      goesOn({ ...life, lane: '3s h 99ms s 20ms h 99ms s', puts: { 3_050: byMs } });
      goesOn({ ...life, lane: '3s h 99ms s 20ms h 99ms s', puts: { 3_050: byMs, 3_150: -byMs } });
    }
  });

  it.each(PUT_BY_MS)('by %i ms: a later background cuts it all the same', (byMs) => {
    const lane = '3s h 99ms s 2s h 9s s';

    expect(oneCall({ lane, puts: { 3_050: byMs }, request: { method: 'POST' }, wire: answer })).toEqual({
      code: 'interrupted',
      atMs: 10_101,
      log: ['sent @0', 'aborted @10101'],
    });
  });

  it.each(PUT_BY_MS)('by %i ms, in a background that is long enough: it is cut when it is', (byMs) => {
    expect(oneCall({ lane: '3s h 9s s', puts: { 3_050: byMs }, request: { method: 'POST' } })).toMatchObject({
      code: 'interrupted',
      // A timer that is late by the clock may have been frozen: then the platform has the word until a second after the return.
      atMs: byMs > 0 ? 13_001 : 8_000,
    });
  });

  it.each([0, ...PUT_BY_MS])(
    'by %i ms, while the thread is frozen: what ran is cut a second after the return',
    (byMs) => {
      const life = { lane: '3s h 29999ms s', freeze: { fromMs: 3_010, toMs: 33_000 }, puts: { 9_000: byMs } };

      expect(oneCall({ ...life, request: { method: 'POST' } })).toMatchObject({ code: 'interrupted', atMs: 34_000 });
    },
  );
});

describe('[K5] any clock', () => {
  const RUNS = Number(process.env['CLOCK_RUNS'] ?? 200);
  const put = fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: -3_600_000, max: 3_600_000 }));
  const limit = fc.record({
    name: fc.constantFrom('attemptMs', 'totalMs', 'maxWaitMs', 'idleMs'),
    ms: fc.integer({ min: 1, max: 25_000 }),
    beginsMs: fc.nat(3_000),
  });

  it.each([1, 20, 400, -1, -20, -400])(
    'one that is put by %d ms, which nobody can tell from a late timer, too',
    (byMs) => {
      for (const atMs of [1, 500, 999]) {
        isDue(1_001, { beginsMs: 0, waits: false, request: { attemptMs: 1 }, puts: { [atMs]: byMs } });
      }
    },
  );

  it('ends no call before its time has passed, and none later than a step', () => {
    fc.assert(
      fc.property(limit, fc.array(put, { maxLength: 3 }), ({ name, ms, beginsMs }, puts) => {
        const waits = name === 'maxWaitMs';
        const dueMs = beginsMs + ms + (name === 'attemptMs' ? 1_000 : 0);

        isDue(dueMs, { beginsMs, waits, request: { [name]: ms }, puts: Object.fromEntries(puts) });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('[K5.2] a clock that is put back after a long background', () => {
  const timeout: OneCall['wire'] = ({ cold }) => cold('8s #', undefined, { errMsg: 'request:fail timeout', errno: 5 });

  it.each([-20_000, -HOUR_MS])('by %i ms makes no interruption of the timeout of a call that begins then', (byMs) => {
    const life = { lane: '1s h 10s s', puts: { 12_000: byMs }, beginsMs: 13_000 };

    expect(oneCall({ ...life, wire: timeout })).toMatchObject({ code: 'timeout', atMs: 21_000, log: ['sent @13000'] });
    isDue(15_000, { ...life, request: { attemptMs: 1_000 } });
    isDue(14_500, { ...life, request: { idleMs: 1_500 } });
  });
});

const CHUNKS = {
  h: { headers: { header: { 'Content-Type': 'text/plain' }, statusCode: 200 } },
  c: { chunk: { data: new Uint8Array([65]).buffer } },
};

function isDue(dueMs: number, life: OneCall): void {
  const { code, atMs } = oneCall(life);
  const shown = JSON.stringify({ ...life, dueMs, code, atMs });
  if (code !== 'timeout' || atMs < dueMs || atMs > dueMs + STEP_MS) throw new Error(`not when it was due: ${shown}`);
}

function goesOn(life: OneCall): void {
  expect({ ...life, ...oneCall(life) }).toEqual({ ...life, code: 'answer', atMs: 20_000, log: ['sent @0'] });
}
