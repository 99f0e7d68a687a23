/**
 * The claim: a server that was down is not held down by the phones that try again. A hundred thousand of them return within a
 * minute, in virtual time, each with one call; for the first twenty seconds the server still fails, then it bears a third more
 * than comes without retries. What arrives in the busiest second, against that, with and without jitter and budget.
 *
 * A phone that saw the outage has spent its budget there, and so is as one whose budget begins with nothing. One that slept through
 * it, with a budget that begins with ten, is shown, too: it is as if there were none.
 *
 * `npx tsx bench/fleet.ts --plot=fleet.svg` also draws what arrives in each second.
 */
import { writeFileSync } from 'node:fs';
import { Observable, type Subscriber } from 'rxjs';
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

/** How many calls arrive in each second. */
function arrivalsOf({ jitter, budget }: Fleet): number[] {
  const random = seeded(7);
  const scheduler = heapScheduler();
  const perSecond = new Array<number>(END_MS / 1_000).fill(0);

  const status = (): number => {
    const now = scheduler.now();
    const second = Math.floor(now / 1_000);
    const arrived = (perSecond[second] = (perSecond[second] ?? 0) + 1);
    // What it cannot bear it refuses; that it came is what counts.
    return now < DOWN_MS || arrived > CAPACITY ? 503 : 200;
  };
  const call$ = new Observable<Answer>((subscriber) => answerLater(scheduler, subscriber, status()));

  for (let phone = 0; phone < PHONES; phone++) {
    const network = networkOn(scheduler);
    const options: RetrySafelyOptions = { random: jitter ? random : () => 1, budget: budgetOf(budget) };
    const retried$ = call$.pipe(retrySafely(network, options));
    scheduler.schedule(() => void retried$.subscribe(), random() * RETURN_MS);
  }
  scheduler.runUntil(END_MS - 1);
  return perSecond;
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
