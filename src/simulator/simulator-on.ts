import { Subject, type Observable, type SchedulerLike } from 'rxjs';
import type { NetworkType } from '../platform/wx.js';
import type { HideReason } from './apis/app-events.js';
import type { MemoryLevel } from './apis/memory-warning.js';
import { startApp } from './app.js';
import { createAnswerCache } from './cache/answer-cache.js';
import type { Report, SimulatorEvent } from './events.js';
import type { Device } from './device.js';
import { inspect, type Inspection, type InspectOptions } from './inspect.js';
import { createStorage } from './files/storage.js';
import { networkChangeOf, type NetworkChange } from './network-change.js';
import { oneOf, type OptionRule } from './option-rule.js';
import type { Settings } from './settings.js';
import { shown } from './shown.js';
import type { SimulatedWx } from './simulated-wx.js';
import { createValueStore } from './values/value-store.js';
import { conditionsOf } from './wires/conditions.js';
import { shapedWire } from './wires/shaped.js';
import type { Wire } from './wires/wire.js';

/** A phone with one mini program in it. */
export interface Simulator {
  /** Of the app that runs; another after each `restart()`. */
  readonly wx: SimulatedWx;
  /** The app's own clock, another after each `restart()`. It stops while the app is suspended; what fell due runs on return, right after `onAppShow`. */
  readonly scheduler: SchedulerLike;
  /** Everything that happens, from now on; hot. Completes on `close()`. */
  readonly events$: Observable<SimulatorEvent>;
  /** Hides the app; nothing, if it is hidden. Suspends it five seconds later (BG-1). */
  enterBackground(reason?: HideReason): void;
  /** Brings it back; nothing, if it is in front. */
  enterForeground(): void;
  /**
   * Connects the device in another way, or not at all (`'none'`: running calls fail); or makes the connection better or worse:
   * `{ networkType: '2g', weak: true, rttMs: 800 }`. What is not named stays.
   */
  setNetwork(network: NetworkType | NetworkChange): void;
  /**
   * Kills the app, as the user, a lack of memory, or half an hour in the background does; nothing, if it is gone. From this
   * very turn on nothing is called back, its timers on `scheduler` never fire, its connections are cut, and what it calls on
   * its old `wx` reaches nobody. What it has stored stays.
   */
  destroy(): void;
  /**
   * Tells the app that memory is short (`wx.onMemoryWarning`). Whether it survives, you say: `destroy()`.
   *
   * @param level - As Android has it, 5, 10 or 15; the others tell none. @defaultValue 10
   */
  warnOfMemory(level?: MemoryLevel): void;
  /** Takes all values of `wx.setStorage` away, as the system does for lack of space (the app is not told), or a user who removes the app. */
  clearStorage(): void;
  /** Starts the app anew on the same device, killing it first if it runs. @returns its `wx`, which is `wx` from now on */
  restart(): SimulatedWx;
  /**
   * Opens the page of `rx-miniprogram inspect` over all that the app does from now on, by whatever client: calls, sockets, the
   * lifecycle, the network; with buttons for offline and background. Simulators of one process share a page. It keeps no process alive.
   *
   * ```text
   * app      ──c1──c2───s1──h──▶
   * page       ▬▬▬▬ c1  ▬▬ c2  ▬▬▬▬▬ s1   ░░ in the background
   * ```
   *
   * @example
   * ```ts
   * const { url, close } = await simulator.inspect({ name: 'shop' });
   * console.log(url);
   * ```
   *
   * @throws TypeError when an option is not what it should be. What it returns rejects when the port is taken.
   */
  inspect(options?: InspectOptions): Promise<Inspection>;
  /** Aborts all calls, ends all sockets, tells the app of it and completes `events$`. Later calls fail as aborted. */
  close(): Promise<void>;
}

/**
 * Makes a simulator on a wire that is there already: the kit, whose wires are scripts, loads no HTTP client.
 *
 * @param closeWire - Ends the wire with the simulator; whoever lent it ends it otherwise.
 */
export function simulatorOn(settings: Settings, wire: Wire, closeWire?: () => Promise<void>): Simulator {
  const { scheduler } = settings;
  const storage = createStorage(settings);
  const values = createValueStore(
    settings.storage,
    settings.storage.inMemory ? undefined : settings.storageFolder,
    // A plugin has a store of its own.
    settings.runsAs === 'plugin' ? `values-${encodeURIComponent(settings.plugin.appId)}` : 'values',
  );
  const happened$ = new Subject<SimulatorEvent>();
  let { networkType } = settings;
  let conditions = conditionsOf(settings.network);
  let lastId = 0;
  let operation = 0;
  let write = 0;
  let closed = false;

  const report: Report = (event) => {
    if (happened$.observed) happened$.next({ ...event, at: scheduler.now() });
  };
  const device: Device = {
    settings,
    wire: shapedWire(wire, () => conditions, scheduler),
    storage,
    values,
    countStorage: (writes) => ({ operation: ++operation, write: writes ? ++write : 0 }),
    report,
    nextId: () => ++lastId,
    networkType: () => networkType,
    conditions: () => conditions,
    logins: { count: 0 },
    fetchToken: { value: '' },
    answers: createAnswerCache(),
    restart: () => void restart(),
  };
  let app = startApp(device);

  const refuseIfClosed = () => {
    if (closed) throw new Error('restart: the simulator has been closed; make another');
  };
  const restart = () => {
    refuseIfClosed();
    const before = app;
    before.destroy();
    // Whoever heard of its death may have closed the simulator, or started the next app.
    refuseIfClosed();
    if (app !== before) return app.wx;
    app = startApp(device);
    report({ type: 'restarted' });
    return app.wx;
  };

  const simulator: Simulator = {
    get wx() {
      return app.wx;
    },
    get scheduler() {
      return app.clock.scheduler;
    },
    events$: happened$.asObservable(),
    enterBackground: (reason = 0) => {
      checkArgument('enterBackground: reason', reason, REASONS);
      app.hide(reason);
    },
    enterForeground: () => app.show(),
    setNetwork: (given) => {
      const { networkType: next = networkType, ...changed } = networkChangeOf(given);
      if (closed) return;
      const { weak } = conditions;
      conditions = conditionsOf(changed, conditions);
      if (next !== networkType) {
        networkType = next;
        report({ type: 'network', networkType });
        app.networkChanged(next);
      }
      if (conditions.weak !== weak) app.weakened(conditions.weak);
    },
    warnOfMemory: (level = 10) => {
      checkArgument('warnOfMemory: level', level, LEVELS);
      app.warnOfMemory(level);
    },
    clearStorage: () => void values.remove(values.keys()),
    destroy: () => app.destroy(),
    restart,
    inspect: (options) => inspect(simulator, options),
    close: () => {
      closed = true;
      app.close();
      storage.close();
      happened$.complete();
      // eslint-disable-next-line no-restricted-syntax -- for the caller to await; no rule waits for it
      return closeWire?.() ?? Promise.resolve();
    },
  };
  return simulator;
}

const REASONS = oneOf(0, 1, 2, 3);
const LEVELS = oneOf(10, 5, 15);

/** @throws TypeError that says what was expected and what came. */
function checkArgument(name: string, value: unknown, { accepts, expected }: OptionRule<unknown>): void {
  if (!accepts(value)) throw new TypeError(`${name}: expected ${expected}; got ${shown(value)}`);
}
