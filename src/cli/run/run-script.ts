import { pathToFileURL } from 'node:url';
import type { AppRecord } from '../../miniprogram/app-record.js';
import { createStandIns } from '../../miniprogram/stand-ins.js';
import { wxTable } from '../../miniprogram/wx-typings.js';
import type { Simulator } from '../../simulator/create-simulator.js';
import { appGlobals } from './app-globals.js';

/** Runs a script of Node.js with the simulator as the global `wx`, and what it registers as an app. */
export async function runScript(path: string, simulator: Simulator, record: AppRecord): Promise<void> {
  const { scheduler, wx } = simulator;
  const standIns = createStandIns({ table: wxTable(), scheduler, used: record.standIn, scripted: () => undefined });
  const app = appGlobals({ ...standIns, ...wx });
  Object.assign(globalThis, app.globals);
  await import(pathToFileURL(path).href);
  app.launch();
  app.openPages();
}
