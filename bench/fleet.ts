/**
 * The claim: a server that was down is not held down by the phones that try again. A hundred thousand of them return within a
 * minute, in virtual time, each with one call; for the first twenty seconds the server still fails, then it bears a third more
 * than comes without retries. What arrives in the busiest second, against that, with and without jitter and budget.
 *
 * A phone that saw the outage has spent its budget there, and so is as one whose budget begins with nothing. One that slept through
 * it, with a budget that begins with ten, is shown, too: it is as if there were none. What that buys is shown beside it: how many
 * pages stay without an answer while a server is exchanged, so that one call in ten is refused, or is away for two seconds.
 *
 * `npx tsx bench/fleet.ts --plot=fleet.svg` also draws what arrives in each second.
 */
import { writeFileSync } from 'node:fs';
import { concat, defer, filter, merge, Observable, take, tap, type Subscriber } from 'rxjs';
import { createNetwork, type Network, type WxPort } from '../src/index.js';
import { createRetryBudget, retrySafely, type RetryBudget, type RetrySafelyOptions } from '../src/resilience.js';
import { fleetPlot } from './fleet-plot.js';
import { heapScheduler, type HeapScheduler } from './heap-scheduler.js';
import { atMost, grouped, QUICK, report, type Figure } from './measure.js';

const PHONES = QUICK ? 5_000 : 100_000;
const RETURN_MS = 60_000;
const STEADY = (PHONES * 1_000) / RETURN_MS;
/** How many calls a second the server can bear. */
const CAPACITY = 1.3 * STEADY;
const LATENCY_MS = 50;
const DOWN_MS = 20_000;
const END_MS = 90_000;

interface Fleet {
  readonly who: string;
  readonly jitter: boolean;
  readonly budget: 'empty' | 'fresh' | 'none';
}

const FLEETS: readonly Fleet[] = [
  { who: 'jitter and budget', jitter: true, budget: 'empty' },
  { who: 'jitter, initial: 10', jitter: true, budget: 'fresh' },
  { who: 'jitter only', jitter: true, budget: 'none' },
  { who: 'neither', jitter: false, budget: 'none' },
];

const series = FLEETS.map((fleet) => ({ who: fleet.who, perSecond: arrivalsOf(fleet) }));
report(
  series.map(({ who, perSecond }, index): Figure => {
    const value = Math.max(...perSecond) / STEADY;
    const ours = index === 0;
    const over = perSecond.filter((count) => count > CAPACITY).length;
    const verdict = ours ? atMost(value, 1.3, '× steady') : undefined;
    const note = `${over} s of more than it can bear`;
    return { at: `${grouped(PHONES)} phones return`, who, value, unit: '× steady load, peak', ours, note, verdict };
  }),
);

const plot = process.argv.find((argument) => argument.startsWith('--plot='))?.slice('--plot='.length);
if (plot !== undefined) writeFileSync(plot, fleetPlot(series, STEADY));

for (const [at, status] of [
  ['one call in ten is refused', (_now: number, random: () => number) => (random() < 0.1 ? 503 : 200)],
  ['away for 2 s of 20', (now: number) => (now % 20_000 < 2_000 ? 503 : 200)],
] as const) {
  report(
    (['fresh', 'empty'] as const).map((budget) => ({
      at,
      who: budget === 'fresh' ? 'initial: 10' : 'initial: 0',
      value: 100 * unansweredOf(budget, status),
      unit: '% of pages without an answer',
      ours: budget === 'fresh',
    })),
  );
}

/** How many calls arrive in each second. */
function arrivalsOf({ jitter, budget }: Fleet): number[] {
  const perSecond = new Array<number>(END_MS / 1_000).fill(0);
  const status = (now: number): number => {
    const second = Math.floor(now / 1_000);
    const arrived = (perSecond[second] = (perSecond[second] ?? 0) + 1);
    // What it cannot bear it refuses; that it came is what counts.
    return now < DOWN_MS || arrived > CAPACITY ? 503 : 200;
  };
  openAll(PHONES, budget, jitter, status, (call$) => call$);
  return perSecond;
}

/** Of apps that begin with one call, and go on with five at once, the part in which a call is refused in the end. */
function unansweredOf(budget: Fleet['budget'], status: Status): number {
  const phones = PHONES / 10;
  let unanswered = 0;
  openAll(phones, budget, true, status, (call$) =>
    concat(
      call$,
      defer(() => merge(call$, call$, call$, call$, call$)),
    ).pipe(
      filter(({ ok }) => !ok),
      take(1),
      tap(() => unanswered++),
    ),
  );
  return unanswered / phones;
}

type Status = (now: number, random: () => number) => number;

/** Phones that open their app within a minute. */
function openAll(
  phones: number,
  budget: Fleet['budget'],
  jitter: boolean,
  status: Status,
  pageOf: (call$: Observable<Answer>) => Observable<unknown>,
): void {
  const random = seeded(7);
  const scheduler = heapScheduler();
  const call$ = new Observable<Answer>((subscriber) =>
    answerLater(scheduler, subscriber, status(scheduler.now(), random)),
  );
  for (let phone = 0; phone < phones; phone++) {
    const network = networkOn(scheduler);
    const options: RetrySafelyOptions = { random: jitter ? random : () => 1, budget: budgetOf(budget) };
    const page$ = pageOf(call$.pipe(retrySafely(network, options)));
    scheduler.schedule(() => void page$.subscribe(), random() * RETURN_MS);
  }
  scheduler.runUntil(END_MS - 1);
}

function budgetOf(kind: Fleet['budget']): RetryBudget {
  if (kind === 'none') return { left: Infinity, earn: () => undefined, spend: () => true };
  return createRetryBudget(kind === 'empty' ? { initial: 0 } : {});
}

function noField(): undefined {
  return undefined;
}

interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly method: string;
  readonly url: string;
  header(name: string): string | undefined;
}

function answerLater(scheduler: HeapScheduler, subscriber: Subscriber<Answer>, status: number): void {
  scheduler.schedule(() => {
    subscriber.next({ status, ok: status === 200, method: 'GET', url: 'https://api.example.com/', header: noField });
    subscriber.complete();
  }, LATENCY_MS);
}

function networkOn(scheduler: HeapScheduler): Network {
  return createNetwork({ wx: { request: () => ({ abort() {} }) } as unknown as WxPort, scheduler });
}

/** The same phones each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
