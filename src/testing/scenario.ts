import { asapScheduler, type Observable, type SchedulerLike } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { AppState } from '../platform/app-state.js';
import type { NetworkStatus } from '../platform/wx.js';
import type { SimulatedWx, Simulator } from '../simulator/create-simulator.js';
import { enterWorld } from './current-world.js';
import { withFrameLength } from './frame-length.js';
import { enterPhone } from './global-wx.js';
import { kitSettings, type KitOptions } from './kit-options.js';
import { appLane$, networkLane$ } from './lanes.js';
import { recordsOf, type KeptRecords } from './keep-records.js';
import { createPhone } from './phone.js';
import type { ScriptedRoute } from './route.js';
import type { ScriptedServer } from './server.js';
import { createVirtualClock, takeTimers } from './virtual-clock.js';

// Of the runner, not of the scenario.
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;

/** What a scenario is told with. */
export interface ScenarioHelpers {
  /** The platform's object, of a phone whose server is `server`. */
  readonly wx: SimulatedWx;
  /** What the phone's calls arrive at. */
  readonly server: ScriptedServer;
  readonly simulator: Simulator;
  /** The clock, for code that takes one. `setTimeout`, `Date.now` and rxjs are on it anyway. */
  readonly scheduler: SchedulerLike;
  /** Hides (`h`) and shows (`s`) the app, as drawn from now on. */
  app(marbles: string): Observable<AppState>;
  /** Takes the connection away (`o`), makes it weak (`w`), brings it back (`b`), as drawn from now on. */
  network(marbles: string): Observable<NetworkStatus>;
  /** Lets so much time pass, in milliseconds. In every frame promises settle before the clock goes on. */
  advance(ms: number): Promise<void>;
  /** Milliseconds since the scenario began. */
  now(): number;
  /** What has become of a route's calls so far, as subscription marbles: see {@link MarbleHelpers.expectCalls}. */
  expectCalls(route: Pick<ScriptedRoute, 'calls'>): { toBe(marbles: string | readonly string[]): void };
}

/** How a scenario is run. */
export interface ScenarioOptions extends KitOptions {
  /** How long the body may wait, in real milliseconds, without letting the clock go on. @defaultValue `2000` */
  readonly patienceMs?: number | undefined;
}

/**
 * Tells a story with promises in it: for code on any other client than streams. The server and the rules are those of
 * {@link marbles}; the clock goes on when the body says so.
 *
 * ```text
 * app      ---h----s
 * server   --r|
 * body     ^ await advance(3) ──▶ the promise has settled
 * ```
 *
 * @example
 * ```ts
 * it('loads the users', () => scenario(async ({ wx, server, advance }) => {
 *   server.get('https://api.example.com/users').replies('--r|', { r: json([{ id: 1 }]) });
 *   const users = loadUsers(clientOn(wx));
 *   await advance(3);
 *
 *   assert.deepStrictEqual(await users, [{ id: 1 }]);
 * }));
 * ```
 *
 * @returns A promise that fails with what the body fails with, or with what the server has to say.
 */
export async function scenario(
  body: (helpers: ScenarioHelpers) => Promise<void> | void,
  options: ScenarioOptions = {},
): Promise<void> {
  const records = recordsOf(options.recordsFolder)();
  try {
    await told(body, options, records);
  } catch (error) {
    // The clock is the real one again, and the test ends when they are written.
    await records?.write();
    throw error;
  }
}

async function told(
  body: (helpers: ScenarioHelpers) => Promise<void> | void,
  options: ScenarioOptions,
  records: KeptRecords | undefined,
): Promise<void> {
  const { patienceMs = 2_000, ...kitOptions } = options;
  const settings = kitSettings(kitOptions);
  const clock = createVirtualClock(settings.frameMs);
  const phone = createPhone(settings, clock, records);
  const giveBackTimers = takeTimers(clock);
  const leavePhone = enterPhone(phone);
  const patienceTimer = createPatienceTimer(patienceMs, clock.now);

  const helpers: ScenarioHelpers = {
    server: phone.server,
    get simulator() {
      return phone.simulator;
    },
    get wx() {
      return phone.simulator.wx;
    },
    scheduler: clock.scheduler,
    app: (lane) => appLane$(clock, phone.lanes, lane),
    network: (lane) => networkLane$(clock, phone.lanes, lane),
    advance: (ms) => patienceTimer.during(clock.advance(ms)),
    now: clock.now,
    expectCalls: (route) => ({
      toBe: (marbles) => settings.assertDeepEqual([...route.calls], callsOf(marbles, settings.frameMs)),
    }),
  };

  const leaveWorld = enterWorld({
    get simulator() {
      return phone.simulator;
    },
    advance: (ms) => helpers.advance(ms),
  });

  try {
    await Promise.race([body(helpers), patienceTimer.lost]);
  } catch (error) {
    phone.verify(error);
    throw error;
  } finally {
    patienceTimer.end();
    leavePhone();
    leaveWorld();
    phone.leave();
    giveBackTimers();
    if (asapScheduler.actions.length > 0) asapScheduler.flush();
  }
  phone.verify();
}

function callsOf(marbles: string | readonly string[], frameMs: number): unknown[] {
  const all = typeof marbles === 'string' ? [marbles] : marbles;
  return withFrameLength(frameMs, () => all.map((one) => TestScheduler.parseMarblesAsSubscriptions(one, true)));
}

/** Some runners wait for ever, and none of them can say that it is the clock that stands still. */
function createPatienceTimer(patienceMs: number, now: () => number) {
  let lose: (error: Error) => void = () => {};
  const lost = new Promise<never>((_resolve, reject) => {
    lose = reject;
  });
  let timer: ReturnType<typeof realSetTimeout> | undefined;
  let over = false;

  const wait = () => {
    realClearTimeout(timer);
    if (over) return;
    timer = realSetTimeout(() => {
      const hint = 'the clock goes on only in `await advance(ms)`; advance before you await what needs time';
      lose(
        new Error(
          `scenario: nothing has happened for ${patienceMs} ms of real time, at ${now()} ms of its own: ${hint}`,
        ),
      );
    }, patienceMs);
  };
  wait();

  return {
    lost,
    end: () => {
      over = true;
      realClearTimeout(timer);
    },
    during: async (going: Promise<void>) => {
      realClearTimeout(timer);
      try {
        await going;
      } finally {
        wait();
      }
    },
  };
}
