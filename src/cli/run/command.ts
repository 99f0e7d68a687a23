import { pathToFileURL } from 'node:url';
import { compileDomains } from '../../platform/domain-lists.js';
import { createSimulator, type Simulator } from '../../simulator/create-simulator.js';
import type { CommandInput } from '../command-input.js';
import { loadProject } from '../config/load-project.js';
import { lintLists } from '../lint/lint-lists.js';
import { findingLines } from '../lint/report.js';
import { authorityIn, resolvesOf } from '../values.js';
import { appGlobals } from './app-globals.js';
import { findApp } from './find-app.js';
import { createRunRecord, traceLine } from './run-record.js';
import { standIns } from './stand-ins.js';
import { durationOf, spanOf, type TimeSpan } from './time-spans.js';

/**
 * `rx-miniprogram run app.js`: runs a script with the simulator as the global `wx`, until it has nothing more to do.
 * Resolves to the exit code: 1 where a rule refused a call, or the script threw.
 */
export async function runCommand({ values, positionals, language, paint, around }: CommandInput): Promise<number> {
  const { print, complain } = around;
  const { scripts, folder } = findApp(around.folder, positionals[0]);
  const spans = {
    background: (values.background ?? []).map((text) => spanOf('--background', text)),
    offline: (values.offline ?? []).map((text) => spanOf('--offline', text)),
  };
  const forMs = values.for === undefined ? undefined : durationOf('--for', values.for);
  const ca = authorityIn(values.ca, around.folder);
  const lookup = resolvesOf(values.resolve);

  const project = await loadProject(folder, values.config);
  const lists = lintLists(project);
  for (const finding of [...project.findings, ...lists.findings]) {
    if (finding.severity === 'error') for (const line of findingLines(finding, language, paint)) complain(line);
  }

  const { networkTimeout, appId, urlCheck } = project;
  const simulator = createSimulator({ domains: lists.domains, networkTimeout, appId, urlCheck, ca, lookup });
  const record = createRunRecord(compileDomains(lists.domains));
  const startedAt = simulator.scheduler.now();
  simulator.events$.subscribe((event) => {
    record.note(event);
    if (values.trace === true) complain(paint('faint', traceLine(event, startedAt)));
  });

  let thrown = 0;
  const onThrown = (error: unknown) => {
    thrown++;
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const timers = [...plan(simulator, spans)];
  const ended = whenIdle(forMs);
  process.on('uncaughtException', onThrown).on('unhandledRejection', onThrown);
  try {
    const app = appGlobals({ ...standIns(), ...simulator.wx });
    Object.assign(globalThis, app.globals);
    try {
      for (const [index, script] of scripts.entries()) {
        await import(pathToFileURL(script).href);
        if (index === 0) app.launch();
      }
      app.openPages();
    } catch (error) {
      onThrown(error);
    }
    await ended;
  } finally {
    timers.forEach(clearTimeout);
    process.off('uncaughtException', onThrown).off('unhandledRejection', onThrown);
  }

  for (const line of record.summary(language, paint)) print(line);
  await simulator.close();
  // A heartbeat, or whatever else the script left running, must not keep the command alive.
  if (forMs !== undefined || thrown > 0) setTimeout(() => process.exit(), 100).unref();
  return record.refusedCalls() > 0 || thrown > 0 ? 1 : 0;
}

function* plan(
  simulator: Simulator,
  { background, offline }: { readonly background: readonly TimeSpan[]; readonly offline: readonly TimeSpan[] },
) {
  const at = (ms: number, act: () => void) => setTimeout(act, ms);
  for (const { fromMs, toMs } of background) {
    yield at(fromMs, () => simulator.enterBackground());
    if (toMs !== undefined) yield at(toMs, () => simulator.enterForeground());
  }
  for (const { fromMs, toMs } of offline) {
    if (fromMs === 0) simulator.setNetwork('none');
    else yield at(fromMs, () => simulator.setNetwork('none'));
    if (toMs !== undefined) yield at(toMs, () => simulator.setNetwork('wifi'));
  }
}

/** Resolves when nothing is left to do, when the time is over, or when the user has had enough (Ctrl-C). */
function whenIdle(forMs: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.off('beforeExit', end).off('SIGINT', end);
      clearTimeout(timer);
      resolve();
    };
    const timer = forMs === undefined ? undefined : setTimeout(end, forMs);
    process.once('beforeExit', end).once('SIGINT', end);
  });
}
