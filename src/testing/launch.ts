import type { AppDriver } from '../miniprogram/driver.js';
import type { ConsoleLevel } from '../miniprogram/phone-globals.js';
import type { SimulatorOptions } from '../simulator/options.js';
import { currentWorld } from './current-world.js';

// Of the runner, not of a scenario or of fake timers.
const { setTimeout: realSetTimeout } = globalThis;

/** How an app is launched. */
export interface LaunchOptions {
  /** The page that the user enters by, with its query. @defaultValue the first of `app.json` */
  readonly page?: string | undefined;
  /**
   * The phone, where no scenario is running, which has its own. Without `domains` no list is checked.
   * @defaultValue what `app.json` and `project.config.json` say
   */
  readonly simulator?: SimulatorOptions | undefined;
  /** Gets what the app writes to its console. @defaultValue nobody does */
  readonly console?: ((level: ConsoleLevel, line: string) => void) | undefined;
  /**
   * What an error that the app does not catch is: `'fail'` rejects the step in which it came, `'record'` only writes it down
   * in `report().errors`. @defaultValue `'fail'`
   */
  readonly errors?: 'fail' | 'record' | undefined;
}

/**
 * Launches a mini program as a phone does, without drawing it: its modules, `App`, its pages and components, on the
 * simulator. Within `scenario()` it is on that scenario's phone, server and clock, and each step lets virtual time pass; else
 * it runs in real time.
 *
 * ```text
 * launch   onLaunch ─ onShow ─ first page: onLoad ─ onShow ─ onReady
 * open     onHide of the page before ─ onLoad ─ onShow ─ onReady
 * hide     onHide ─ (5 s: suspended, BG-1) ─ onShow
 * ```
 *
 * @example
 * ```ts
 * it('loads the list again after the app was away', () => scenario(async ({ server }) => {
 *   server.get('https://api.example.com/items').alwaysReplies('--r|', { r: json([{ id: 1 }]) });
 *   const app = await launch('./dist');
 *   await app.open('/pages/list/list');
 *   await app.hide(6_000);
 *   await app.wait(10);
 *
 *   app.expect({ call: 'GET https://api.example.com/items', status: 200, times: 2 });
 *   app.expect('no refusal');
 * }));
 * ```
 *
 * @param folder - Of `app.json`, or of `project.config.json`.
 * @returns What a user does with the app. A step rejects with what the app throws meanwhile.
 */
export async function launch(folder: string, options: LaunchOptions = {}): Promise<AppDriver> {
  const world = currentWorld();
  if (world && options.simulator)
    throw new TypeError('launch: a scenario has a phone of its own; give simulator to scenario(), not to launch()');
  // What reads and runs an app is loaded by who launches one: a suite loads the kit anew for each test file (decisions/0039).
  const { launchApp } = await import('./launch-app.js');
  return launchApp(folder, options, world, passInReality);
}

/** What is due at once has a turn of its own on the phone; so has whoever waits for it. */
async function passInReality(ms: number): Promise<void> {
  await new Promise((resolve) => realSetTimeout(resolve, ms));
  await new Promise((resolve) => setImmediate(resolve));
}
