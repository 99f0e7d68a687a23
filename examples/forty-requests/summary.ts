import type { Outcome } from './app.js';
import type { CallRecord, RunRecord } from './run-record.js';

/** The figures of a run. */
export interface Summary {
  readonly requests: number;
  /** What the server saw, not what we counted. */
  readonly maxInFlight: number;
  /** Calls that had to wait for a place, or for the return. */
  readonly queued: number;
  /** Calls that the background cut. */
  readonly interrupted: number;
  /** Calls that waited while the app was away. */
  readonly held: number;
  /** Calls that were sent again after they were cut. */
  readonly replayed: number;
  /** Refusals by rule. */
  readonly refused: Counts;
  /** Answers that arrived as text or JSON. */
  readonly decoded: number;
  /** The charsets that they came in. */
  readonly charsets: Counts;
  readonly statuses: Counts;
  /** Requests that reached the server while the app was suspended: none may. */
  readonly reachedWhileSuspended: number;
  /** How calls ended that got no usable answer, by code. */
  readonly errors: Counts;
  readonly seconds: number;
}

interface Counts {
  readonly [name: string]: number;
}

/** What the server saw. */
export interface Seen {
  readonly maxInFlight: number;
  readonly reachedWhileSuspended: number;
}

export function summaryOf({ calls }: RunRecord, outcomes: readonly Outcome[], seen: Seen, endedAt: number): Summary {
  const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
  const answers = outcomes.flatMap((outcome) => ('response' in outcome ? [outcome.response] : []));
  const count = (test: (call: CallRecord) => boolean) => calls.filter(test).length;

  const replayed = count(({ attempts }) => attempts.length > 1);

  return {
    requests: calls.length,
    maxInFlight: seen.maxInFlight,
    queued: count(({ waited, held }) => waited || held),
    interrupted: replayed + errors.filter(({ code }) => code === 'interrupted').length,
    held: count(({ held }) => held),
    replayed,
    refused: counted(errors.flatMap(({ code, rule }) => (code === 'domain-not-allowed' && rule ? [rule] : []))),
    decoded: answers.filter(({ decodedBy }) => decodedBy !== undefined).length,
    charsets: counted(answers.flatMap(({ charset }) => (charset === undefined ? [] : [charset]))),
    statuses: counted(answers.map(({ status }) => String(status))),
    reachedWhileSuspended: seen.reachedWhileSuspended,
    errors: counted(errors.map(({ code }) => code)),
    seconds: Number((endedAt / 1_000).toFixed(1)),
  };
}

/** The figures, for people. */
export function summaryLines(summary: Summary): string[] {
  const { requests, maxInFlight, queued, interrupted, held, replayed, reachedWhileSuspended, seconds } = summary;
  const { refused, statuses, errors, decoded, charsets } = summary;
  const list = (counts: Counts) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} x ${count}`)
      .join(', ');
  return [
    `${requests} requests in ${seconds} s`,
    `  at the server   at most ${maxInFlight} at once; ${reachedWhileSuspended} while the app was suspended`,
    `  waited          ${queued}, of which ${held} while the app was away`,
    `  interrupted     ${interrupted}, of which ${replayed} were sent again`,
    `  refused         ${list(refused)}`,
    `  answered        ${list(statuses)}; ${decoded} decoded: ${list(charsets)}`,
    `  errors          ${list(errors)}`,
  ];
}

function counted(keys: readonly string[]): Counts {
  const counts: { [key: string]: number } = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
