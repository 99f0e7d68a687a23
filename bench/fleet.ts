/**
 * The claim: a server that was down is not held down by the phones that try again. A hundred thousand of them return within a
 * minute, in virtual time, each with one call; for the first twenty seconds the server still fails, then it bears a third more
 * than comes without retries. What arrives in the busiest second, against that, with and without jitter and budget.
 *
 * With the defaults, and beside them: a server that nobody reaches while it is down, so that phones take it for their own connection, and
 * try again soon (decisions/0072); no budget; and no jitter either.
 *
 * `npx tsx bench/fleet.ts --plot=fleet.svg` also draws what arrives in each second.
 */
import { writeFileSync } from 'node:fs';
import { Observable, type Subscriber } from 'rxjs';
import { createNetwork, NetworkError, type Network, type WxPort } from '../src/index.js';
import { retrySafely, type RetryBudget, type RetrySafelyOptions } from '../src/resilience.js';
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
const END_MS = 130_000;

interface Fleet {
  readonly who: string;
  readonly jitter?: boolean;
  /** Else the one that a network has by itself. */
  readonly budget?: RetryBudget;
  /** How calls fail while it is down. @defaultValue by 503 */
  readonly unreachable?: boolean;
}

const NONE: RetryBudget = { left: Infinity, earn: () => undefined, spend: () => true };
const FLEETS: readonly Fleet[] = [
  { who: 'the defaults' },
  { who: 'the defaults, unreachable', unreachable: true },
  { who: 'jitter only', budget: NONE },
  { who: 'neither', jitter: false, budget: NONE },
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

/** How many calls arrive in each second: those that reach nobody arrive nowhere. */
function arrivalsOf({ jitter = true, budget, unreachable = false }: Fleet): number[] {
  const random = seeded(7);
  const scheduler = heapScheduler();
  const perSecond = new Array<number>(END_MS / 1_000).fill(0);

  const status = (): number | undefined => {
    const now = scheduler.now();
    const isDown = now < DOWN_MS;
    if (isDown && unreachable) return undefined;
    const second = Math.floor(now / 1_000);
    const arrived = (perSecond[second] = (perSecond[second] ?? 0) + 1);
    // What it cannot bear it refuses; that it came is what counts.
    return isDown || arrived > CAPACITY ? 503 : 200;
  };
  const call$ = new Observable<Answer>((subscriber) => answerLater(scheduler, subscriber, status()));

  for (let phone = 0; phone < PHONES; phone++) {
    const network = networkOn(scheduler);
    const options: RetrySafelyOptions = { random: jitter ? random : () => 1, budget };
    const retried$ = call$.pipe(retrySafely(network, options));
    scheduler.schedule(() => void retried$.subscribe({ error: () => undefined }), random() * RETURN_MS);
  }
  scheduler.runUntil(END_MS - 1);
  return perSecond;
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

function answerLater(scheduler: HeapScheduler, subscriber: Subscriber<Answer>, status: number | undefined): void {
  scheduler.schedule(() => {
    if (status === undefined) {
      subscriber.error(new NetworkError('nobody', { code: 'connection', phase: 'attempt', method: 'GET' }));
      return;
    }
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
