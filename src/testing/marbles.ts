import { asapScheduler, asyncScheduler, type Observable } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import type { AppState } from '../platform/app-state.js';
import type { NetworkStatus } from '../platform/wx.js';
import type { SimulatedWx, Simulator } from '../simulator/create-simulator.js';
import { BoundedTestScheduler } from './bounded-test-scheduler.js';
import { setFrameLength } from './frame-length.js';
import { enterPhone } from './global-wx.js';
import { kitSettings, type KitOptions } from './kit-options.js';
import { appLane$, networkLane$ } from './lanes.js';
import { recordsOf } from './keep-records.js';
import { createPhone, type Phone } from './phone.js';
import type { ScriptedRoute } from './route.js';
import type { ScriptedServer } from './server.js';
import type { Stage } from './stage.js';

/** The usual helpers, and the platform's own beside them. */
export interface MarbleHelpers extends RunHelpers {
  /** The platform's object, of a phone whose server is `server`. */
  readonly wx: SimulatedWx;
  /** What the phone's calls arrive at. */
  readonly server: ScriptedServer;
  /** The phone itself. Pass `simulator.scheduler` to code whose timers are to stop while the app is suspended. */
  readonly simulator: Simulator;
  /** The app's lifecycle: `h` hides it, `s` shows it; in front until then, unless the first character is `h`. */
  app(marbles: string): Observable<AppState>;
  /** The connection: `o` takes it away, `w` makes it weak, `b` brings it back; Wi-Fi until then, unless the first character says otherwise. */
  network(marbles: string): Observable<NetworkStatus>;
  /**
   * The calls of a route as subscription marbles, one string a call: `'^--!'` came in frame 0 and was cut off in
   * frame 3, by the app's abort, the background or a deadline. No `!`: it was answered, or runs on.
   */
  expectCalls(route: Pick<ScriptedRoute, 'calls'>): { toBe(marbles: string | readonly string[]): void };
}

/**
 * Runs a test body in virtual time. One character is one millisecond, if `frameMs` does not say otherwise.
 *
 * ```text
 * app      ---h----s
 * server   --r|
 * result   ---r
 * ```
 *
 * @example
 * ```ts
 * it('loads the users', marbles(({ wx, server, expectObservable }) => {
 *   server.get('https://api.example.com/users').replies('--r|', { r: json([{ id: 1 }]) });
 *   const users$ = loadUsers(createHttp(createNetwork({ wx })));
 *
 *   expectObservable(users$).toBe('---(u|)', { u: [{ id: 1 }] });
 * }));
 * ```
 *
 * @returns A function for your runner's `it`, which throws what the body throws, a difference, or what the server has
 * to say: calls that nobody promised an answer to, promises that nobody claimed. It throws, too, where something schedules
 * itself again and again without a delay, so that time stands still.
 */
export function marbles(body: (helpers: MarbleHelpers) => void, options: KitOptions = {}): () => void {
  const recordsOfRun = recordsOf(options.recordsFolder);
  return () => {
    const settings = kitSettings(options);
    const records = recordsOfRun();
    let phone: Phone | undefined;
    let leavePhone = () => {};
    try {
      const scheduler = new BoundedTestScheduler(settings.assertDeepEqual);
      scheduler.run((helpers) => {
        setFrameLength(settings.frameMs);
        const stage: Stage = {
          scheduler: asyncScheduler,
          now: () => scheduler.now(),
          cold: helpers.cold as Stage['cold'],
          hot: (lane) => helpers.hot(lane),
        };
        phone = createPhone(settings, stage, records);
        const run = phone;
        leavePhone = enterPhone(run);
        body(withPhone(helpers, run, stage));
      });
    } catch (error) {
      void records?.write();
      // A call to an unknown address explains the difference that it made, so it goes first.
      phone?.verify(error);
      throw error;
    } finally {
      leavePhone();
      phone?.leave();
      // asap is one global queue: what a red test leaves in it must not redden the next.
      if (asapScheduler.actions.length > 0) asapScheduler.flush();
    }
    try {
      phone?.verify();
    } catch (error) {
      void records?.write();
      throw error;
    }
  };
}

function withPhone(helpers: RunHelpers, phone: Phone, stage: Stage): MarbleHelpers {
  return {
    ...helpers,
    server: phone.server,
    get simulator() {
      return phone.simulator;
    },
    get wx() {
      return phone.simulator.wx;
    },
    app: (lane) => appLane$(stage, phone.lanes, lane),
    network: (lane) => networkLane$(stage, phone.lanes, lane),
    expectCalls: (route) => ({
      toBe: (marbles) =>
        helpers.expectSubscriptions(route.calls).toBe(typeof marbles === 'string' ? marbles : [...marbles]),
    }),
  };
}
