/**
 * The claim: the request queue stays in line with p-queue while few wait, goes ahead of it when many do, and what one
 * request costs, with priorities or without, does not grow with the line.
 */
import { cancelFigures, memoryFigures } from './held-requests.js';
import { atLeast, atMost, grouped, NO_JIT, QUICK, report, sideBySide, type Figure, type Verdict } from './measure.js';
import { microsecondsEach, QUEUES, type Queue } from './queues.js';

const UNIT = 'µs a request';
const OURS = 'rx-miniprogram';
// In an interpreter a tenth is as telling, and takes as long.
const LARGEST = NO_JIT ? 10_000 : QUICK ? 100_000 : 1_000_000;
const SIZES = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= LARGEST);

/** Beyond it, the one is quadratic and would take minutes. */
const MERGE_MAP_MANAGES = 10_000;
const P_QUEUE_MANAGES_PRIORITIES = 10_000;
const PATIENCE_MS = QUICK ? 2_000 : 5_000;
const HUGE = 1_000_000;

type Who = keyof typeof QUEUES;
// One of each for the whole life of the app, as an app has it.
const queues = Object.fromEntries(Object.entries(QUEUES).map(([who, make]) => [who, make()])) as Record<Who, Queue>;
const oneLevel = new Map<number, number>();
const threeLevels = new Map<number, number>();

for (const size of SIZES) {
  const figures: Figure[] = [];
  const plain = (Object.keys(QUEUES) as Who[]).filter((who) => who !== 'bare mergeMap' || size <= MERGE_MAP_MANAGES);
  const some = plain.filter((who) => who === OURS || (who === 'p-queue' && size <= P_QUEUE_MANAGES_PRIORITIES));
  const candidates = [
    ...plain.map((who) => [who, who, 1] as const),
    ...some.map((who) => [`${who} 3`, who, 3] as const),
  ];
  const results = await sideBySide(
    Object.fromEntries(candidates.map(([name, who, levels]) => [name, () => inBatches(queues[who], size, levels)])),
    // By then all are warm, and a round takes half a minute.
    size < HUGE ? {} : { rounds: 3, warmUp: false },
  );

  const ours = results[OURS] as number;
  const theirs = results['p-queue'] as number;
  oneLevel.set(size, ours);
  threeLevels.set(size, results[`${OURS} 3`] as number);
  for (const who of plain) {
    const verdict = who === 'p-queue' ? againstPQueue(size, theirs / ours) : who === OURS ? growth(size) : undefined;
    figures.push({
      at: waiting(size),
      who,
      value: results[who],
      unit: UNIT,
      ours: who === OURS,
      note: noteOf(size),
      verdict,
    });
  }
  if (size > MERGE_MAP_MANAGES) figures.push(await attempt(size));
  for (const who of some) {
    const verdict = who === OURS ? ofPriorities(size) : undefined;
    const value = results[`${who} 3`];
    const at = `${waiting(size)}, 3 priorities`;
    figures.push({ at, who, value, unit: UNIT, ours: who === OURS, note: noteOf(size), verdict });
  }
  report(figures);
}

// Neither depends on the compiler.
if (!NO_JIT) {
  report(await memoryFigures());
  report(await cancelFigures());
}

/** A thousand are over within ten milliseconds, too little to be timed. */
async function inBatches(queue: Queue, size: number, levels: 1 | 3): Promise<number> {
  const batches = Math.max(1, 10_000 / size);
  if (size >= 100_000) {
    // The others' leftovers are too many to be left to it; then compiled again what that has thrown away.
    globalThis.gc?.();
    for (let batch = 0; batch < 5; batch++) await microsecondsEach(queue, 1_000, levels);
  }
  let sum = 0;
  for (let batch = 0; batch < batches; batch++) sum += await microsecondsEach(queue, size, levels);
  return sum / batches;
}

function againstPQueue(size: number, ratio: number): Verdict {
  return size < 100_000
    ? atLeast(ratio, 1 / 1.2, '× ours, so that ours is within 1.2 × of it')
    : atLeast(ratio, 1, '× ours, so that ours is ahead');
}

function growth(size: number): Verdict | undefined {
  if (size < LARGEST || NO_JIT) return undefined;
  return atMost((oneLevel.get(size) as number) / (oneLevel.get(10_000) as number), 2, '× the one at 10 000');
}

function ofPriorities(size: number): Verdict | undefined {
  if (size < LARGEST || NO_JIT) return undefined;
  const extra = (at: number) => (threeLevels.get(at) as number) / (oneLevel.get(at) as number);
  return atMost(extra(size) / extra(10_000), 1.2, '× what priorities add at 10 000');
}

/** Once, and no longer than patience lasts. */
async function attempt(size: number): Promise<Figure> {
  const who = 'bare mergeMap';
  const queue: Queue = QUEUES[who]();
  let answered = 0;
  const startedAt = performance.now();
  const finished = await new Promise<boolean>((resolve) => {
    const giveUp = setTimeout(() => resolve(false), PATIENCE_MS);
    const done = () => {
      if (++answered < size) return;
      clearTimeout(giveUp);
      resolve(true);
    };
    for (let index = 0; index < size; index++) queue.send(done, 1);
  });
  if (finished) {
    const value = ((performance.now() - startedAt) * 1_000) / size;
    return { at: waiting(size), who, value, unit: UNIT, note: 'one attempt' };
  }
  queue.stop?.();
  const share = Math.floor((answered / size) * 100);
  const note = `did not finish in ${PATIENCE_MS / 1_000} s (${share} %)`;
  return { at: waiting(size), who, value: undefined, unit: UNIT, note };
}

function noteOf(size: number): string | undefined {
  return size < HUGE ? undefined : 'median of three';
}

function waiting(size: number): string {
  return `${grouped(size)} waiting`;
}
