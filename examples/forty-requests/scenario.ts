import { defer, lastValueFrom, tap, toArray } from 'rxjs';
import type { HttpInterceptor } from '../../src/index.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorEvent } from '../../src/simulator/events.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { createApp, type App, type CallGroup, type Outcome } from './app.js';
import { described, endingOf, shortened } from './outcome.js';
import { freePlace, laneAt, type Attempt, type CallRecord, type Lane, type RunRecord } from './run-record.js';
import { startServer } from './server.js';
import type { Step } from './step.js';
import { summaryOf, type Summary } from './summary.js';

/** Somebody who looks on. */
export interface Spectator {
  /** Whose phone it is. */
  readonly phone?: PhoneName;
  /** The run begins. The record grows while it goes on; `now` tells its time, in milliseconds. */
  readonly onBegin?: (run: RunRecord, now: () => number) => void;
  readonly onStep: (step: Step) => void;
}

/** How it all came out. */
export interface Finished {
  readonly run: RunRecord;
  readonly endedAt: number;
  readonly summary: Summary;
}

const HIDE_AFTER_MS = 1_000;
const AWAY_MS = 6_500;
const BASE = 'https://api.example.com';

/** Runs the app on the simulator against the server: it is hidden after a second and comes back six and a half later. */
export async function runScenario({ phone, onBegin, onStep }: Spectator): Promise<Finished> {
  const server = await startServer();
  const simulator = createSimulator({
    phone,
    domains: { request: [BASE] },
    lookup: (host) => (host === 'api.example.com' ? { address: '127.0.0.1', port: server.port } : undefined),
    ca: server.ca,
  });

  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const run: RunRecord = { lanes: [{ lane: 'front', from: 0 }], calls: [] };
  const byUrl = new Map<string, CallRecord>();
  const attempts = new Map<number, Attempt>();

  const step = (what: string, call?: CallRecord) =>
    onStep({ at: now(), lane: laneAt(run, now()), number: call?.number, what });
  const waiting = () => run.calls.filter(({ attempts: { length }, end }) => length === 0 && !end);
  const enter = (lane: Lane) => run.lanes.push({ lane, from: now() });

  // Sees each call once, in the turn in which the app makes it.
  const watch: HttpInterceptor = (request, next) =>
    defer(() => {
      const { url, priority = 'normal' } = request;
      const name = shortened(url);
      const call: CallRecord = {
        number: run.calls.length + 1,
        name,
        group: groupOf(app, name),
        priority,
        madeAt: now(),
        attempts: [],
        waited: false,
        held: laneAt(run, now()) !== 'front',
      };
      run.calls.push(call);
      byUrl.set(url, call);
      return next(request);
    });

  const app: App = createApp(simulator.wx, simulator.scheduler, watch, HIDE_AFTER_MS);

  const record = (event: SimulatorEvent) => {
    if (event.type === 'called') {
      const call = byUrl.get(event.url);
      if (!call) return;
      step(`${call.attempts.length > 0 ? 'sent again' : 'sent'}  ${call.name}`, call);
      const attempt: Attempt = { from: now(), place: freePlace(run) };
      call.attempts.push(attempt);
      attempts.set(event.id, attempt);
    } else if (event.type === 'settled') {
      const attempt = attempts.get(event.id);
      if (!attempt) return;
      attempt.to = now();
      // The app counts the same five seconds: on a slow machine it now and then ends the call before the phone does.
      const isEndedByApp = /abort/.test(event.errMsg ?? '') && laneAt(run, now()) !== 'front';
      attempt.cut = event.rule === 'BG-1' || isEndedByApp;
    } else if (event.type === 'hidden') {
      enter('hidden');
      for (const call of waiting()) call.held = true;
      step(`the app is hidden; ${waiting().length} calls are held`);
    } else if (event.type === 'suspended') {
      enter('asleep');
      step('five seconds later: what runs is cut, the app stops');
    } else if (event.type === 'shown') {
      enter('front');
      step(`the app is back after ${(event.awayMs / 1_000).toFixed(1)} s`);
    }
  };
  simulator.events$.subscribe(record);

  const end = (outcome: Outcome) => {
    const { url } = outcome.request;
    const call = byUrl.get(url.includes('://') ? url : `${BASE}${url}`);
    if (call) call.end = { at: now(), ...endingOf(outcome) };
    step(`${described(outcome)}  ${shortened(url)}`, call);
  };

  const timers = [
    setTimeout(() => simulator.enterBackground(), HIDE_AFTER_MS),
    setTimeout(() => simulator.enterForeground(), HIDE_AFTER_MS + AWAY_MS),
  ];

  try {
    onBegin?.(run, now);
    const all = lastValueFrom(app.run$.pipe(tap(end), toArray()), { defaultValue: [] });
    for (const call of waiting()) call.waited = true;
    const { running } = app.network.requestQueue.snapshot();
    step(`${run.calls.length} calls are made: ${running} run, ${waiting().length} wait`);

    const outcomes = await all;
    const endedAt = now();
    const [, , asleep, back] = run.lanes;
    const whileSuspended = (at: number) =>
      at - startedAt > (asleep?.from ?? Infinity) && at - startedAt < (back?.from ?? Infinity);
    const reachedWhileSuspended = server.arrivals.filter(whileSuspended).length;
    const seen = { maxInFlight: server.maxInFlight(), reachedWhileSuspended };
    return { run, endedAt, summary: summaryOf(run, outcomes, seen, endedAt) };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    await simulator.close();
    await server.stop();
  }
}

function groupOf({ groups }: App, name: string): CallGroup {
  const found = groups.find(({ requests }) => requests.some(({ url }) => shortened(url) === name));
  return found ?? { title: name, requests: [] };
}
