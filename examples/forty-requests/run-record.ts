import type { HttpRequest } from '../../src/index.js';
import type { CallGroup } from './app.js';

/** Where the app is: in front, hidden with its code still running, or suspended. */
export type Lane = 'front' | 'hidden' | 'asleep';

/** How often the platform got a call, and when. Times are milliseconds since the start of the run. */
export interface Attempt {
  readonly from: number;
  /** Which of the ten places, from 1. */
  readonly place: number;
  to?: number;
  /** Whether the background ended it (BG-1). */
  cut?: boolean;
}

/** How a call ended; `word` is the status, or the rule, or the code of the error. */
export interface Ending {
  readonly at: number;
  readonly kind: 'answered' | 'refused' | 'cut' | 'failed';
  readonly word: string;
}

/** What happened to one call. */
export interface CallRecord {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly group: CallGroup;
  readonly priority: NonNullable<HttpRequest['priority']>;
  readonly madeAt: number;
  readonly attempts: Attempt[];
  /** Whether it had to wait for a place, before it was first sent. */
  waited: boolean;
  /** Whether it waited while the app was away, before it was first sent. */
  held: boolean;
  end?: Ending;
}

/** What happened in a run so far. */
export interface RunRecord {
  /** Where the app has been, and from when on. */
  readonly lanes: { readonly lane: Lane; readonly from: number }[];
  readonly calls: CallRecord[];
}

/** Where a call is: not made yet, waiting for a place, held because the app is away, in a place, or at its end. */
export type CallState = 'unmade' | 'waiting' | 'held' | 'running' | 'ended';

export function laneAt({ lanes }: RunRecord, at: number): Lane {
  return lanes.findLast(({ from }) => from <= at)?.lane ?? 'front';
}

export function attemptAt({ attempts }: CallRecord, at: number): Attempt | undefined {
  return attempts.find(({ from, to = Infinity }) => from <= at && at < to);
}

export function stateAt(run: RunRecord, call: CallRecord, at: number): CallState {
  if (at < call.madeAt) return 'unmade';
  if (call.end && at >= call.end.at) return 'ended';
  if (attemptAt(call, at)) return 'running';
  const last = call.attempts.findLast(({ from }) => from <= at);
  // Between the end of an attempt that was not cut and the app's hearing of it, nothing is waited for.
  if (last && last.cut !== true) return 'ended';
  return laneAt(run, at) === 'front' ? 'waiting' : 'held';
}

/** The lowest place that nobody has. */
export function freePlace({ calls }: RunRecord): number {
  const taken = new Set(
    calls.flatMap(({ attempts }) => attempts.filter(({ to }) => to === undefined).map(({ place }) => place)),
  );
  let place = 1;
  while (taken.has(place)) place++;
  return place;
}
