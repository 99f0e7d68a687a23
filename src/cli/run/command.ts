import { pathToFileURL } from 'node:url';
import { createSimulator, type Simulator } from '../../simulator/create-simulator.js';
import type { CommandInput } from '../command-input.js';
import { loadProject } from '../config/load-project.js';
import type { Said } from '../language.js';
import { lintLists } from '../lint/lint-lists.js';
import { findingLines } from '../lint/report.js';
import { UsageError } from '../usage-error.js';
import { authorityIn, resolvesOf } from '../values.js';
import { appGlobals, type AppGlobals } from './app-globals.js';
import { findApp } from './find-app.js';
import { createRunRecord, traceLine } from './run-record.js';
import { standIns } from './stand-ins.js';
import { durationOf, spanOf, type TimeSpan } from './time-spans.js';

const NEVER_STARTED: Said = {
  en: 'the script waits at its top level for something that never comes',
  zh: '脚本在顶层 await 上等待，但永远等不到结果',
};

/**
 * `rx-miniprogram run app.js`: runs a script with the simulator as the global `wx`, until it has nothing more to do.
 * Resolves to the exit code: 1 where a rule refused a call, or the script threw.
 */
export async function runCommand({ values, positionals, language, paint, around }: CommandInput): Promise<number> {
  const { print, complain } = around;
  if (positionals.length > 1) {
    const got = positionals.join(' ');
    throw new UsageError({
      en: `expected one script or folder; got ${got}`,
      zh: `应只给出一个脚本或文件夹，实际是 ${got}`,
    });
  }
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
  const record = createRunRecord();
  const startedAt = simulator.scheduler.now();
  simulator.events$.subscribe((event) => {
    record.note(event);
    if (values.trace === true) complain(paint('faint', traceLine(event, startedAt)));
  });

  let thrown = 0;
  let reason: EndReason;
  const onThrown = (error: unknown) => {
    thrown++;
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const summarise = () => {
    for (const line of record.summary(language, paint)) print(line);
    return record.refusedCalls() > 0 || thrown > 0 ? 1 : 0;
  };
  // A script that ends the process itself has a summary, too; its own exit code stays, unless it says that all is well.
  const onExit = (code: number) => {
    process.exitCode = Math.max(code, summarise());
    void simulator.close();
  };
  const timers = [...plan(simulator, spans)];
  const ended = whenEnded(forMs);
  process.on('uncaughtException', onThrown).on('unhandledRejection', onThrown).once('exit', onExit);
  try {
    const app = appGlobals({ ...standIns(), ...simulator.wx });
    Object.assign(globalThis, app.globals);
    let started = false;
    void start(scripts, app)
      .catch(onThrown)
      .then(() => (started = true));
    // Not the start first: a script may wait at its top level for what never comes.
    reason = await ended;
    if (reason === 'idle' && !started) onThrown(NEVER_STARTED[language]);
  } finally {
    timers.forEach(clearTimeout);
    process.off('uncaughtException', onThrown).off('unhandledRejection', onThrown).off('exit', onExit);
  }

  const code = summarise();
  await simulator.close();
  // A heartbeat, or whatever else the script left running, must not keep the command alive.
  if (reason !== 'idle' || thrown > 0) setTimeout(() => process.exit(), 100).unref();
  return code;
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

async function start(scripts: readonly string[], app: AppGlobals): Promise<void> {
  for (const [index, script] of scripts.entries()) {
    await import(pathToFileURL(script).href);
    if (index === 0) app.launch();
  }
  app.openPages();
}

type EndReason = 'idle' | 'time' | 'interrupt';

/** Resolves when nothing is left to do, when the time is over, or when the user has had enough (Ctrl-C). */
function whenEnded(forMs: number | undefined): Promise<EndReason> {
  return new Promise((resolve) => {
    const end = (reason: EndReason) => {
      process.off('beforeExit', onIdle).off('SIGINT', onInterrupt);
      clearTimeout(timer);
      resolve(reason);
    };
    const onIdle = () => end('idle');
    const onInterrupt = () => end('interrupt');
    const timer = forMs === undefined ? undefined : setTimeout(end, forMs, 'time');
    process.once('beforeExit', onIdle).once('SIGINT', onInterrupt);
  });
}
