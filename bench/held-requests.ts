import PQueue from 'p-queue';
import { NEVER, type Subscription } from 'rxjs';
import { createRequestQueue, limitConcurrency } from '../src/index.js';
import { atLeast, atMost, grouped, median, sideBySide, type Figure } from './measure.js';
import { PLACES, QUEUES, type Queue } from './queues.js';

const OURS = 'rx-miniprogram';
const WAITING = 100_000;

/** What a waiting request holds: the heap after, less the heap before. */
export async function memoryFigures(): Promise<Figure[]> {
  const at = `${grouped(WAITING)} waiting`;
  const figures: Figure[] = [];
  for (const [who, make] of Object.entries(QUEUES)) {
    // Bytes are counted, not timed: they hardly differ from round to round.
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) rounds.push(await bytesEach(make()));
    const value = median(rounds);
    const ours = who === OURS;
    const verdict = ours ? atMost(value, 1_000, 'bytes') : undefined;
    figures.push({ at, who, value, unit: 'bytes a request', ours, verdict });
  }
  return figures;
}

async function bytesEach(queue: Queue): Promise<number> {
  const before = heapUsed();
  for (let index = 0; index < WAITING; index++) queue.send(() => {}, 1);
  const bytes = (heapUsed() - before) / WAITING;
  // Nothing was answered yet, for no turn has passed; now the line runs dry, and keeps itself alive so far.
  await new Promise<void>((resolve) => queue.send(resolve, 1));
  return bytes;
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** What it costs to leave the line from somewhere in it. */
export async function cancelFigures(): Promise<Figure[]> {
  const at = `a cancel, ${grouped(WAITING)} waiting`;
  const unit = 'µs a cancel';
  const results = await sideBySide({ [OURS]: cancelOurs, 'p-queue + AbortSignal': cancelPQueue });
  const ours = results[OURS] as number;
  const theirs = results['p-queue + AbortSignal'] as number;
  return [
    { at, who: OURS, value: ours, unit, ours: true },
    { at, who: 'p-queue + AbortSignal', value: theirs, unit, verdict: atLeast(theirs / ours, 50, '× ours') },
  ];
}

function cancelOurs(): number {
  const queue = createRequestQueue({ concurrency: PLACES });
  const calls = Array.from({ length: WAITING + PLACES }, () => NEVER.pipe(limitConcurrency(queue)).subscribe());
  const each = microsecondsEachOfSome(calls, (call: Subscription) => call.unsubscribe());
  for (const call of calls) call.unsubscribe();
  return each;
}

function cancelPQueue(): number {
  const queue = new PQueue({ concurrency: PLACES });
  const calls = Array.from({ length: WAITING + PLACES }, () => {
    const controller = new AbortController();
    queue.add(() => new Promise(() => {}), { signal: controller.signal }).catch(() => {});
    return controller;
  });
  return microsecondsEachOfSome(calls, (call) => call.abort());
}

/** Two hundred of them, from everywhere in the line. */
function microsecondsEachOfSome<Call>(calls: readonly Call[], cancel: (call: Call) => void): number {
  const some = Array.from({ length: 200 }, (_, index) => calls[PLACES + (index * WAITING) / 200] as Call);
  const startedAt = performance.now();
  for (const call of some) cancel(call);
  return ((performance.now() - startedAt) * 1_000) / some.length;
}
