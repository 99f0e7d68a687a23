import { basename, extname } from 'node:path';
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
  await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw moduleProblem(error, path);
  });
  app.launch();
  app.openPages();
}

/** Of a script that is an ES module and is read as CommonJS: Node.js says what it is not, and `npm init` has said that it is. */
function moduleProblem(error: unknown, path: string): unknown {
  if (!(error instanceof SyntaxError) || !/import statement outside|Unexpected token 'export'/.test(error.message))
    return error;
  const file = basename(path);
  const told = new SyntaxError(
    `${file}: it has import or export, and package.json says "type": "commonjs"; name it ${basename(file, extname(file))}.mjs, or write require`,
    { cause: error },
  );
  told.stack = told.message;
  return told;
}
