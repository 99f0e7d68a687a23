import { readAppFolder } from '../miniprogram/app-folder.js';
import { shownPlace } from '../miniprogram/app-problem.js';
import type { RecordedError } from '../miniprogram/app-record.js';
import { createDriver, type AppDriver, type DriverTime } from '../miniprogram/driver.js';
import { createMiniProgram } from '../miniprogram/mini-program.js';
import type { ConsoleLevel } from '../miniprogram/phone-globals.js';
import { createSimulator } from '../simulator/create-simulator.js';
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
  const { page, console: said = () => {}, errors = 'fail' } = options;
  const app = readAppFolder(folder);
  const world = currentWorld();
  if (world && options.simulator)
    throw new TypeError('launch: a scenario has a phone of its own; give simulator to scenario(), not to launch()');

  const { appId, config } = app;
  const own = options.simulator ?? {};
  const simulator =
    world?.simulator ??
    createSimulator({
      networkTimeout: config.networkTimeout,
      ...(appId !== undefined && { appId }),
      urlCheck: own.domains !== undefined || own.envVersion === 'release',
      ...own,
    });
  const time: DriverTime = world
    ? { pass: world.advance, close: async () => {} }
    : { pass: passInReality, close: () => simulator.close() };
  const miniProgram = createMiniProgram({ folder: app, simulator, said, onThrown: () => {} });
  const driver = createDriver(miniProgram, simulator, time);
  try {
    miniProgram.start(page);
    await time.pass(0);
    if (errors === 'fail') failOn(driver.report().errors[0]);
  } catch (error) {
    await time.close();
    throw error;
  }
  return errors === 'fail' ? failing(driver) : driver;
}

const STEPS = ['open', 'call', 'back', 'hide', 'show', 'network', 'wait', 'waitFor'] as const;

/** Rejects each step in which the app throws what it does not catch. */
function failing(driver: AppDriver): AppDriver {
  const strict = Object.create(driver) as Record<string, unknown>;
  let seen = driver.report().errors.length;
  for (const name of STEPS) {
    const step = (driver[name] as (...args: unknown[]) => Promise<unknown>).bind(driver);
    strict[name] = async (...args: unknown[]) => {
      const result = await step(...args);
      const { errors } = driver.report();
      const error = errors[seen];
      seen = errors.length;
      failOn(error);
      return result;
    };
  }
  return strict as unknown as AppDriver;
}

function failOn(error: RecordedError | undefined): void {
  if (error) throw new Error(error.place ? `${error.message} (${shownPlace(error.place)})` : error.message);
}

/** What is due at once has a turn of its own on the phone; so has whoever waits for it. */
async function passInReality(ms: number): Promise<void> {
  await new Promise((resolve) => realSetTimeout(resolve, ms));
  await new Promise((resolve) => setImmediate(resolve));
}
