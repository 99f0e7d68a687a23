import { readAppFolder } from '../miniprogram/app-folder.js';
import { shownPlace } from '../miniprogram/app-problem.js';
import type { RecordedError } from '../miniprogram/app-record.js';
import { createDriver, type AppDriver, type DriverTime } from '../miniprogram/driver.js';
import { createMiniProgram } from '../miniprogram/mini-program.js';
import { createSimulator } from '../simulator/create-simulator.js';
import type { CurrentWorld } from './current-world.js';
import type { LaunchOptions } from './launch.js';

/** Launches an app on the phone of a scenario, or on one of its own. */
export async function launchApp(
  folder: string,
  options: LaunchOptions,
  world: CurrentWorld | undefined,
  passInReality: DriverTime['pass'],
): Promise<AppDriver> {
  const { page, console: said = () => {}, errors = 'fail' } = options;
  const app = readAppFolder(folder);

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
