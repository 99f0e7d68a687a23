import { defer, lastValueFrom, tap, toArray } from 'rxjs';
import type { HttpInterceptor } from '../../src/index.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import { createApp, type Outcome } from './app.js';
import { startServer } from './server.js';

/** Where the app is: in front, hidden with its code still running, or suspended. */
export type Lane = 'front' | 'hidden' | 'asleep';

/** Something worth a line. */
export interface Step {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly lane: Lane;
  /** The number of the request, from 1; `undefined` for what concerns the app. */
  readonly number?: number | undefined;
  readonly what: string;
}

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
  readonly refused: { readonly [rule: string]: number };
  /** Answers that arrived as text or JSON. */
  readonly decoded: number;
  readonly statuses: { readonly [status: string]: number };
  /** Requests that reached the server while the app was suspended: none may. */
  readonly reachedWhileSuspended: number;
  /** How calls ended that got no usable answer, by code. */
  readonly errors: { readonly [code: string]: number };
  readonly seconds: number;
}

const HIDE_AFTER_MS = 1_000;
const AWAY_MS = 6_500;

/** Runs the app on the simulator against the server: it is hidden after a second and comes back six and a half later. */
export async function runScenario(onStep: (step: Step) => void): Promise<Summary> {
  const server = await startServer();
  const simulator = createSimulator({
    domains: { request: ['https://api.example.com'] },
    lookup: (host) => (host === 'api.example.com' ? { address: '127.0.0.1', port: server.port } : undefined),
    ca: server.ca,
  });

  const startedAt = performance.now();
  const calls = new Map<string, Call>();
  let lane: Lane = 'front';
  let suspendedFrom = Infinity;
  let suspendedTo = Infinity;

  const step = (what: string, call?: Call) =>
    onStep({ at: performance.now() - startedAt, lane, number: call?.number, what });
  const waiting = () => [...calls.values()].filter(({ sent, ended }) => sent === 0 && !ended);

  // Sees each call once, in the turn in which the app makes it.
  const watch: HttpInterceptor = (request, next) =>
    defer(() => {
      const call: Call = { number: calls.size + 1, sent: 0, waited: false, held: lane !== 'front', ended: false };
      calls.set(request.url, call);
      return next(request).pipe(tap({ finalize: () => (call.ended = true) }));
    });

  const app = createApp(simulator.wx, simulator.scheduler, watch, HIDE_AFTER_MS);

  simulator.events$.subscribe((event) => {
    if (event.type === 'called') {
      const call = calls.get(event.url);
      if (call) step(`${call.sent++ > 0 ? 'sent again' : 'sent'}  ${shortened(event.url)}`, call);
    } else if (event.type === 'hidden') {
      lane = 'hidden';
      for (const call of waiting()) call.held = true;
      step(`the app is hidden; ${waiting().length} calls are held`);
    } else if (event.type === 'suspended') {
      lane = 'asleep';
      suspendedFrom = performance.now();
      step('five seconds later: what runs is cut, the app stops');
    } else if (event.type === 'shown') {
      lane = 'front';
      suspendedTo = performance.now();
      step(`the app is back after ${(event.awayMs / 1_000).toFixed(1)} s`);
    }
  });

  const timers = [
    setTimeout(() => simulator.enterBackground(), HIDE_AFTER_MS),
    setTimeout(() => simulator.enterForeground(), HIDE_AFTER_MS + AWAY_MS),
  ];

  try {
    const run = lastValueFrom(
      app.run$.pipe(
        tap((outcome) =>
          step(`${described(outcome)}  ${shortened(outcome.request.url)}`, calls.get(absolute(outcome.request.url))),
        ),
        toArray(),
      ),
      { defaultValue: [] },
    );
    for (const call of waiting()) call.waited = true;
    step(`${calls.size} calls are made: ${app.network.requestQueue.snapshot().running} run, ${waiting().length} wait`);

    const outcomes = await run;
    const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
    const answers = outcomes.flatMap((outcome) => ('response' in outcome ? [outcome.response] : []));
    const count = (test: (call: Call) => boolean) => [...calls.values()].filter(test).length;
    const replayed = count(({ sent }) => sent > 1);

    return {
      requests: calls.size,
      maxInFlight: server.maxInFlight(),
      queued: count(({ waited, held }) => waited || held),
      interrupted: replayed + errors.filter(({ code }) => code === 'interrupted').length,
      held: count(({ held }) => held),
      replayed,
      refused: counted(errors.flatMap(({ code, rule }) => (code === 'domain-not-allowed' && rule ? [rule] : []))),
      decoded: answers.filter(({ decodedBy }) => decodedBy !== undefined).length,
      statuses: counted(answers.map(({ status }) => String(status))),
      reachedWhileSuspended: server.arrivals.filter((at) => at > suspendedFrom && at < suspendedTo).length,
      errors: counted(errors.map(({ code }) => code)),
      seconds: Number(((performance.now() - startedAt) / 1_000).toFixed(1)),
    };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    await simulator.close();
    await server.stop();
  }
}

interface Call {
  readonly number: number;
  /** How often the platform got it. */
  sent: number;
  /** Whether it had to wait for a place. */
  waited: boolean;
  /** Whether it waited while the app was away. */
  held: boolean;
  ended: boolean;
}

function described(outcome: Outcome): string {
  if ('error' in outcome) {
    const { code, rule, response } = outcome.error;
    // The entry with the decoder does not exist yet; until it does, the bytes are all there is.
    if (code === 'decode') return `needs the GB18030 decoder, bytes kept: ${byteLengthOf(response)}`;
    return `${code === 'domain-not-allowed' ? 'refused' : code}${rule === undefined ? '' : ` [${rule}]`}`;
  }
  const { status, timing, cookies, decodedBy } = outcome.response;
  const notes = [`${status}`, `${Math.round(timing.durationMs)} ms`];
  if (cookies.length > 0) notes.push(`${cookies.length} cookies`);
  if (decodedBy === 'library') notes.push('decoded here');
  return notes.join(', ');
}

function byteLengthOf(response: unknown): number {
  const { body } = response as { readonly body: ArrayBuffer };
  return body.byteLength;
}

function counted(keys: readonly string[]): { readonly [key: string]: number } {
  const counts: { [key: string]: number } = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

const BASE = 'https://api.example.com';

function absolute(url: string): string {
  return url.includes('://') ? url : `${BASE}${url}`;
}

function shortened(url: string): string {
  return url.replace(`${BASE}/`, '/').replace(/\?.*$/, '');
}
