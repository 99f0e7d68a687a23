import { setTimeout as later } from 'node:timers/promises';
import type { ThrownInApp } from '../../miniprogram/app-error.js';
import { createDriver } from '../../miniprogram/driver.js';
import type { MiniProgram } from '../../miniprogram/mini-program.js';
import { runStep, type Step } from '../../miniprogram/steps.js';
import type { Simulator } from '../../simulator/create-simulator.js';

/** What the user does with the app. */
export interface UserPlan {
  /** The page to begin with. @defaultValue the first */
  readonly page: string | undefined;
  /** Whether to open every page, one after the other. */
  readonly visitAll: boolean;
  readonly steps: readonly Step[];
}

/** How long a page is looked at, when all are visited. Milliseconds. */
const LOOK_MS = 300;

/** Starts an app and does with it what was planned; what goes wrong is written down, and the rest goes on. */
export async function runApp(
  app: MiniProgram,
  simulator: Simulator,
  { page, visitAll, steps }: UserPlan,
): Promise<void> {
  const attempt = async (act: () => Promise<void> | void) => {
    try {
      await act();
      return true;
    } catch (error) {
      app.threw(error);
      return false;
    }
  };
  const driver = createDriver(app, simulator, { pass: (ms) => later(ms), close: () => simulator.close() });

  // Without its script there is nothing to go on with; a page that fails leaves the others.
  if (!(await attempt(() => app.start(page))) && app.appObject() === undefined) return;
  // What a page calls when it opens is told of that page: the first is looked at as long as the others.
  if (visitAll) await later(LOOK_MS);
  for (const path of visitAll ? app.folder.config.pages : []) {
    if (driver.page?.path === path) continue;
    app.record.lacksQuery(true);
    await attempt(() => driver.open(`/${path}`));
    await later(LOOK_MS);
  }
  if (steps.length > 0) app.record.lacksQuery(false);
  for (const step of steps) if (!(await attempt(() => runStep(driver, step)))) return;
}

/** What is written where errors go, as it happens. */
export function thrownLines({ message, places }: Pick<ThrownInApp, 'message' | 'places'>): string[] {
  return [
    message,
    ...places.map(
      ({ name, file, line, column }) => `    at ${name || '(anonymous)'} (${file}:${line ?? 0}:${column ?? 0})`,
    ),
  ];
}
